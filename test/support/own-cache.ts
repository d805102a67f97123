/** A cache of one's own for a bot or a command, in which what was read of the bot's own pages is there. */

import { cpSync, existsSync, mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { OWN_INDEX } from "../../src/edges/knowledge/own-knowledge.ts";

/**
 * Gives the folder, for STREAMLINE_BOT_CACHE. Reading all pages takes seconds; an index that is copied
 * while somebody writes it is found to be damaged, and made again.
 */
export function cacheWithOwnPages(folder = mkdtempSync(join(tmpdir(), "bot-cache-"))): string {
  mkdirSync(folder, { recursive: true });
  if (existsSync(OWN_INDEX)) cpSync(OWN_INDEX, join(folder, "knowledge.db"));
  return folder;
}

/** The pages that come with the bot, and where what was read of them, and of a user's folders, is kept. */

import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { StoreAddress } from "../../config/config.ts";
import { CACHE_FOLDER } from "../cache-folder.ts";

export const OWN_KNOWLEDGE = fileURLToPath(new URL("../../../knowledge", import.meta.url));

/** All starts share it. */
export const OWN_INDEX = join(CACHE_FOLDER, "knowledge.db");

/** Of the bot: beside its store, so that the next start need not read the pages. */
export function indexFileOf(store: StoreAddress): { indexFile?: string } {
  const isFile = store.engine === "sqlite" && store.path !== ":memory:";
  return isFile ? { indexFile: join(dirname(store.path), "knowledge-index.db") } : {};
}

/**
 * Of a command in a terminal: the bot's, where there is one. Else one of its own, since the bot's user could not
 * read what another one makes beside the store.
 */
export function terminalIndexOf(
  store: StoreAddress | string,
  folders: readonly string[],
): { indexFile?: string } {
  if (folders.length === 0) return {};
  const { indexFile } = typeof store === "string" ? {} : indexFileOf(store);
  if (indexFile !== undefined && existsSync(indexFile)) return { indexFile };
  const paths = JSON.stringify(folders.map((folder) => resolve(folder)));
  const name = createHash("sha256").update(paths).digest("hex").slice(0, 16);
  return { indexFile: join(CACHE_FOLDER, `pages-${name}.db`) };
}

/** What the MCP tools work with: the dispatcher of the command table, and the pages. */

import type { Commands } from "../../features/commands/dispatch.ts";
import type { Person } from "../../features/shared/interactions.ts";
import type { Library } from "../../knowledge/library.ts";

export interface McpSession {
  readonly run: Commands["run"];
  library(): Library;
  /** Who asks: rights and rates are those of programs. */
  readonly person: Person;
  /** Called before a command, for a process that has only just begun to poll. */
  prepare?(command: string): Promise<void>;
}

/** Whoever comes over MCP: it may ask, and change nothing (features/shared/decide). */
export const MCP_PERSON: Person = { user: "mcp", channel: "", via: "mcp" };

/** What the MCP tools work with: the dispatcher of the command table, and the pages. */

import type { Commands } from "../../features/commands/dispatch.ts";
import type { Person } from "../../features/shared/interactions.ts";
import type { Library } from "../../knowledge/library.ts";

/** What a tool runs with. */
export interface ToolSession {
  readonly run: Commands["run"];
  library(): Library;
  /** Who asks: rights and rates are theirs. */
  readonly person: Person;
  /** Called before a command, for a process that has only just begun to poll. */
  prepare?(command: string): Promise<void>;
}

export interface McpSession extends Omit<ToolSession, "person"> {
  /** Who asks, by what the request says of itself; words when nobody is answered. */
  personOf(meta: Readonly<Record<string, unknown>> | undefined): Person | string;
  /** Why this person is answered nothing at all; undefined when they may at least read. */
  refusal(person: Person): Promise<string | undefined>;
  /** It is Slackbot: answers carry Block Kit. */
  readonly isSlackbot?: true;
}

/** Whoever comes over MCP: it may ask, and change nothing (features/shared/decide). */
export const MCP_PERSON: Person = { user: "mcp", channel: "", via: "mcp" };

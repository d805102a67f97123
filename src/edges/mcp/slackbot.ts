/**
 * Slackbot as a client of the bot's MCP server: Slack signs its requests as it signs all others, and says
 * in each call whose question it is (docs.slack.dev, "Connecting an MCP server to the Slackbot MCP
 * Client", Slack identity auth).
 */

import type { Person } from "../../features/shared/interactions.ts";

/** Whose workspace the bot is in, as Slack told it; empty until then. */
export interface OwnWorkspace {
  readonly team?: string;
  readonly enterprise?: string;
}

/**
 * Who asks, by what a signed request says in `params._meta.slack`; words when they cannot be answered.
 * There is no channel: it counts as a direct message does that nobody else reads.
 */
export function slackbotPerson(
  meta: Readonly<Record<string, unknown>> | undefined,
  own: OwnWorkspace,
): Person | string {
  const slack = meta?.["slack"];
  const user = idIn(slack, "user_id", /^[UW][A-Z0-9]{2,30}$/);
  const team = idIn(slack, "team_id", /^T[A-Z0-9]{2,30}$/);
  const enterprise = idIn(slack, "enterprise_id", /^E[A-Z0-9]{2,30}$/);
  if (user === undefined || team === undefined) return "Slack did not say who asks.";
  if (own.team === undefined) return "I do not know yet which workspace I am in. Ask again.";
  const isOwn = team === own.team || (enterprise !== undefined && enterprise === own.enterprise);
  if (!isOwn) return "You ask from another workspace than mine.";
  return { user, channel: "" };
}

function idIn(from: unknown, name: string, form: RegExp): string | undefined {
  const value: unknown = typeof from === "object" && from !== null ? Reflect.get(from, name) : "";
  return typeof value === "string" && form.test(value) ? value : undefined;
}

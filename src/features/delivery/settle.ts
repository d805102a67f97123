/** What follows from the outcome of a write: the row is done, or waits for its cause. */

import type { RefusedChannel } from "./causes.ts";
import type { DeliveryParts } from "./delivery-parts.ts";
import type { OutboxRow } from "./delivery-ports.ts";
import type { PostOutcome } from "./messenger.ts";
import type { Way } from "./pace.ts";

export interface Settled {
  readonly row: OutboxRow;
  readonly outcome: PostOutcome;
  readonly way: Way;
}

/** A doubtful message is looked for after this; most answers that were lost are seen by then. */
const FIRST_LOOK_MS = 700;
/** A message that went away, or that Slack refuses in every form. */
const RETRY_MS = 2_000;
const LONGEST_RETRY_MS = 5 * 60_000;

/** Settles the row in the store, and tells the pace and the causes what was learned. */
export async function settle(parts: DeliveryParts, settled: Settled): Promise<void> {
  const { row, outcome, way } = settled;
  const { channel, key } = row;
  const again = (afterMs: number, isAmbiguous = false) =>
    parts.outbox.postpone(row, { afterMs, isAmbiguous });
  parts.meter.post(outcome.kind);
  switch (outcome.kind) {
    case "posted":
      parts.causes.succeeded(channel);
      parts.attempts.settled(key);
      parts.delivered(row.createdAt);
      return parts.outbox.finish(row);
    case "rate-limited":
      // The rows wait for the pace and stay due, so that the most urgent one goes first after it.
      parts.pace.hold(channel, way, outcome.retryAfterMs);
      return again(0);
    case "unreached":
      parts.causes.failed({ kind: "slack" });
      parts.log.warn({ key, reason: outcome.error }, "Slack cannot be reached");
      return again(0);
    case "unknown":
      return doubt(parts, settled, outcome);
    case "refused":
      refuse(parts, row, outcome);
      return again(0);
    case "gone":
    case "rejected":
      parts.log.error({ key, channel, reason: outcome.error }, "the message is tried again");
      return again(Math.min(LONGEST_RETRY_MS, RETRY_MS * 2 ** row.attempts));
  }
}

type Doubtful = Extract<PostOutcome, { kind: "unknown" }>;

/** An edit that is done twice shows the same; only posts are looked for. */
async function doubt(
  parts: DeliveryParts,
  { row, way }: Settled,
  { error, isTimeout = false }: Doubtful,
): Promise<void> {
  const { channel, key } = row;
  parts.log.warn({ key, reason: error }, "Slack gave no answer, looking again");
  if (way === "post") parts.attempts.doubt(key);
  // A call without an answer holds up its channel only, unless Slack answers nothing at all.
  const isAway = isTimeout && (await parts.messenger.reach()).kind !== "posted";
  parts.causes.failed(isAway ? { kind: "slack" } : { kind: "doubt", channel });
  return parts.outbox.postpone(row, { afterMs: FIRST_LOOK_MS, isAmbiguous: way === "post" });
}

type Refused = Extract<PostOutcome, { kind: "refused" }>;

function refuse(
  { causes, log, doubtToken }: DeliveryParts,
  row: OutboxRow,
  refused: Refused,
): void {
  const { channel, key } = row;
  const { error } = refused;
  causes.failed(refused.of === "token" ? { kind: "token" } : { kind: "channel", channel, error });
  if (refused.of === "token") doubtToken();
  log.error({ key, channel, reason: refused.error }, refusalHelp(refused.error));
}

/** A channel that takes no messages, with what somebody has to do; its incidents wait meanwhile. */
export function refusedChannelText({ channel, error }: RefusedChannel): string {
  return `Slack takes no message for channel ${channel} (${error}), so its incidents wait: ${refusalHelp(error)}.`;
}

/** What somebody has to do so that the message can be delivered. */
const REFUSALS: ReadonlyMap<string, string> = new Map([
  [
    "channel_not_found",
    "Slack knows no such channel: check the route's channel id, or invite the bot",
  ],
  ["not_in_channel", "the bot is not in the channel: invite it with /invite @Streamline"],
  ["is_archived", "the channel is archived: unarchive it, or route its alerts elsewhere"],
  [
    "invalid_auth",
    "Slack does not accept SLACK_BOT_TOKEN: reinstall the app and set the new token",
  ],
  ["token_revoked", "SLACK_BOT_TOKEN was revoked: reinstall the app and set the new token"],
  [
    "missing_scope",
    "the Slack app lacks a permission: update it from the manifest, and reinstall it",
  ],
]);

function refusalHelp(error: string): string {
  const unknown = "Slack refused the message; it stays in the outbox and is tried again";
  return REFUSALS.get(error) ?? unknown;
}

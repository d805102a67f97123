/** What follows from the outcome of a write: the row is done, or waits for its cause. */

import type { AnswerMeter, Clock, Log } from "../shared/ports.ts";
import type { Causes, RefusedChannel } from "./causes.ts";
import type { DeliveryMeter, DeliverySlack, Outbox, OutboxRow } from "./delivery-ports.ts";
import type { EarlierAttempts } from "./earlier-attempts.ts";
import type { Messenger, PostOutcome } from "./messenger.ts";
import type { Pace, Way } from "./pace.ts";
import type { Delivered } from "./row-writer.ts";

/** The last write in a row's name, and what came of it. */
export interface LastWrite {
  readonly delivered: Delivered;
  readonly way: Way;
}

/** Settles a row in the store, and tells the pace and the causes what was learned. */
export type Settle = (settled: LastWrite & { readonly row: OutboxRow }) => Promise<void>;

/** Counts how long people waited for what the row says. */
export type MeasureDelivery = (answer: string, row: OutboxRow) => void;

interface SettlePorts {
  readonly outbox: Pick<Outbox, "finish" | "postpone">;
  readonly pace: Pick<Pace, "hold">;
  readonly causes: Pick<Causes, "succeeded" | "failed">;
  readonly attempts: Pick<EarlierAttempts, "doubt" | "settled">;
  readonly slack: Pick<DeliverySlack, "doubtToken" | "delivered"> & {
    readonly messenger: Pick<Messenger, "reach">;
  };
  readonly meter: DeliveryMeter;
  readonly log: Log;
}

/** A doubtful message is searched for after this; most answers that were lost are seen by then. */
const FIRST_SEARCH_MS = 700;
/** A message that went away, or that Slack refuses in every form. */
const RETRY_MS = 2_000;
const LONGEST_RETRY_MS = 5 * 60_000;

/** A row whose lease was lost is left to who has it now. */
export function createSettle(ports: SettlePorts): Settle {
  const { outbox } = ports;
  return async ({ row, delivered, way }) => {
    if (delivered.kind === "lost-lease") return;
    if (delivered.kind !== "later") return settle(ports, { row, outcome: delivered, way });
    return outbox.postpone(row, { afterMs: delivered.afterMs, isAmbiguous: true });
  };
}

/** In seconds, from the making of the row until now. */
export function measureDelivery(meter: AnswerMeter, clock: Pick<Clock, "now">): MeasureDelivery {
  return (answer, { createdAt }) => meter.answered(answer, (clock.now() - createdAt) / 1_000);
}

interface Settled {
  readonly row: OutboxRow;
  readonly outcome: PostOutcome;
  readonly way: Way;
}

async function settle(ports: SettlePorts, settled: Settled): Promise<void> {
  const { row, outcome, way } = settled;
  const { channel, key } = row;
  const again = (afterMs: number, isAmbiguous = false) =>
    ports.outbox.postpone(row, { afterMs, isAmbiguous });
  ports.meter.post(outcome.kind);
  switch (outcome.kind) {
    case "posted":
      ports.causes.succeeded(channel);
      ports.attempts.settled(key);
      ports.slack.delivered(row.createdAt);
      return ports.outbox.finish(row);
    case "rate-limited":
      // The rows wait for the pace and stay due, so that the most urgent one goes first after it.
      ports.pace.hold(channel, way, outcome.retryAfterMs);
      return again(0);
    case "unreached":
      ports.causes.failed({ kind: "slack" });
      ports.log.warn({ key, reason: outcome.error }, "Slack cannot be reached");
      return again(0);
    case "unknown":
      return doubt(ports, settled, outcome);
    case "refused":
      refuse(ports, row, outcome);
      return again(0);
    case "gone":
    case "rejected":
      ports.log.error({ key, channel, reason: outcome.error }, "the message is tried again");
      return again(Math.min(LONGEST_RETRY_MS, RETRY_MS * 2 ** row.attempts));
  }
}

type Doubtful = Extract<PostOutcome, { kind: "unknown" }>;

/** An edit that is done twice shows the same; only posts are searched for. */
async function doubt(
  ports: SettlePorts,
  { row, way }: Settled,
  { error, isTimeout = false }: Doubtful,
): Promise<void> {
  const { channel, key } = row;
  ports.log.warn({ key, reason: error }, "Slack gave no answer, searching for the message");
  if (way === "post") ports.attempts.doubt(key);
  // A call without an answer holds up its channel only, unless Slack answers nothing at all.
  const isAway = isTimeout && (await ports.slack.messenger.reach()).kind !== "posted";
  ports.causes.failed(isAway ? { kind: "slack" } : { kind: "doubt", channel });
  return ports.outbox.postpone(row, { afterMs: FIRST_SEARCH_MS, isAmbiguous: way === "post" });
}

type Refused = Extract<PostOutcome, { kind: "refused" }>;

function refuse({ causes, log, slack }: SettlePorts, row: OutboxRow, refused: Refused): void {
  const { channel, key } = row;
  const { error } = refused;
  causes.failed(refused.of === "token" ? { kind: "token" } : { kind: "channel", channel, error });
  if (refused.of === "token") slack.doubtToken();
  log.error({ key, channel, reason: refused.error }, refusalHelp(refused.error));
}

/** A channel that takes no messages, with what somebody has to do; its incidents wait meanwhile. */
export function refusedChannelText({ channel, error }: RefusedChannel): string {
  return `Slack accepts no messages in channel ${channel} (${error}), so its incidents wait: ${refusalHelp(error)}.`;
}

/** What somebody has to do so that the message can be delivered. */
const REFUSALS: ReadonlyMap<string, string> = new Map([
  [
    "channel_not_found",
    "Slack does not know this channel: check the route's channel id, or invite the bot",
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

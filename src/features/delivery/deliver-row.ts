/**
 * Says one row of the outbox: at least once, and once only by looking before a doubtful retry.
 *
 *   render -> (was an attempt doubtful? look for it in Slack) -> post or edit -> finish
 *                            |                                       |
 *                            +---- found: finish                     +-- later: postpone
 */

import type { Message } from "../../block-kit/message.ts";
import type { Incident } from "../../incidents/incident.ts";
import { renderBrief } from "../incidents/render-incident.ts";
import { backoffOf } from "./backoff.ts";
import { deliverDirect } from "./deliver-direct.ts";
import type { DeliveryPorts, OutboxRow } from "./delivery-ports.ts";
import type { Messenger, PostOutcome } from "./messenger.ts";
import type { Pace } from "./pace.ts";

/** Says the row and settles it in the store; throws when the store or the rendering fails. */
export async function deliverRow(ports: DeliveryPorts, pace: Pace, row: OutboxRow): Promise<void> {
  const incident = await ports.incidents.incident(row.incidentId);
  if (row.notice.kind === "subscribed") return deliverDirect(ports, pace, { row, incident });
  const message = incident === undefined ? undefined : await messageFor(ports, row, incident);
  if (incident === undefined || message === undefined) return ports.outbox.finish(row);
  // Whoever deleted the post that was heard wants no thread of it.
  if (incident.isExternal === true && incident.messageTs === undefined) {
    return ports.outbox.finish(row);
  }
  const outcome = await sayInPlace(ports, pace, { row, incident, message });
  ports.meter.post(outcome.kind);
  if (outcome.kind === "gone" && incident.isExternal === true) return ports.outbox.finish(row);
  await settle(ports, pace, { row, outcome });
}

/** Renderings that fail this often will fail forever, and must not hold up their thread. */
const RENDER_ATTEMPTS = 3;

async function messageFor(
  ports: DeliveryPorts,
  row: OutboxRow,
  incident: Incident,
): Promise<Message | undefined> {
  try {
    return await ports.render(row, incident);
  } catch (error) {
    if (row.attempts + 1 < RENDER_ATTEMPTS) throw error;
    ports.log.error({ err: error, key: row.key }, "cannot be rendered, the least is said instead");
    return renderBrief(incident);
  }
}

interface Say {
  readonly row: OutboxRow;
  readonly incident: Incident;
  readonly message: Message;
}

/**
 * A thread needs its parent. The incident's own row comes first, so it is missing only when
 * somebody deleted the message: then it is posted anew, under a key of its own.
 */
async function sayInPlace(ports: DeliveryPorts, pace: Pace, say: Say): Promise<PostOutcome> {
  const { row, incident } = say;
  if (row.notice.kind === "incident" || incident.messageTs !== undefined)
    return sayOnce(ports, say);
  const parentRow: OutboxRow = { ...row, notice: { kind: "incident" }, key: `${row.key}:parent` };
  const message = await messageFor(ports, parentRow, incident);
  const parent = await sayOnce(ports, {
    row: parentRow,
    incident,
    message: message ?? renderBrief(incident),
  });
  if (parent.kind !== "posted") return parent;
  pace.note(row.channel);
  return sayOnce(ports, { ...say, incident: { ...incident, messageTs: parent.ts } });
}

async function sayOnce(ports: DeliveryPorts, say: Say): Promise<PostOutcome> {
  const { row, incident } = say;
  const isParent = row.notice.kind === "incident";
  const earlier = row.isAmbiguous ? await lookFor(ports, row, incident) : undefined;
  if (earlier?.kind === "unknown" || (earlier !== undefined && !isParent)) return earlier;
  const ts = isParent ? (incident.messageTs ?? earlier?.ts) : undefined;
  const outcome = await send(ports.messenger, say, ts);
  if (isParent && outcome.kind === "posted" && incident.messageTs !== outcome.ts) {
    await ports.incidents.setMessageTs(incident.id, outcome.ts);
  }
  if (outcome.kind === "gone") await ports.incidents.setMessageTs(incident.id, undefined);
  return outcome;
}

type Earlier = Extract<PostOutcome, { kind: "posted" | "unknown" }>;

async function lookFor(
  ports: DeliveryPorts,
  row: OutboxRow,
  incident: Incident,
): Promise<Earlier | undefined> {
  const threadTs = row.notice.kind === "incident" ? undefined : incident.messageTs;
  try {
    const ts = await ports.messenger.find({
      channel: row.channel,
      key: row.key,
      sinceMs: row.createdAt,
      ...(threadTs === undefined ? {} : { threadTs }),
    });
    return ts === undefined ? undefined : { kind: "posted", ts };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { kind: "unknown", error: `cannot look for an earlier attempt: ${reason}` };
  }
}

/** Posts, or edits the message at `ts`; what Slack refuses in every form is said in brief. */
async function send(messenger: Messenger, say: Say, ts: string | undefined): Promise<PostOutcome> {
  const { row, incident } = say;
  const once = (message: Message): Promise<PostOutcome> => {
    const post = { channel: row.channel, message, key: row.key, notice: row.notice.kind };
    if (ts !== undefined) return messenger.update({ ...post, ts });
    if (row.notice.kind === "incident" || incident.messageTs === undefined) {
      return messenger.post(post);
    }
    // What another app posts again is seen in the channel anyway.
    const broadcast = row.notice.kind === "reopened" && incident.isExternal !== true;
    return messenger.post({ ...post, threadTs: incident.messageTs, broadcast });
  };
  const outcome = await once(say.message);
  return outcome.kind === "rejected" ? once(renderBrief(incident)) : outcome;
}

interface Settled {
  readonly row: OutboxRow;
  readonly outcome: PostOutcome;
}

async function settle(ports: DeliveryPorts, pace: Pace, { row, outcome }: Settled): Promise<void> {
  const now = ports.clock.now();
  const backoff = backoffOf(row);
  switch (outcome.kind) {
    case "posted":
      ports.meter.answered(`thread_${row.notice.kind}`, (now - row.createdAt) / 1000);
      return ports.outbox.finish(row);
    case "rate-limited":
      pace.hold(row.channel, outcome.retryAfterMs);
      return ports.outbox.postpone(row, {
        afterMs: outcome.retryAfterMs,
        isAmbiguous: false,
      });
    case "unknown":
      ports.log.warn(
        { key: row.key, reason: outcome.error },
        "Slack gave no answer, looking again",
      );
      return ports.outbox.postpone(row, { afterMs: backoff, isAmbiguous: true });
    case "gone":
    case "rejected":
    case "refused":
      ports.log.error(
        { key: row.key, channel: row.channel, reason: outcome.error, retryInMs: backoff },
        refusalHelp(outcome.error),
      );
      return ports.outbox.postpone(row, { afterMs: backoff, isAmbiguous: false });
  }
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
  [
    "missing_scope",
    "the Slack app lacks a permission: update it from the manifest, and reinstall it",
  ],
]);

function refusalHelp(error: string): string {
  const unknown = "Slack refused the message; it stays in the outbox and is tried again";
  return REFUSALS.get(error) ?? unknown;
}

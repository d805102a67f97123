/**
 * Tells the old thread of an incident where it went, if it can be told: a channel that is gone, or
 * where the bot is no longer, keeps nobody waiting.
 */

import type { Incident } from "../../incidents/incident.ts";
import { isFinalForPlace } from "./deliver-direct.ts";
import type { Claimed, DeliveryParts } from "./delivery-parts.ts";
import { type Delivered, postOnce } from "./post-once.ts";
import { settle } from "./settle.ts";

/** The new message, to which it leads, is waited for this often. */
const WAITS_FOR_MESSAGE = 10;
const WAIT_MS = 2_000;

export async function deliverRerouted(
  parts: DeliveryParts,
  claimed: Claimed,
  incident: Incident | undefined,
): Promise<void> {
  const { outbox } = parts;
  const { row } = claimed;
  const { notice, channel, key } = row;
  if (incident === undefined || notice.kind !== "rerouted") return outbox.finish(row);
  if (incident.messageTs === undefined && row.attempts < WAITS_FOR_MESSAGE) {
    return outbox.postpone(row, { afterMs: WAIT_MS, isAmbiguous: row.isAmbiguous });
  }
  const { place, reply } = parts.renderRerouted(incident);
  if (!(await claimed.mayWrite("edit"))) return;
  const { ts } = notice.from;
  const edited: Delivered = await parts.messenger.update({ channel, message: place, ts });
  const delivered =
    edited.kind === "posted"
      ? await postOnce(parts, claimed, {
          channel,
          key,
          message: reply,
          threadTs: ts,
          notice: notice.kind,
        })
      : edited;
  if (delivered.kind === "lost-lease") return;
  if (delivered.kind === "later") {
    return outbox.postpone(row, { afterMs: delivered.afterMs, isAmbiguous: true });
  }
  if (isFinalForPlace(delivered, row.attempts)) {
    parts.meter.post(delivered.kind);
    const about = { key, channel, reason: delivered.error };
    parts.log.warn(about, "the old thread of an incident cannot get a link to the new one");
    return outbox.finish(row);
  }
  return settle(parts, { row, outcome: delivered, way: "post" });
}

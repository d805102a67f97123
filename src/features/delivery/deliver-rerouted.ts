/**
 * Tells the old thread of an incident where it went, if it can be told: a channel that is gone, or
 * where the bot is no longer, keeps nobody waiting.
 */

import type { Incident } from "../../incidents/incident.ts";
import type { Claimed, DeliveryParts } from "./delivery-parts.ts";
import { type Delivered, postOnce } from "./post-once.ts";
import { settleAtPlace, waitForMessage } from "./reach-place.ts";

export async function deliverRerouted(
  parts: DeliveryParts,
  claimed: Claimed,
  incident: Incident | undefined,
): Promise<void> {
  const { outbox } = parts;
  const { row } = claimed;
  const { notice, channel, key } = row;
  if (incident === undefined || notice.kind !== "rerouted") return outbox.finish(row);
  if (await waitForMessage(parts, row, incident)) return;
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
  const warning = "the old thread of an incident cannot get a link to the new one";
  await settleAtPlace(parts, row, delivered, warning);
}

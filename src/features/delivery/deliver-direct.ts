/**
 * Tells one subscriber of an incident in a direct message, once. It may fail for reasons that concern
 * nobody but the person: messages turned off, an account that is gone.
 */

import type { Incident } from "../../incidents/incident.ts";
import type { Claimed, DeliveryParts } from "./delivery-parts.ts";
import { postOnce } from "./post-once.ts";
import { settleAtPlace, waitForMessage } from "./reach-place.ts";

export async function deliverDirect(
  parts: DeliveryParts,
  claimed: Claimed,
  incident: Incident | undefined,
): Promise<void> {
  const { outbox } = parts;
  const { row } = claimed;
  if (incident === undefined) return outbox.finish(row);
  if (await waitForMessage(parts, row, incident)) return;
  const message = await parts.render(row, incident);
  if (message === undefined) return outbox.finish(row);
  const { channel, key } = row;
  const delivered = await postOnce(parts, claimed, { channel, key, message, notice: "subscribed" });
  await settleAtPlace(parts, row, delivered, "a subscriber cannot be notified by direct message");
}

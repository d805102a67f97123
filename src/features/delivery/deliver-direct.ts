/**
 * Tells one subscriber of an incident in a direct message, once. It may fail for reasons that concern
 * nobody but the person: messages turned off, an account that is gone.
 */

import type { Incident } from "../../incidents/incident.ts";
import type { Claimed, DeliveryParts } from "./delivery-parts.ts";
import { postOnce } from "./post-once.ts";
import { settleAtPlace, waitForMessage } from "./reach-place.ts";

/** Slack is asked again whether somebody may be told, for some minutes in all. */
const MOST_ATTEMPTS = 30;
const WAIT_MS = 2_000;

export async function deliverDirect(
  parts: DeliveryParts,
  claimed: Claimed,
  incident: Incident | undefined,
): Promise<void> {
  const { outbox } = parts;
  const { row } = claimed;
  if (incident === undefined) return outbox.finish(row);
  if (await waitForMessage(parts, row, incident)) return;
  // A right may have gone since they subscribed. While Slack does not tell, nothing is said.
  const may = await parts.mayHear(row.channel, incident);
  if (may === "unknown" && row.attempts < MOST_ATTEMPTS) {
    return outbox.postpone(row, { afterMs: WAIT_MS, isAmbiguous: row.isAmbiguous });
  }
  const message = may === "yes" ? await parts.render(row, incident) : undefined;
  if (message === undefined) return outbox.finish(row);
  const { channel, key } = row;
  const delivered = await postOnce(parts, claimed, { channel, key, message, notice: "subscribed" });
  await settleAtPlace(parts, row, delivered, "a subscriber cannot be notified by direct message");
}

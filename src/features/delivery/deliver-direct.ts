/**
 * Tells one subscriber of an incident in a direct message, once.
 *
 * It may fail for reasons that concern nobody but the person (messages turned off, an account that
 * is gone), so it is given up then; an incident's own rows never are.
 */

import type { Incident } from "../../incidents/incident.ts";
import type { Claimed, DeliveryParts } from "./delivery-parts.ts";
import { type Delivered, postOnce } from "./post-once.ts";
import { settle } from "./settle.ts";

/** Attempts without an answer, some minutes in all. */
const MOST_ATTEMPTS = 30;
/** The incident's message, to which it leads, is waited for this often. */
const WAITS_FOR_MESSAGE = 5;
const WAIT_MS = 2_000;

export async function deliverDirect(
  parts: DeliveryParts,
  claimed: Claimed,
  incident: Incident | undefined,
): Promise<void> {
  const { outbox } = parts;
  const { row } = claimed;
  if (incident === undefined) return outbox.finish(row);
  if (incident.messageTs === undefined && row.attempts < WAITS_FOR_MESSAGE) {
    return outbox.postpone(row, { afterMs: WAIT_MS, isAmbiguous: row.isAmbiguous });
  }
  const message = await parts.render(row, incident);
  if (message === undefined) return outbox.finish(row);
  const { channel, key } = row;
  const delivered = await postOnce(parts, claimed, { channel, key, message, notice: "subscribed" });
  if (delivered.kind === "lost-lease") return;
  if (delivered.kind === "later") {
    return outbox.postpone(row, { afterMs: delivered.afterMs, isAmbiguous: true });
  }
  if (isFinalForPlace(delivered, row.attempts)) {
    parts.meter.post(delivered.kind);
    const about = { key, who: channel, reason: delivered.error };
    parts.log.warn(about, "a subscriber cannot be notified by direct message");
    return outbox.finish(row);
  }
  return settle(parts, { row, outcome: delivered, way: "post" });
}

type Final = Extract<Delivered, { kind: "refused" | "rejected" | "gone" | "unknown" }>;

/** Whether it concerns that person or channel alone, or was tried often enough. */
export function isFinalForPlace(delivered: Delivered, attempts: number): delivered is Final {
  switch (delivered.kind) {
    case "refused":
      return delivered.of === "channel";
    case "unknown":
      return attempts + 1 >= MOST_ATTEMPTS;
    case "rejected":
    case "gone":
      return true;
    case "posted":
    case "rate-limited":
    case "later":
    case "lost-lease":
    case "unreached":
      return false;
  }
}

/**
 * What is delivered to one place that concerns nobody else: a subscriber, an old thread. It waits for the
 * incident's message, to which it leads, and is given up where the place takes nothing; an incident's
 * own rows never are.
 */

import type { Incident } from "../../incidents/incident.ts";
import type { DeliveryParts } from "./delivery-parts.ts";
import type { OutboxRow } from "./delivery-ports.ts";
import type { Delivered } from "./post-once.ts";
import { settle } from "./settle.ts";

/** The incident's message is waited for this often, some 20 seconds; then it goes without. */
const WAITS_FOR_MESSAGE = 10;
const WAIT_MS = 2_000;
/** Attempts without an answer, some minutes in all. */
const MOST_ATTEMPTS = 30;

/** Puts the row off while the incident has no message yet; says whether it did. */
export async function waitForMessage(
  { outbox }: DeliveryParts,
  row: OutboxRow,
  { messageTs }: Incident,
): Promise<boolean> {
  if (messageTs !== undefined || row.attempts >= WAITS_FOR_MESSAGE) return false;
  await outbox.postpone(row, { afterMs: WAIT_MS, isAmbiguous: row.isAmbiguous });
  return true;
}

/** Finishes the row, puts it off, or gives the place up with this warning. */
export async function settleAtPlace(
  parts: DeliveryParts,
  row: OutboxRow,
  delivered: Delivered,
  warning: string,
): Promise<void> {
  const { outbox, meter, log } = parts;
  if (delivered.kind === "lost-lease") return;
  if (delivered.kind === "later") {
    return outbox.postpone(row, { afterMs: delivered.afterMs, isAmbiguous: true });
  }
  if (isFinal(delivered, row.attempts)) {
    meter.post(delivered.kind);
    log.warn({ key: row.key, channel: row.channel, reason: delivered.error }, warning);
    return outbox.finish(row);
  }
  return settle(parts, { row, outcome: delivered, way: "post" });
}

type Final = Extract<Delivered, { kind: "refused" | "rejected" | "gone" | "unknown" }>;

/** Whether it concerns that person or channel alone, or was tried often enough. */
function isFinal(delivered: Delivered, attempts: number): delivered is Final {
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

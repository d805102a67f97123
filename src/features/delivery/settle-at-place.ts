/**
 * What is delivered to one place that concerns nobody else: a subscriber, an old thread. It waits for the
 * incident's message, to which it leads, and is given up where the place takes nothing; an incident's
 * own rows never are.
 */

import type { Incident } from "../../incidents/incident.ts";
import type { Log } from "../shared/ports.ts";
import type { DeliveryMeter, Outbox, OutboxRow } from "./delivery-ports.ts";
import type { Delivered } from "./row-writer.ts";
import type { Settle } from "./settle.ts";

/** The incident's message is waited for this often, some 20 seconds; then it goes without. */
const WAITS_FOR_MESSAGE = 10;
const WAIT_MS = 2_000;
/** Attempts without an answer, some minutes in all. */
const MOST_ATTEMPTS = 30;

export interface PlaceSettlement {
  /** Puts the row off while the incident has no message yet; says whether it did. */
  waitForMessage(row: OutboxRow, incident: Incident): Promise<boolean>;
  /** Finishes the row, puts it off, or gives the place up with this warning. */
  settle(row: OutboxRow, delivered: Delivered, warning: string): Promise<void>;
}

interface PlacePorts {
  readonly outbox: Pick<Outbox, "finish" | "postpone">;
  readonly meter: DeliveryMeter;
  readonly log: Log;
  readonly settle: Settle;
}

/** `settle` is how a row is settled where the place does take it. */
export function settleAtPlace({ outbox, meter, log, settle }: PlacePorts): PlaceSettlement {
  return {
    async waitForMessage(row, { messageTs }) {
      if (messageTs !== undefined || row.attempts >= WAITS_FOR_MESSAGE) return false;
      await outbox.postpone(row, { afterMs: WAIT_MS, isAmbiguous: row.isAmbiguous });
      return true;
    },
    async settle(row, delivered, warning) {
      if (!isFinal(delivered, row.attempts)) return settle({ row, delivered, way: "post" });
      meter.post(delivered.kind);
      log.warn({ key: row.key, channel: row.channel, reason: delivered.error }, warning);
      return outbox.finish(row);
    },
  };
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

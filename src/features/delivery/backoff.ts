/** How long a row of the outbox waits for its next attempt. */

import type { OutboxRow } from "./delivery-ports.ts";

const LONGEST_WAIT_MS = 5 * 60_000;

/** One second after the first failure, then twice as long each time, up to five minutes. */
export function backoffOf(row: Pick<OutboxRow, "attempts">): number {
  return Math.min(LONGEST_WAIT_MS, 1_000 * 2 ** row.attempts);
}

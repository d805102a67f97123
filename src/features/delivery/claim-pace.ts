/**
 * How often the outbox is checked because somebody else says that there may be something.
 *
 * In a storm each notification says so, while its channel must wait for its pace anyway. A check is work
 * of the store, so a few of them are free, and then one at a time. Time is monotonic.
 */

export interface ClaimPace {
  tried(): void;
  /** For so long no new check is needed; 0 when a check is free. In milliseconds. */
  waitMs(): number;
}

const BURST = 8;
const REFILL_MS = 50;

/** `elapsed` is a monotonic clock in milliseconds. */
export function createClaimPace(elapsed: () => number): ClaimPace {
  let fullAt = 0;
  return {
    tried() {
      fullAt = Math.max(fullAt, elapsed()) + REFILL_MS;
    },
    waitMs: () => Math.max(0, fullAt - elapsed() - (BURST - 1) * REFILL_MS),
  };
}

/**
 * How often the outbox is looked into because somebody else says that there may be something.
 *
 * In a storm each notification says so, while its channel must wait for its pace anyway. A look is work
 * of the store, so a few of them are free, and then one at a time. Time is monotonic.
 */

export interface LookPace {
  looked(): void;
  /** For so long nobody need look again; 0 when a look is free. In milliseconds. */
  waitMs(): number;
}

const BURST = 8;
const REFILL_MS = 50;

export function createLookPace(elapsed: () => number): LookPace {
  let fullAt = 0;
  return {
    looked() {
      fullAt = Math.max(fullAt, elapsed()) + REFILL_MS;
    },
    waitMs: () => Math.max(0, fullAt - elapsed() - (BURST - 1) * REFILL_MS),
  };
}

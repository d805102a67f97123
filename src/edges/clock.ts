/** The real clock. */

import { setTimeout } from "node:timers/promises";
import type { MonotonicClock } from "../features/shared/ports.ts";

export const clock: MonotonicClock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  sleep: async (ms, signal) => {
    // An abort is a reason to wake, not an error.
    await setTimeout(ms, undefined, signal === undefined ? {} : { signal }).catch(() => undefined);
  },
};

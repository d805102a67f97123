/** The real clock. */

import { setTimeout } from "node:timers/promises";
import type { Clock } from "../features/shared/ports.ts";

export const clock: Clock = {
  now: () => Date.now(),
  sleep: async (ms, signal) => {
    // An abort is a reason to wake, not an error.
    await setTimeout(ms, undefined, signal === undefined ? {} : { signal }).catch(() => undefined);
  },
};

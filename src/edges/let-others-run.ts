/** Gives the event loop away between two pieces of long work. */

import { setImmediate as laterThisRound } from "node:timers/promises";

/**
 * Resolves when timers have fired and what arrived has been read since. One `setImmediate` is not enough: from
 * where an answer is read it runs in the same round of the loop, and two long pieces become one
 * (https://nodejs.org/en/learn/asynchronous-work/event-loop-timers-and-nexttick).
 */
export async function letOthersRun(): Promise<void> {
  await laterThisRound();
  await laterThisRound();
}

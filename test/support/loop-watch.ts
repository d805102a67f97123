/**
 * How long the event loop stood, in CPU time of this thread: what other programs on the machine take
 * does not count, so a loaded machine changes nothing.
 */

import { setImmediate as nextTurn } from "node:timers/promises";

export interface Watched<T> {
  readonly value: T;
  /** The longest stretch of work between two turns of the loop, in milliseconds of CPU. */
  readonly longestMs: number;
}

/** Runs the work and watches every turn of the loop until it is done. */
export async function watchLoop<T>(work: () => Promise<T>): Promise<Watched<T>> {
  let isDone = false;
  let longestMs = 0;
  let before = process.threadCpuUsage();
  const note = (): void => {
    const { user, system } = process.threadCpuUsage(before);
    longestMs = Math.max(longestMs, (user + system) / 1_000);
    before = process.threadCpuUsage();
  };
  const running = work().finally(() => {
    isDone = true;
  });
  running.catch(() => undefined);
  while (!isDone) {
    await nextTurn();
    note();
  }
  return { value: await running, longestMs };
}

/** What no input may exceed (docs/threat-model.md). */
export const LONGEST_STANDSTILL_MS = 200;

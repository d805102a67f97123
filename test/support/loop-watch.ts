/**
 * How long the event loop stood, in CPU time of this thread: what other programs on the machine take
 * does not count, so a loaded machine changes nothing.
 */

import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";

export interface Watched<T> {
  readonly value: T;
  /** The longest turn of the loop, in milliseconds of CPU, and what ran within a millisecond of it. */
  readonly longestMs: number;
}

/**
 * Runs the work and measures about once a millisecond until it is done: a turn that is longer lies
 * between two measurements. To measure at every turn would keep a core busy for the whole time.
 */
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
    await sleep(1);
    note();
  }
  return { value: await running, longestMs };
}

/** What no input may exceed (docs/threat-model.md). */
export const LONGEST_STANDSTILL_MS = 200;

/** The work's result; fails when the loop stood for too long. */
export async function goesOn<T>(what: string, work: () => Promise<T> | T): Promise<T> {
  const { value, longestMs } = await watchLoop(async () => work());
  assert.ok(longestMs < LONGEST_STANDSTILL_MS, `${what}: the loop stood ${longestMs} ms`);
  return value;
}

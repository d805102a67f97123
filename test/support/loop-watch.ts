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

/**
 * What holds the loop does so each time. A sweep of the whole heap, or a machine that is slow for a
 * moment, does not come three times at the same place.
 */
const TIMES = 3;

/**
 * The work's result. Fails when the loop stood for too long each time that it was done: up to three
 * times, so the work must begin anew whenever it is called.
 */
export async function goesOn<T>(what: string, work: () => Promise<T> | T): Promise<T> {
  const stood: number[] = [];
  while (stood.length < TIMES) {
    const { value, longestMs } = await watchLoop(async () => work());
    if (isShort(longestMs)) return value;
    stood.push(Math.round(longestMs));
  }
  assert.fail(`${what}: the loop stood ${stood.join(", ")} ms, of ${LONGEST_STANDSTILL_MS}`);
}

/** Whether so many milliseconds of CPU are no more than `mostMs` of a usual machine. */
export function isShort(ms: number, mostMs: number = LONGEST_STANDSTILL_MS): boolean {
  return ms < mostMs || ms < mostMs * slowness();
}

/** CPU time of the reference work, in milliseconds, on a machine on which the limits hold with room. */
const USUAL_MS = 80;

/**
 * How much slower this machine is than a usual one, 1 at least, by work of the same kind in the same
 * process. Measured each time: it changes within a minute where others work beside.
 */
function slowness(): number {
  return Math.max(1, medianMs() / USUAL_MS);
}

function medianMs(): number {
  const times = Array.from({ length: 5 }, () => {
    const before = process.threadCpuUsage();
    referenceWork();
    const { user, system } = process.threadCpuUsage(before);
    return (user + system) / 1_000;
  });
  return times.toSorted((a, b) => a - b)[2] ?? 0;
}

/** Labels are made, written as keys and kept: what reading an answer mostly is. */
function referenceWork(): number {
  const kept = new Map<string, object>();
  for (let n = 0; n < 40_000; n += 1) {
    const labels = { job: `j${n % 50}`, instance: `10.0.0.${n % 250}:9094`, topic: `t${n}` };
    const pairs = Object.entries(labels).map(([name, value]) => `${name}="${value}"`);
    kept.set(pairs.toSorted().join(","), labels);
  }
  return kept.size;
}

/**
 * Loaded before the bot: how long its event loop stood, and how long it computed meanwhile. On a machine
 * with other work a loop also stands because others have the processor; only the rest is the bot's.
 */

import { renameSync, writeFileSync } from "node:fs";
import { PerformanceObserver } from "node:perf_hooks";
import { isMainThread } from "node:worker_threads";

const EVERY_MS = 5;
const WRITE_EVERY_MS = 500;

/** Since the start, in milliseconds; the first three are the longest of their kind. */
export interface LoopStands {
  /** By the clock, what others took of the processor included. */
  readonly stoodMs: number;
  /** What the main thread itself computed between two turns. */
  readonly computedMs: number;
  /** One pause of the garbage collector. */
  readonly collectedMs: number;
  /** What the whole process has computed since then, all its threads together. */
  readonly processMs: number;
  /** What its main thread has. */
  readonly mainMs: number;
}

const file = process.env["CHAOS_LOOP_WATCH"];
let longest = { stoodMs: 0, computedMs: 0, collectedMs: 0 };
let last = measure();
let begun = computed();

const atLeast = (found: Partial<typeof longest>): void => {
  const { stoodMs = 0, computedMs = 0, collectedMs = 0 } = found;
  longest = {
    stoodMs: Math.max(longest.stoodMs, stoodMs),
    computedMs: Math.max(longest.computedMs, computedMs),
    collectedMs: Math.max(longest.collectedMs, collectedMs),
  };
};

function measure() {
  return { wallMs: performance.now(), cpuMs: milliseconds(process.threadCpuUsage()) };
}

function computed() {
  return {
    processMs: milliseconds(process.cpuUsage()),
    mainMs: milliseconds(process.threadCpuUsage()),
  };
}

function milliseconds({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) / 1_000;
}

function stands(): LoopStands {
  const { processMs, mainMs } = computed();
  return { ...longest, processMs: processMs - begun.processMs, mainMs: mainMs - begun.mainMs };
}

// Node loads it into the threads of the store, too; what they do stands in nobody's way.
if (isMainThread && file !== undefined && file !== "") {
  setInterval(() => {
    const now = measure();
    const stoodMs = Math.max(0, now.wallMs - last.wallMs - EVERY_MS);
    atLeast({ stoodMs, computedMs: Math.min(stoodMs, now.cpuMs - last.cpuMs) });
    last = now;
  }, EVERY_MS).unref();
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) atLeast({ collectedMs: duration });
  }).observe({ entryTypes: ["gc"] });
  // Starting is not what is measured: whoever measures asks from when on.
  process.on("SIGWINCH", () => {
    longest = { stoodMs: 0, computedMs: 0, collectedMs: 0 };
    begun = computed();
  });
  setInterval(() => {
    // Whoever reads it meanwhile finds a whole one.
    writeFileSync(`${file}.next`, JSON.stringify(stands()));
    renameSync(`${file}.next`, file);
  }, WRITE_EVERY_MS).unref();
}

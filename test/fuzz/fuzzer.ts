/** One surface that takes what strangers send, and how it is fed until something gives way. */

import { getHeapStatistics } from "node:v8";
import { createRandom } from "../../src/sandbox/streamline/random.ts";
import { LARGEST, mutated } from "./mutate.ts";
import { mutatedJson } from "./mutate-json.ts";

export interface Fuzzer {
  readonly name: string;
  /** Whole inputs that are well formed or nearly so. */
  readonly seeds: readonly Buffer[];
  /** Pieces that mean something to the surface. */
  readonly words: readonly string[];
  /** Bytes of the longest case; 64 KiB where it is left out. */
  readonly longest?: number;
  /** Every other case changes the value of a seed instead of its bytes. */
  readonly isJson?: true;
  /**
   * Milliseconds of CPU that a case may take where the event loop does not stand for it: in a thread that
   * is ended when it takes longer, or before anything is served.
   */
  readonly mayTakeMs?: number;
  /** Sets up what is fed; everything about a case that must hold is asserted in `feed`. */
  open(): Promise<FuzzedSurface>;
}

interface FuzzedSurface {
  /** Throws, or rejects, for a case that breaks a promise. */
  feed(input: Buffer): unknown;
  close?(): Promise<void>;
}

export interface FuzzRun {
  readonly cases: number;
  readonly seed: number;
  /** The number of the first case. */
  readonly first?: number;
  /** Bytes of the longest case, where the fuzzer has longer ones. */
  readonly longest?: number;
}

interface FuzzCrash {
  readonly number: number;
  readonly input: Buffer;
  readonly error: unknown;
}

export interface FuzzResult {
  readonly name: string;
  readonly cases: number;
  /** The slowest case, in CPU time of this thread: what else the machine does counts for nothing. */
  readonly worstMs: number;
  readonly slowest: number;
  /** The most that one case left on the heap before it was collected. */
  readonly worstBytes: number;
  readonly largest: number;
  readonly crashes: readonly FuzzCrash[];
}

/** Crashes that are kept with their inputs; more of them say nothing new. */
const KEPT_CRASHES = 5;

/** The input of one case: the same for the same seed and number, whatever ran before it. */
export function caseOf(
  fuzzer: Fuzzer,
  number: number,
  { seed, longest = Number.POSITIVE_INFINITY }: Pick<FuzzRun, "seed" | "longest">,
): Buffer {
  const random = createRandom(Math.imul(seed, 0x9e3779b1) ^ Math.imul(number + 1, 0x85ebca6b));
  const isValue = fuzzer.isJson === true && number % 2 === 0;
  const stock = { ...fuzzer, longest: longestOf(fuzzer, longest) };
  return isValue ? mutatedJson(stock, random) : mutated(stock, random);
}

/** No seed is cut short: half of one says little. */
function longestOf({ seeds, longest = LARGEST }: Fuzzer, wanted: number): number {
  return Math.max(Math.min(longest, wanted), ...seeds.map(({ length }) => length));
}

export async function runFuzzer(
  fuzzer: Fuzzer,
  { cases, first = 0, ...made }: FuzzRun,
): Promise<FuzzResult> {
  const surface = await fuzzer.open();
  const crashes: FuzzCrash[] = [];
  const worst = { worstMs: 0, slowest: first, worstBytes: 0, largest: first };
  try {
    await warmUp(fuzzer, surface);
    for (let number = first; number < first + cases; number += 1) {
      const input = caseOf(fuzzer, number, made);
      const heapBefore = heapUsed();
      const fed = await timed(surface, input);
      if (fed.error !== undefined && crashes.length < KEPT_CRASHES) {
        crashes.push({ number, input, error: fed.error });
      }
      const bytes = heapUsed() - heapBefore;
      if (bytes > worst.worstBytes) Object.assign(worst, { worstBytes: bytes, largest: number });
      if (fed.ms <= worst.worstMs) continue;
      // What is slow by its own doing is slow again; a sweep of the heap is not.
      const ms = Math.min(fed.ms, (await timed(surface, input)).ms);
      if (ms > worst.worstMs) Object.assign(worst, { worstMs: ms, slowest: number });
    }
  } finally {
    await surface.close?.();
  }
  return { name: fuzzer.name, cases, crashes, ...worst };
}

/** Its CPU time in milliseconds, and what it threw. */
async function timed(
  surface: FuzzedSurface,
  input: Buffer,
): Promise<{ readonly ms: number; readonly error: unknown }> {
  const before = process.threadCpuUsage();
  let error: unknown;
  try {
    const fed = surface.feed(input);
    if (fed instanceof Promise) await fed;
  } catch (caught) {
    error = caught;
  }
  const { user, system } = process.threadCpuUsage(before);
  return { ms: (user + system) / 1_000, error };
}

/** The first call of a function reads and compiles it, which is no case's doing. */
async function warmUp({ seeds }: Fuzzer, surface: FuzzedSurface): Promise<void> {
  for (const seed of seeds) await surface.feed(seed);
}

/** In bytes; `process.memoryUsage()` would ask the system for the other figures, too, at every case. */
function heapUsed(): number {
  return getHeapStatistics().used_heap_size;
}

/** What was opened is closed in reverse order, each with its name and a limit of time. */

import type { Logger } from "pino";

export interface Teardown {
  add(name: string, close: () => Promise<unknown>): void;
  /** Closes everything that was added; a second call waits for the first. */
  run(): Promise<void>;
}

/** Longer than any part needs; Kubernetes kills after 30 s. */
const LIMIT_MS = 8_000;
/**
 * Of a store that is away each part waits in turn: together they may take so long. Those that are left
 * then get a moment each: most need no more.
 */
const ALL_MS = 20_000;
const LEAST_MS = 250;

/** `limitMs` is how long each part may take, `allMs` how long all of them together. */
export function createTeardown(
  log: Pick<Logger, "error">,
  limitMs = LIMIT_MS,
  allMs = ALL_MS,
): Teardown {
  const steps: { name: string; close: () => Promise<unknown> }[] = [];
  let running: Promise<void> | undefined;
  const closeAll = async (): Promise<void> => {
    const until = performance.now() + allMs;
    for (const { name, close } of steps.toReversed()) {
      try {
        const left = Math.max(LEAST_MS, until - performance.now());
        await withLimit(close(), Math.min(limitMs, left));
      } catch (error) {
        log.error({ err: error, part: name }, "could not be closed in order");
      }
    }
  };
  return {
    add: (name, close) => steps.push({ name, close }),
    run: () => {
      running ??= closeAll();
      return running;
    },
  };
}

async function withLimit(work: Promise<unknown>, limitMs: number): Promise<void> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`took over ${Math.round(limitMs)} ms`)), limitMs);
  try {
    await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}

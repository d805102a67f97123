/** What was opened is closed in reverse order, each with its name and a limit of time. */

import type { Logger } from "pino";

export interface Teardown {
  add(name: string, close: () => Promise<unknown>): void;
  /** Closes everything that was added; a second call waits for the first. */
  run(): Promise<void>;
}

/** Longer than any part needs; Kubernetes kills after 30 s. */
const LIMIT_MS = 8_000;

/** `limitMs` is how long each part may take. */
export function createTeardown(log: Pick<Logger, "error">, limitMs = LIMIT_MS): Teardown {
  const steps: { name: string; close: () => Promise<unknown> }[] = [];
  let running: Promise<void> | undefined;
  const closeAll = async (): Promise<void> => {
    for (const { name, close } of steps.toReversed()) {
      try {
        await withLimit(close(), limitMs);
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
  const timer = setTimeout(() => reject(new Error(`took over ${limitMs} ms`)), limitMs);
  try {
    await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}

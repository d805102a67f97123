/** One test file, or several pure ones together, in a process of its own. */

import { run } from "node:test";
import { spec } from "node:test/reporters";

export interface Outcome {
  readonly passed: number;
  readonly failed: number;
  readonly seconds: number;
  /** Every test by name, and what is wrong with those that failed. */
  readonly report: string;
  /** It was ended, because it took longer than it may. */
  readonly timedOut: boolean;
}

const PRELOAD = new URL("follow-no-promises.ts", import.meta.url).href;

/** Never rejects: a file that hangs is ended, and counts as at least one failure. */
export async function runFile(file: string, timeoutMs: number): Promise<Outcome> {
  const startedAt = performance.now();
  const signal = AbortSignal.timeout(timeoutMs);
  const stream = run({ files: [file], concurrency: 1, signal, execArgv: ["--import", PRELOAD] });
  let passed = 0;
  let failed = 0;
  stream.on("test:summary", ({ counts }) => {
    passed = counts.passed;
    failed = counts.tests - counts.passed;
  });
  let report = "";
  for await (const chunk of stream.compose(spec)) report += String(chunk);
  const timedOut = signal.aborted;
  if (timedOut) failed = Math.max(1, failed);
  return { passed, failed, seconds: (performance.now() - startedAt) / 1_000, report, timedOut };
}

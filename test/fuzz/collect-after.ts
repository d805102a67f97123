/** What a setting of a test sets up, taken down when a fuzzer is done with it. */

import type { TestContext } from "node:test";

type After = Pick<TestContext, "after">;

export interface CollectedAfter extends After {
  /** Takes everything down, the last first. */
  readonly run: () => Promise<void>;
}

export function collectAfter(): CollectedAfter {
  const works: (() => unknown)[] = [];
  return {
    after: (work) => {
      if (work !== undefined) works.push(work as () => unknown);
    },
    run: async () => {
      for (const work of works.toReversed()) await work();
    },
  };
}

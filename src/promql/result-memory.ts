/**
 * Remembers what parts of expressions came to, because many checks ask for the same: the lag of every
 * group, the rate of every topic.
 */
import type { Aggregation, Call } from "../promql/expression.ts";
import type { VectorSample } from "../promql/value.ts";

export interface ResultMemory {
  /** The value of a part at a moment, computed only if it is not remembered. */
  recall(
    expr: Call | Aggregation,
    at: { readonly timeMs: number; readonly isOrdered: boolean },
    compute: () => readonly VectorSample[],
  ): readonly VectorSample[];
}

/** About 20 MB of samples; beyond, everything is forgotten and the memory begins anew. */
const MAX_SAMPLES = 500_000;
/** Results may also be many and small: several times what all checks ask for in one diagnosis. */
const MAX_RESULTS = 50_000;

/** By what was written, then by moment. */
type Results = Map<string, Map<number, readonly VectorSample[]>>;

/** A memory that forgets everything when the data have changed. */
export function createResultMemory(revision: () => number): ResultMemory {
  const inOrder: Results = new Map();
  const inAnyOrder: Results = new Map();
  let samples = 0;
  let results = 0;
  let seen = revision();

  function forget(): void {
    inOrder.clear();
    inAnyOrder.clear();
    samples = 0;
    results = 0;
    seen = revision();
  }

  function keep(to: Results, text: string, [timeMs, computed]: Result): void {
    if (samples + computed.length > MAX_SAMPLES || results >= MAX_RESULTS) forget();
    samples += computed.length;
    results += 1;
    const moments = to.get(text) ?? new Map<number, readonly VectorSample[]>();
    to.set(text, moments.set(timeMs, computed));
  }

  return {
    recall({ text }, { timeMs, isOrdered }, compute) {
      if (seen !== revision()) {
        forget();
      }
      const own = isOrdered ? inOrder : inAnyOrder;
      const known = own.get(text)?.get(timeMs);
      if (known !== undefined) {
        return known;
      }
      const computed = compute();
      keep(own, text, [timeMs, computed]);
      return computed;
    },
  };
}

type Result = readonly [timeMs: number, samples: readonly VectorSample[]];

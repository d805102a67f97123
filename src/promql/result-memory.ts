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
/** Results may also be many and small. */
const MAX_RESULTS = 5_000;

/** A memory that forgets everything when the data have changed. */
export function createResultMemory(revision: () => number): ResultMemory {
  const results = new Map<string, readonly VectorSample[]>();
  let samples = 0;
  let seen = revision();

  function forget(): void {
    results.clear();
    samples = 0;
    seen = revision();
  }

  return {
    recall({ text }, { timeMs, isOrdered }, compute) {
      if (seen !== revision()) {
        forget();
      }
      const key = `${timeMs} ${isOrdered ? "ordered" : ""} ${text}`;
      const known = results.get(key);
      if (known !== undefined) {
        return known;
      }
      const computed = compute();
      samples += computed.length;
      if (samples > MAX_SAMPLES || results.size >= MAX_RESULTS) {
        forget();
        samples = computed.length;
      }
      results.set(key, computed);
      return computed;
    },
  };
}

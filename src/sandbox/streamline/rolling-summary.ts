/**
 * A summary as the exporter keeps it: quantiles over about the last 60 s, sum and count for ever.
 *
 * Three buckets of 20 s (metrics-exporter-prometheus 0.16.2, distribution.rs; streamline-facts 2.1).
 * With no sample in the window every quantile is 0.
 */

const BUCKET_MS = 20_000;
const WINDOW_MS = 60_000;

/** Values with the number of events each stands for. */
export interface WeightedSamples {
  readonly values: readonly number[];
  readonly weights: readonly number[];
  /** How many events all of them stand for, a whole number. */
  readonly count: number;
}

export interface RollingSummary {
  observe(samples: WeightedSamples, atMs: number): void;
  /** One value per asked quantile, in the same order. */
  quantiles(asked: readonly number[], atMs: number): number[];
  readonly sum: number;
  readonly count: number;
}

/** How many events had each value, over 20 s. */
interface SummaryBucket {
  readonly startMs: number;
  readonly weights: Map<number, number>;
}

export function createRollingSummary(): RollingSummary {
  let buckets: SummaryBucket[] = [];
  let sum = 0;
  let count = 0;
  return {
    observe(samples, atMs) {
      buckets = liveBuckets(buckets, atMs);
      const { weights } = bucketAt(buckets, atMs);
      samples.values.forEach((value, index) => {
        const weight = samples.weights[index] ?? 1;
        weights.set(value, (weights.get(value) ?? 0) + weight);
        sum += value * weight;
      });
      count += samples.count;
    },
    quantiles: (asked, atMs) => readQuantiles(liveBuckets(buckets, atMs), asked),
    get sum() {
      return sum;
    },
    get count() {
      return count;
    },
  };
}

function liveBuckets(buckets: SummaryBucket[], atMs: number): SummaryBucket[] {
  const expired = buckets.some(({ startMs }) => startMs + WINDOW_MS <= atMs);
  return expired ? buckets.filter(({ startMs }) => startMs + WINDOW_MS > atMs) : buckets;
}

function bucketAt(buckets: SummaryBucket[], atMs: number): SummaryBucket {
  const last = buckets.at(-1);
  if (last !== undefined && atMs < last.startMs + BUCKET_MS) return last;
  const bucket: SummaryBucket = { startMs: atMs - (atMs % BUCKET_MS), weights: new Map() };
  buckets.push(bucket);
  return bucket;
}

/** An empty window has no value at all: the exporter prints 0. */
function readQuantiles(buckets: readonly SummaryBucket[], asked: readonly number[]): number[] {
  const weights = new Map<number, number>();
  let total = 0;
  for (const bucket of buckets) {
    for (const [value, weight] of bucket.weights) {
      weights.set(value, (weights.get(value) ?? 0) + weight);
      total += weight;
    }
  }
  const values = Float64Array.from(weights.keys()).sort();

  let index = 0;
  let upTo = weights.get(values[0] ?? 0) ?? 0;
  return asked.map((quantile) => {
    while (index < values.length - 1 && upTo < quantile * total) {
      index += 1;
      upTo += weights.get(values[index] ?? 0) ?? 0;
    }
    return values[index] ?? 0;
  });
}

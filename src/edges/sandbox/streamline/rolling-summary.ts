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

interface Bucket {
  readonly startMs: number;
  readonly values: number[];
  readonly weights: number[];
}

export function createRollingSummary(): RollingSummary {
  let buckets: Bucket[] = [];
  let sum = 0;
  let count = 0;
  return {
    observe(samples, atMs) {
      buckets = liveBuckets(buckets, atMs);
      const bucket = bucketAt(buckets, atMs);
      samples.values.forEach((value, index) => {
        const weight = samples.weights[index] ?? 1;
        bucket.values.push(value);
        bucket.weights.push(weight);
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

function liveBuckets(buckets: Bucket[], atMs: number): Bucket[] {
  const expired = buckets.some(({ startMs }) => startMs + WINDOW_MS <= atMs);
  return expired ? buckets.filter(({ startMs }) => startMs + WINDOW_MS > atMs) : buckets;
}

function bucketAt(buckets: Bucket[], atMs: number): Bucket {
  const last = buckets.at(-1);
  if (last !== undefined && atMs < last.startMs + BUCKET_MS) return last;
  const bucket: Bucket = { startMs: atMs - (atMs % BUCKET_MS), values: [], weights: [] };
  buckets.push(bucket);
  return bucket;
}

function readQuantiles(buckets: readonly Bucket[], asked: readonly number[]): number[] {
  const values = Float64Array.from(buckets.flatMap((bucket) => bucket.values));
  const weights = buckets.flatMap((bucket) => bucket.weights);
  const order = Uint32Array.from(values.keys()).sort((a, b) => at(values, a) - at(values, b));
  const total = weights.reduce((all, weight) => all + weight, 0);

  let index = 0;
  let below = 0;
  return asked.map((quantile) => {
    while (index < order.length - 1 && below + weightAt(weights, order, index) < quantile * total) {
      below += weightAt(weights, order, index);
      index += 1;
    }
    return at(values, at(order, index));
  });
}

function weightAt(weights: readonly number[], order: Uint32Array, index: number): number {
  return weights[at(order, index)] ?? 0;
}

/** An empty window has no value at 0: the exporter prints 0. */
function at(values: Float64Array | Uint32Array, index: number): number {
  return values[index] ?? 0;
}

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
  /** How many events all of them stand for, which tells whether one came since. */
  events: number;
}

export function createRollingSummary(): RollingSummary {
  let buckets: SummaryBucket[] = [];
  let sum = 0;
  let count = 0;
  return {
    observe(samples, atMs) {
      buckets = liveBuckets(buckets, atMs);
      const bucket = bucketAt(buckets, atMs);
      const { weights } = bucket;
      samples.values.forEach((value, index) => {
        const weight = samples.weights[index] ?? 1;
        weights.set(value, (weights.get(value) ?? 0) + weight);
        sum += value * weight;
        bucket.events += weight;
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
  const bucket: SummaryBucket = {
    startMs: atMs - (atMs % BUCKET_MS),
    weights: new Map(),
    events: 0,
  };
  buckets.push(bucket);
  return bucket;
}

/** An empty window has no value at all: the exporter prints 0. */
function readQuantiles(buckets: readonly SummaryBucket[], asked: readonly number[]): number[] {
  const sorted = buckets.map(sortedOf);
  const total = sorted.reduce((sum, { upTo }) => sum + (upTo.at(-1) ?? 0), 0);
  return asked.map((quantile) => valueAt(sorted, quantile * total));
}

/** A bucket's values, rising, and how many events lie at or below each. */
interface SortedBucket {
  readonly size: number;
  readonly events: number;
  readonly values: Float64Array;
  readonly upTo: Float64Array;
}

const kept = new WeakMap<SummaryBucket, SortedBucket>();

/** Of the three buckets two do not change any more. */
function sortedOf(bucket: SummaryBucket): SortedBucket {
  const { weights, events } = bucket;
  const known = kept.get(bucket);
  if (known !== undefined && known.events === events && known.size === weights.size) return known;
  const values = Float64Array.from(weights.keys()).sort();
  let sum = 0;
  const upTo = values.map((value) => {
    sum += weights.get(value) ?? 0;
    return sum;
  });
  const sorted = { size: weights.size, events, values, upTo };
  kept.set(bucket, sorted);
  return sorted;
}

/** The least value that so many events do not exceed. */
function valueAt(sorted: readonly SortedBucket[], wanted: number): number {
  const all = sorted.flatMap(({ values }) => (values.length === 0 ? [] : [values]));
  if (all.length === 0) return 0;
  // Halve the candidates of each bucket until one value is left.
  let best = Math.max(...all.map((values) => values.at(-1) ?? 0));
  for (const { values } of sorted) {
    let from = 0;
    let to = values.length - 1;
    while (from <= to) {
      const middle = (from + to) >>> 1;
      const value = values[middle] ?? 0;
      if (eventsUpTo(sorted, value) >= wanted) {
        best = Math.min(best, value);
        to = middle - 1;
      } else {
        from = middle + 1;
      }
    }
  }
  return best;
}

function eventsUpTo(sorted: readonly SortedBucket[], value: number): number {
  return sorted.reduce((sum, { values, upTo }) => {
    let from = 0;
    let to = values.length;
    while (from < to) {
      const middle = (from + to) >>> 1;
      if ((values[middle] ?? 0) <= value) from = middle + 1;
      else to = middle;
    }
    return sum + (from === 0 ? 0 : (upTo[from - 1] ?? 0));
  }, 0);
}

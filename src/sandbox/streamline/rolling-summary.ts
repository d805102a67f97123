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
  /** One that goes on from here by itself. */
  copy(): RollingSummary;
  readonly sum: number;
  readonly count: number;
}

/** What was observed in 20 s: sorted up to the last reading, and what came since. */
interface SummaryBucket {
  readonly startMs: number;
  sorted: SortedValues;
  fresh: { readonly values: number[]; readonly weights: number[] };
}

/** Values, rising, and how many events lie at or below each. */
interface SortedValues {
  readonly values: Float64Array;
  readonly upTo: Float64Array;
}

const NOTHING: SortedValues = { values: new Float64Array(0), upTo: new Float64Array(0) };

interface SummarySoFar {
  readonly buckets: SummaryBucket[];
  readonly sum: number;
  readonly count: number;
}

const NOTHING_OBSERVED: SummarySoFar = { buckets: [], sum: 0, count: 0 };

/**
 * A summary that goes on from a copy of `from`, empty without it. Times are milliseconds; a sample may
 * carry a weight.
 */
export function createRollingSummary(from: SummarySoFar = NOTHING_OBSERVED): RollingSummary {
  let buckets = from.buckets.map(copyBucket);
  let { sum, count } = from;
  return {
    observe(samples, atMs) {
      buckets = liveBuckets(buckets, atMs);
      const { values, weights } = bucketAt(buckets, atMs).fresh;
      for (let index = 0; index < samples.values.length; index += 1) {
        const value = samples.values[index] ?? 0;
        const weight = samples.weights[index] ?? 1;
        sum += value * weight;
        const last = values.length - 1;
        if (values[last] === value) {
          weights[last] = (weights[last] ?? 0) + weight;
        } else {
          values.push(value);
          weights.push(weight);
        }
      }
      count += samples.count;
    },
    quantiles: (asked, atMs) => readQuantiles(liveBuckets(buckets, atMs), asked),
    copy: () => createRollingSummary({ buckets, sum, count }),
    get sum() {
      return sum;
    },
    get count() {
      return count;
    },
  };
}

/** What is sorted never changes; what came since does. */
function copyBucket({ startMs, sorted, fresh }: SummaryBucket): SummaryBucket {
  return { startMs, sorted, fresh: { values: [...fresh.values], weights: [...fresh.weights] } };
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
    sorted: NOTHING,
    fresh: { values: [], weights: [] },
  };
  buckets.push(bucket);
  return bucket;
}

/** An empty window has no value at all: the exporter prints 0. */
function readQuantiles(buckets: readonly SummaryBucket[], asked: readonly number[]): number[] {
  const sorted = buckets.map(sortedOf);
  const total = sorted.reduce((sum, { upTo }) => sum + (upTo.at(-1) ?? 0), 0);
  // A larger quantile is never less than a smaller one, and often the same.
  let before: Quantile = { wanted: 0, value: Number.NEGATIVE_INFINITY };
  return asked.map((quantile) => {
    const wanted = quantile * total;
    const least = wanted >= before.wanted ? before.value : Number.NEGATIVE_INFINITY;
    before = { wanted, value: valueAt(sorted, wanted, least) };
    return before.value;
  });
}

interface Quantile {
  readonly wanted: number;
  readonly value: number;
}

function sortedOf(bucket: SummaryBucket): SortedValues {
  const { values, weights } = bucket.fresh;
  if (values.length > 0) {
    bucket.sorted = merge(bucket.sorted, sort(values, weights));
    bucket.fresh = { values: [], weights: [] };
  }
  return bucket.sorted;
}

/** Values with their weights, in arrays of the same length. */
interface Pairs {
  readonly values: Float64Array;
  readonly weights: Float64Array;
}

/** What is observed together mostly rises, so runs are merged two by two until one is left. */
function sort(unsorted: readonly number[], unsortedWeights: readonly number[]): SortedValues {
  let pairs: Pairs = {
    // `Float64Array.from` goes through an iterator and takes ten times as long.
    values: new Float64Array(unsorted),
    weights: new Float64Array(unsortedWeights),
  };
  let spare: Pairs = {
    values: new Float64Array(unsorted.length),
    weights: new Float64Array(unsorted.length),
  };
  let bounds = runBounds(unsorted);
  while (bounds.length > 2) {
    bounds = mergeNeighbours(pairs, spare, bounds);
    [pairs, spare] = [spare, pairs];
  }
  const { values, weights: upTo } = pairs;
  for (let place = 1; place < upTo.length; place += 1) {
    upTo[place] = (upTo[place] ?? 0) + (upTo[place - 1] ?? 0);
  }
  return { values, upTo };
}

/** Where each rising run begins, and behind them the end of the last one. */
function runBounds(values: readonly number[]): number[] {
  const bounds = [0];
  for (let place = 1; place < values.length; place += 1) {
    if ((values[place] ?? 0) < (values[place - 1] ?? 0)) bounds.push(place);
  }
  bounds.push(values.length);
  return bounds;
}

/** Merges each run with the next one; the result is the bounds of those that it leaves. */
function mergeNeighbours(from: Pairs, to: Pairs, bounds: readonly number[]): number[] {
  const left = [0];
  for (let run = 0; run < bounds.length - 1; run += 2) {
    const middle = bounds[run + 1] ?? 0;
    const end = bounds[run + 2] ?? middle;
    mergeRuns(from, to, { start: bounds[run] ?? 0, middle, end });
    left.push(end);
  }
  return left;
}

interface TwoRuns {
  readonly start: number;
  readonly middle: number;
  readonly end: number;
}

function mergeRuns(from: Pairs, to: Pairs, { start, middle, end }: TwoRuns): void {
  const { values, weights } = from;
  let first = start;
  let second = middle;
  for (let place = start; place < end; place += 1) {
    const isFirst =
      second >= end || (first < middle && (values[first] ?? 0) <= (values[second] ?? 0));
    const taken = isFirst ? first++ : second++;
    to.values[place] = values[taken] ?? 0;
    to.weights[place] = weights[taken] ?? 0;
  }
}

function merge(a: SortedValues, b: SortedValues): SortedValues {
  if (a.values.length === 0) return b;
  const values = new Float64Array(a.values.length + b.values.length);
  const upTo = new Float64Array(values.length);
  let fromA = 0;
  let fromB = 0;
  for (let place = 0; place < values.length; place += 1) {
    const nextA = a.values[fromA] ?? Number.POSITIVE_INFINITY;
    const nextB = b.values[fromB] ?? Number.POSITIVE_INFINITY;
    if (fromB >= b.values.length || (fromA < a.values.length && nextA <= nextB)) {
      values[place] = nextA;
      fromA += 1;
    } else {
      values[place] = nextB;
      fromB += 1;
    }
    upTo[place] = (a.upTo[fromA - 1] ?? 0) + (b.upTo[fromB - 1] ?? 0);
  }
  return { values, upTo };
}

/** The least value that so many events do not exceed; it is known to be no less than `least`. */
function valueAt(sorted: readonly SortedValues[], wanted: number, least: number): number {
  if (sorted.every(({ values }) => values.length === 0)) return 0;
  if (Number.isFinite(least) && eventsUpTo(sorted, least) >= wanted) return least;
  // Halve the candidates of each bucket until one value is left; each bucket narrows the next ones.
  let best = Math.max(...sorted.map(({ values }) => values.at(-1) ?? 0));
  let tooLow = least;
  for (const { values } of sorted) {
    let from = placesUpTo(values, tooLow);
    let to = placesUpTo(values, best) - 1;
    while (from <= to) {
      const middle = (from + to) >>> 1;
      const value = values[middle] ?? 0;
      if (eventsUpTo(sorted, value) >= wanted) {
        best = value;
        to = middle - 1;
      } else {
        tooLow = value;
        from = middle + 1;
      }
    }
  }
  return best;
}

function eventsUpTo(sorted: readonly SortedValues[], value: number): number {
  let events = 0;
  for (const { values, upTo } of sorted) events += upTo[placesUpTo(values, value) - 1] ?? 0;
  return events;
}

/** How many of the rising values do not exceed this one. */
function placesUpTo(values: Float64Array, value: number): number {
  let from = 0;
  let to = values.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((values[middle] ?? 0) <= value) from = middle + 1;
    else to = middle;
  }
  return from;
}

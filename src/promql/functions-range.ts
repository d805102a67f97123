/**
 * Functions that make one value of the samples of a series in a range
 * (https://prometheus.io/docs/prometheus/2.42/querying/functions/); those of later versions are as of 3.14
 * (https://prometheus.io/docs/prometheus/latest/querying/functions/#aggregation_over_time).
 */
import type { Window } from "../history/block.ts";
import { counterIncrease, extrapolated } from "./extrapolate.ts";
import { PromqlError, type TextRange } from "./promql-error.ts";
import { ExactSum, quantileOf, RunningMean, RunningVariance } from "./sums.ts";

/** What a function knows besides the samples. */
interface RangeContext {
  readonly fromMs: number;
  readonly toMs: number;
  /** The moment of evaluation, which an offset does not move. */
  readonly timeMs: number;
  /** The scalar arguments of functions that have some. */
  readonly scalars: readonly number[];
  /** The call, for what is wrong with them. */
  readonly call: TextRange;
}

/** The result is undefined for a series that has too few samples. The window is never empty. */
export type RangeFunction = (window: Window, context: RangeContext) => number | undefined;

export const RANGE_FUNCTIONS: ReadonlyMap<string, RangeFunction> = new Map<string, RangeFunction>([
  ["rate", rate],
  ["increase", (window, range) => counted(window, range)],
  [
    "delta",
    (window, range) =>
      extrapolated(difference(window), window, {
        fromMs: range.fromMs,
        toMs: range.toMs,
        isCounter: false,
      }),
  ],
  ["irate", (window) => lastStep(window, true)],
  ["idelta", (window) => lastStep(window, false)],
  ["deriv", (window) => regression(window, window.times[0] ?? 0)?.slope],
  ["predict_linear", predictLinear],
  ["resets", (window) => countSteps(window, (before, after) => after < before)],
  ["changes", (window) => countSteps(window, (before, after) => !isSame(before, after))],
  ["avg_over_time", (window) => accumulate(window, new RunningMean()).total()],
  ["sum_over_time", (window) => accumulate(window, new ExactSum()).total()],
  ["stdvar_over_time", (window) => accumulate(window, new RunningVariance()).variance()],
  ["stddev_over_time", (window) => Math.sqrt(accumulate(window, new RunningVariance()).variance())],
  ["min_over_time", (window) => extreme(window, (value, best) => value < best)],
  ["max_over_time", (window) => extreme(window, (value, best) => value > best)],
  ["count_over_time", ({ length }) => length],
  ["last_over_time", ({ values, length }) => values[length - 1]],
  ["present_over_time", () => 1],
  ["holt_winters", smoothed],
  // From here on functions of later versions.
  ["double_exponential_smoothing", smoothed],
  ["first_over_time", ({ values }) => values[0]],
  ["mad_over_time", medianDeviation],
  ["ts_of_first_over_time", ({ times }) => (times[0] ?? Number.NaN) / 1000],
  ["ts_of_last_over_time", ({ times, length }) => (times[length - 1] ?? Number.NaN) / 1000],
  ["ts_of_min_over_time", (window) => timeOfLast(window, (value, best) => value <= best)],
  ["ts_of_max_over_time", (window) => timeOfLast(window, (value, best) => value >= best)],
  [
    "quantile_over_time",
    ({ values, length }, { scalars: [share = Number.NaN] }) =>
      quantileOf(share, [...values.subarray(0, length)]),
  ],
]);

function rate(window: Window, range: RangeContext): number | undefined {
  return counted(window, range, (range.toMs - range.fromMs) / 1000);
}

function counted(
  window: Window,
  { fromMs, toMs }: RangeContext,
  perSeconds = 1,
): number | undefined {
  const how = { fromMs, toMs, isCounter: true, perSeconds };
  return extrapolated(counterIncrease(window), window, how);
}

function difference({ values, length }: Window): number {
  return (values[length - 1] ?? Number.NaN) - (values[0] ?? Number.NaN);
}

/** The last two samples: their difference, or for a counter its increase per second. */
function lastStep({ times, values, length }: Window, isCounter: boolean): number | undefined {
  if (length < 2) {
    return undefined;
  }
  const last = values[length - 1] ?? Number.NaN;
  const before = values[length - 2] ?? Number.NaN;
  const seconds = ((times[length - 1] ?? 0) - (times[length - 2] ?? 0)) / 1000;
  // A counter that fell was reset, so it has counted all of its value since.
  const step = isCounter && last < before ? last : last - before;
  return isCounter ? step / seconds : step;
}

function predictLinear(window: Window, { timeMs, scalars }: RangeContext): number | undefined {
  const [seconds = Number.NaN] = scalars;
  const line = regression(window, timeMs);
  return line === undefined ? undefined : line.slope * seconds + line.intercept;
}

/** Holt's linear trend: the level and the slope of each sample lean on those before. */
function smoothed(
  { values, length }: Window,
  { scalars: [levelShare = Number.NaN, trendShare = Number.NaN], call }: RangeContext,
): number | undefined {
  for (const [name, share] of Object.entries({ smoothing: levelShare, trend: trendShare })) {
    if (share <= 0 || share >= 1) {
      throw new PromqlError(`the ${name} factor must be between 0 and 1, and is ${share}`, call);
    }
  }
  if (length < 2) return undefined;
  let [before, level] = [0, values[0] ?? Number.NaN];
  let trend = (values[1] ?? Number.NaN) - level;
  for (let at = 1; at < length; at++) {
    if (at > 1) trend = trendShare * (level - before) + (1 - trendShare) * trend;
    const next = levelShare * (values[at] ?? Number.NaN) + (1 - levelShare) * (level + trend);
    [before, level] = [level, next];
  }
  return level;
}

/** The median of the distances from the median; no number when a sample is none. */
function medianDeviation({ values, length }: Window): number {
  const samples = [...values.subarray(0, length)];
  if (samples.some(Number.isNaN)) return Number.NaN;
  const median = quantileOf(0.5, samples);
  return quantileOf(
    0.5,
    samples.map((value) => Math.abs(value - median)),
  );
}

/** When the best value was there last, in seconds. */
function timeOfLast(
  { times, values, length }: Window,
  isAsGood: (value: number, best: number) => boolean,
): number {
  let found = 0;
  for (let at = 1; at < length; at++) {
    const best = values[found] ?? Number.NaN;
    if (isAsGood(values[at] ?? Number.NaN, best) || Number.isNaN(best)) found = at;
  }
  return (times[found] ?? Number.NaN) / 1000;
}

/** The line of least squares through the samples, with its value at a time; slopes per second. */
function regression(
  { times, values, length }: Window,
  originMs: number,
): { slope: number; intercept: number } | undefined {
  if (length < 2) {
    return undefined;
  }
  const first = values[0] ?? Number.NaN;
  const sums = { x: new ExactSum(), y: new ExactSum(), xy: new ExactSum(), xx: new ExactSum() };
  let isConstant = true;
  for (let at = 0; at < length; at++) {
    const x = ((times[at] ?? 0) - originMs) / 1000;
    const y = values[at] ?? Number.NaN;
    isConstant &&= at === 0 || y === first;
    sums.x.add(x);
    sums.y.add(y);
    sums.xy.add(x * y);
    sums.xx.add(x * x);
  }
  if (isConstant) {
    return Number.isFinite(first)
      ? { slope: 0, intercept: first }
      : { slope: Number.NaN, intercept: Number.NaN };
  }

  const [x, y] = [sums.x.total(), sums.y.total()];
  const covariance = sums.xy.total() - (x * y) / length;
  const slope = covariance / (sums.xx.total() - (x * x) / length);
  return { slope, intercept: y / length - (slope * x) / length };
}

function countSteps(
  { values, length }: Window,
  counts: (before: number, after: number) => boolean,
): number {
  let count = 0;
  for (let at = 1; at < length; at++) {
    if (counts(values[at - 1] ?? Number.NaN, values[at] ?? Number.NaN)) {
      count++;
    }
  }
  return count;
}

/** Zeros of either sign are the same here, and so are two values that are no number. */
function isSame(left: number, right: number): boolean {
  return left === right || (Number.isNaN(left) && Number.isNaN(right));
}

/** The best value; one that is not a number gives way to any other. */
function extreme(
  { values, length }: Window,
  isBetter: (value: number, best: number) => boolean,
): number {
  let best = values[0] ?? Number.NaN;
  for (let at = 1; at < length; at++) {
    const value = values[at] ?? Number.NaN;
    if (isBetter(value, best) || Number.isNaN(best)) {
      best = value;
    }
  }
  return best;
}

function accumulate<T extends { add(value: number): void }>(
  { values, length }: Window,
  into: T,
): T {
  for (let at = 0; at < length; at++) {
    into.add(values[at] ?? Number.NaN);
  }
  return into;
}

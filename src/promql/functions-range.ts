/**
 * Functions that make one value of the samples of a series in a range
 * (https://prometheus.io/docs/prometheus/2.42/querying/functions/).
 */
import type { Window } from "../history/block.ts";
import { counterIncrease, extrapolated } from "./extrapolate.ts";
import { ExactSum, quantileOf, RunningMean, RunningVariance } from "./sums.ts";

/** What a function knows besides the samples. */
interface RangeContext {
  readonly fromMs: number;
  readonly toMs: number;
  /** The moment of evaluation, which an offset does not move. */
  readonly timeMs: number;
  /** The scalar argument of functions that have one. */
  readonly argument: number;
}

/** The result is undefined for a series that has too few samples. The window is never empty. */
export type RangeFunction = (window: Window, context: RangeContext) => number | undefined;

export const RANGE_FUNCTIONS: ReadonlyMap<string, RangeFunction> = new Map<string, RangeFunction>([
  [
    "rate",
    (window, range) => perSecond(extrapolated(counterIncrease(window), window, range, true), range),
  ],
  ["increase", (window, range) => extrapolated(counterIncrease(window), window, range, true)],
  ["delta", (window, range) => extrapolated(difference(window), window, range, false)],
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
  [
    "quantile_over_time",
    ({ values, length }, { argument }) => quantileOf(argument, [...values.subarray(0, length)]),
  ],
]);

function perSecond(
  increase: number | undefined,
  { fromMs, toMs }: RangeContext,
): number | undefined {
  return increase === undefined ? undefined : increase / ((toMs - fromMs) / 1000);
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

function predictLinear(window: Window, { timeMs, argument }: RangeContext): number | undefined {
  const line = regression(window, timeMs);
  return line === undefined ? undefined : line.slope * argument + line.intercept;
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

/**
 * Aggregation operators that make one value of the values of a group
 * (https://prometheus.io/docs/prometheus/2.42/querying/operators/#aggregation-operators).
 */
import { quantileOf, RunningMean, RunningVariance } from "./sums.ts";

export interface Accumulator {
  add(value: number): void;
  result(): number;
}

/** Makes an accumulator for a group; the parameter is that of quantile. */
export type CreateAccumulator = (parameter: number) => Accumulator;

export const AGGREGATIONS: ReadonlyMap<string, CreateAccumulator> = new Map<
  string,
  CreateAccumulator
>([
  ["sum", () => folded(0, (sum, value) => sum + value)],
  ["count", () => folded(0, (count) => count + 1)],
  ["group", () => folded(1, (one) => one)],
  ["min", () => extreme((value, best) => value < best)],
  ["max", () => extreme((value, best) => value > best)],
  ["avg", mean],
  ["stdvar", () => variance((value) => value)],
  ["stddev", () => variance(Math.sqrt)],
  ["quantile", quantile],
]);

function folded(start: number, fold: (before: number, value: number) => number): Accumulator {
  let folding = start;
  return {
    add(value) {
      folding = fold(folding, value);
    },
    result: () => folding,
  };
}

/** The best value; one that is not a number gives way to any other. */
function extreme(isBetter: (value: number, best: number) => boolean): Accumulator {
  return folded(Number.NaN, (best, value) =>
    isBetter(value, best) || Number.isNaN(best) ? value : best,
  );
}

function mean(): Accumulator {
  const running = new RunningMean();
  return {
    add(value) {
      running.add(value);
    },
    result: () => running.total(),
  };
}

/** A single value does not vary, not even one that is infinite or no number. */
function variance(finish: (variance: number) => number): Accumulator {
  const running = new RunningVariance();
  let count = 0;
  return {
    add(value) {
      count++;
      running.add(value);
    },
    result: () => (count === 1 ? 0 : finish(running.variance())),
  };
}

function quantile(share: number): Accumulator {
  const values: number[] = [];
  return {
    add(value) {
      values.push(value);
    },
    result: () => quantileOf(share, values),
  };
}

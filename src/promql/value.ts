/**
 * What an expression comes to
 * (https://prometheus.io/docs/prometheus/latest/querying/basics/#expression-language-data-types).
 */
import type { Metric } from "../history/metric.ts";
import { PromqlError, type TextRange } from "./promql-error.ts";

export interface VectorSample {
  readonly metric: Metric;
  readonly value: number;
}

export interface Point {
  readonly timeMs: number;
  readonly value: number;
}

/** One series over time, in the order of time. */
export interface RangeSeries {
  readonly metric: Metric;
  readonly points: readonly Point[];
}

export type Value =
  | { readonly kind: "scalar"; readonly value: number }
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "vector"; readonly samples: readonly VectorSample[] }
  | { readonly kind: "matrix"; readonly series: readonly RangeSeries[] };

/** A text that is equal exactly for equal metrics. */
export function metricKey({ name, key }: Metric): string {
  return `${name}\u0000${key}`;
}

/** Throws a PromqlError when two elements of a vector have the same name and labels. */
export function requireUnique(samples: readonly VectorSample[], range: TextRange): void {
  const seen = new Set<string>();
  for (const { metric } of samples) {
    seen.add(metricKey(metric));
  }
  if (seen.size < samples.length) {
    throw new PromqlError("the result would hold two series with the same labels", range);
  }
}

/**
 * Computes each value anew, without the metric's name. Throws a PromqlError when series can then no
 * longer be told apart; those of one name always can.
 */
export function mapValues(
  samples: readonly VectorSample[],
  range: TextRange,
  compute: (value: number) => number,
): VectorSample[] {
  const mapped: VectorSample[] = [];
  const name = samples[0]?.metric.name;
  let hasOneName = true;
  for (const { metric, value } of samples) {
    hasOneName &&= metric.name === name;
    mapped.push({ metric: metric.withoutName(), value: compute(value) });
  }
  if (!hasOneName) {
    requireUnique(mapped, range);
  }
  return mapped;
}

/**
 * How the elements of two vectors find each other, and what comes of a match
 * (https://prometheus.io/docs/prometheus/2.42/querying/operators/#vector-matching).
 */

import { dropLabels, keepLabels, labelOf, type Metric, withLabel } from "../history/metric.ts";
import { type Combine, combineOf, dropsName } from "./binary-operators.ts";
import type { Binary, Matching, SetOperator } from "./expression.ts";
import { createMetricGroups, type GroupingLabels, type MetricGroups } from "./metric-groups.ts";
import { PromqlError } from "./promql-error.ts";
import { metricKey, requireUnique, type VectorSample } from "./value.ts";

export interface Vectors {
  readonly left: readonly VectorSample[];
  readonly right: readonly VectorSample[];
}

/** and, or, unless: which series there are, whatever their values. */
export function combineSets(
  { matching, range }: Binary,
  operator: SetOperator,
  { left, right }: Vectors,
): readonly VectorSample[] {
  const matches = createMetricGroups<true>(groupingOf(matching));
  const other = operator === "or" ? left : right;
  for (const { metric } of other) {
    matches.slot(metric).value = true;
  }
  if (operator === "or") {
    const union = [...left, ...right.filter(({ metric }) => !matches.find(metric)?.value)];
    requireUnique(union, range);
    return union;
  }
  const isWanted = operator === "and";
  return left.filter(({ metric }) => (matches.find(metric)?.value === true) === isWanted);
}

/** Arithmetic and comparison between the elements that match. */
export function combineVectors(expr: Binary, { left, right }: Vectors): VectorSample[] {
  const { matching, operator, bool } = expr;
  const combine = combineOf(operator, bool);
  const isSwapped = matching.many === "right";
  const [many, one] = isSwapped ? [right, left] : [left, right];
  if (many.length === 0 || one.length === 0) {
    return [];
  }

  const ones = indexOnes(one, expr);
  const join = createJoin(expr);
  const combined: VectorSample[] = [];
  for (const sample of many) {
    const match = ones.find(sample.metric)?.value;
    const value = match && combineInOrder(combine, sample, match.one, isSwapped);
    if (match !== undefined && value !== undefined) {
      combined.push({ metric: join(match, sample.metric), value });
    }
  }
  if (matching.many !== undefined) {
    requireUnique(combined, expr.range);
  }
  return combined;
}

/** An element of the "one" side, and what has been made of it so far. */
interface Match {
  readonly one: VectorSample;
  isTaken: boolean;
  /** The results of the elements that it matched, where they may be many. */
  results: Set<string> | undefined;
}

function groupingOf({ on, labels }: Matching): GroupingLabels {
  return { only: on, labels };
}

function indexOnes(
  samples: readonly VectorSample[],
  { matching, range }: Binary,
): MetricGroups<Match> {
  const index = createMetricGroups<Match>(groupingOf(matching));
  for (const one of samples) {
    const slot = index.slot(one.metric);
    if (slot.value !== undefined) {
      const side = matching.many === "right" ? "left" : "right";
      throw new PromqlError(
        `several series on the ${side} side match the same series on the other; ` +
          "matching labels must be unique on one side",
        range,
      );
    }
    slot.value = { one, isTaken: false, results: undefined };
  }
  return index;
}

function combineInOrder(
  combine: Combine,
  sample: VectorSample,
  partner: VectorSample,
  isSwapped: boolean,
): number | undefined {
  return isSwapped ? combine(partner.value, sample.value) : combine(sample.value, partner.value);
}

/** Names the result of a match, and throws a PromqlError for one that is not unique. */
type Join = (match: Match, many: Metric) => Metric;

function createJoin({ matching, operator, bool, range }: Binary): Join {
  const isNameless = dropsName(operator, bool);
  if (matching.many === undefined) {
    const ignored = new Set(matching.labels);
    return (match, left) => {
      if (match.isTaken) {
        const problem = "several series on the left side match; add group_left if that is meant";
        throw new PromqlError(problem, range);
      }
      match.isTaken = true;
      const metric = matching.on ? keepLabels(left, matching.labels) : dropLabels(left, ignored);
      return isNameless ? metric.withoutName() : metric;
    };
  }
  return (match, many) => {
    const metric = matching.include.reduce(
      (joined, label) => withLabel(joined, label, labelOf(match.one.metric, label)),
      isNameless ? many.withoutName() : many,
    );
    const key = metricKey(metric);
    match.results ??= new Set();
    if (match.results.has(key)) {
      throw new PromqlError("the labels of the group do not make matches unique", range);
    }
    match.results.add(key);
    return metric;
  };
}

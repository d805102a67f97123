/**
 * How the elements of two vectors find each other, and what comes of a match
 * (https://prometheus.io/docs/prometheus/2.42/querying/operators/#vector-matching).
 */
import { type Combine, combineOf, dropsName } from "./binary-operators.ts";
import type { Binary, Matching, SetOperator } from "./expression.ts";
import {
  dropLabels,
  keepLabels,
  labelOf,
  type Metric,
  NAME,
  partialKey,
  withLabel,
} from "./metric.ts";
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
  const keyOf = matchKey(matching);
  const keysOf = (samples: readonly VectorSample[]) =>
    new Set(samples.map(({ metric }) => keyOf(metric)));

  if (operator === "or") {
    const keys = keysOf(left);
    const union = [...left, ...right.filter(({ metric }) => !keys.has(keyOf(metric)))];
    requireUnique(union, range);
    return union;
  }
  const keys = keysOf(right);
  return left.filter(({ metric }) => keys.has(keyOf(metric)) === (operator === "and"));
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

  const keyOf = matchKey(matching);
  const ones = indexOnes(one, keyOf, expr);
  const join = createJoin(expr);
  const combined: VectorSample[] = [];
  for (const sample of many) {
    const key = keyOf(sample.metric);
    const partner = ones.get(key);
    const value = partner && combineInOrder(combine, sample, partner, isSwapped);
    if (partner !== undefined && value !== undefined) {
      combined.push({ metric: join(key, sample.metric, partner.metric), value });
    }
  }
  if (matching.many !== undefined) {
    requireUnique(combined, expr.range);
  }
  return combined;
}

/** The text that is equal for elements that match. */
function matchKey({ on, labels }: Matching): (metric: Metric) => string {
  if (on) {
    const names = labels.toSorted();
    return (metric) => partialKey(metric, names);
  }
  if (labels.length === 0) {
    return ({ key }) => key;
  }
  const ignored = new Set([...labels, NAME]);
  return (metric) => dropLabels(metric, ignored).key;
}

function indexOnes(
  samples: readonly VectorSample[],
  keyOf: (metric: Metric) => string,
  { matching, range }: Binary,
): Map<string, VectorSample> {
  const index = new Map<string, VectorSample>();
  for (const sample of samples) {
    const key = keyOf(sample.metric);
    if (index.has(key)) {
      const side = matching.many === "right" ? "left" : "right";
      throw new PromqlError(
        `several series on the ${side} side match the same series on the other; ` +
          "matching labels must be unique on one side",
        range,
      );
    }
    index.set(key, sample);
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
type Join = (key: string, many: Metric, one: Metric) => Metric;

function createJoin({ matching, operator, bool, range }: Binary): Join {
  const isNameless = dropsName(operator, bool);
  const taken = new Set<string>();
  const take = (key: string, problem: string): void => {
    if (taken.has(key)) {
      throw new PromqlError(problem, range);
    }
    taken.add(key);
  };

  if (matching.many === undefined) {
    const ignored = new Set(matching.labels);
    return (key, many) => {
      take(key, "several series on the left side match; say group_left if that is meant");
      const metric = matching.on ? keepLabels(many, matching.labels) : dropLabels(many, ignored);
      return isNameless ? metric.withoutName() : metric;
    };
  }
  return (key, many, one) => {
    const named = isNameless ? many.withoutName() : many;
    const metric = matching.include.reduce(
      (joined, label) => withLabel(joined, label, labelOf(one, label)),
      named,
    );
    take(`${key}\u0002${metricKey(metric)}`, "the labels of the group do not make matches unique");
    return metric;
  };
}

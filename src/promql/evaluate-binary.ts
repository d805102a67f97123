/**
 * Operators between two values; what two vectors do with each other is in vector-matching.ts
 * (https://prometheus.io/docs/prometheus/2.42/querying/operators/#binary-operators).
 */
import { combineOf, dropsName, isArithmetic, isComparison } from "./binary-operators.ts";
import { UNITS_OF_TAKEN_LABEL, unitsOfGrouping, unitsOfNames } from "./budget.ts";
import { kindOf } from "./check-kinds.ts";
import type { Evaluation } from "./evaluation.ts";
import type { Binary } from "./expression.ts";
import { requireUnique, type VectorSample } from "./value.ts";
import { combineSets, combineVectors } from "./vector-matching.ts";

/** Two numbers; a comparison gives 1 or 0. */
export function evaluateScalarBinary(expr: Binary, evaluation: Evaluation): number {
  const left = evaluation.scalar(expr.left);
  const right = evaluation.scalar(expr.right);
  return combineOf(expr.operator, expr.bool)(left, right) ?? Number.NaN;
}

/** A vector with a number or with another vector, matched by their labels. */
export function evaluateBinary(expr: Binary, evaluation: Evaluation): readonly VectorSample[] {
  const { left, right, operator, matching, range } = expr;
  if (kindOf(right) === "scalar") {
    const scalar = evaluation.scalar(right);
    return withScalar(expr, evaluation.vector(left), (combine, value) => combine(value, scalar));
  }
  if (kindOf(left) === "scalar") {
    const scalar = evaluation.scalar(left);
    return withScalar(expr, evaluation.vector(right), (combine, value) => combine(scalar, value));
  }

  const vectors = { left: evaluation.vector(left), right: evaluation.vector(right) };
  const labels = matching.labels.length + matching.include.length;
  const samples = vectors.left.length + vectors.right.length;
  const taken = samples * matching.include.length * UNITS_OF_TAKEN_LABEL;
  const written = matching.many === undefined ? 0 : unitsOfNames(samples) + taken;
  evaluation.budget.spend(unitsOfGrouping(samples, labels) + written, range);
  return isArithmetic(operator) || isComparison(operator)
    ? combineVectors(expr, vectors)
    : combineSets(expr, operator, vectors);
}

type Apply = (
  combine: (left: number, right: number) => number | undefined,
  value: number,
) => number | undefined;

/** A filter keeps the series with its value and name, whichever side it stands on. */
function withScalar(expr: Binary, samples: readonly VectorSample[], apply: Apply): VectorSample[] {
  const { operator, bool, range } = expr;
  const combine = combineOf(operator, bool);
  const isFilter = isComparison(operator) && !bool;
  const isNameless = dropsName(operator, bool);
  const combined: VectorSample[] = [];
  const names = new Set<string>();
  for (const sample of samples) {
    const { metric } = sample;
    const value = apply(combine, sample.value);
    if (value !== undefined) {
      names.add(metric.name);
      const named = isNameless ? metric.withoutName() : metric;
      combined.push(isFilter ? sample : { metric: named, value });
    }
  }
  if (isNameless && names.size > 1) {
    requireUnique(combined, range);
  }
  return combined;
}

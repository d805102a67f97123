/**
 * Expression + history -> value, with the meaning that the expression has in Prometheus 2.42.
 *
 * That is the version in Debian 12, against which test/promql/agreement.test.ts compares. Where later
 * versions differ, 2.42 holds: the left end of ranges and subqueries (excluded since 3.0), which of equal
 * values topk picks (since 2.44), how far a rate is extrapolated towards zero, the deviation of a single
 * infinite value, comparisons in which several series match and one is left, and labels with any name in
 * label_replace, label_join and count_values. What only later versions read has their meaning; it was
 * compared with Prometheus 3.9.
 */

import type { HistoryReader } from "../history/history.ts";
import { NAMELESS } from "../history/metric.ts";
import { type Allowance, createBudget, UNITS_OF_MOMENT, UNITS_OF_PART } from "./budget.ts";
import { kindOf } from "./check-kinds.ts";
import { evaluateAggregation } from "./evaluate-aggregation.ts";
import { evaluateBinary, evaluateScalarBinary } from "./evaluate-binary.ts";
import { evaluateCall, evaluateScalarCall } from "./evaluate-call.ts";
import {
  collectSeries,
  createWindow,
  evaluateSelector,
  selectWindows,
  subqueryWindows,
} from "./evaluate-selector.ts";
import type { Evaluation, EvaluationFields } from "./evaluation.ts";
import { type Expr, partsOf, type RangeSelector, type Subquery } from "./expression.ts";
import { parsePromql } from "./parse.ts";
import { PromqlError } from "./promql-error.ts";
import { createResultMemory } from "./result-memory.ts";
import { mapValues, type RangeSeries, type Value, type VectorSample } from "./value.ts";

/** What a history's expressions are evaluated by. */
export interface EvaluatorOptions {
  /** How old a sample may be to count as the present value; Prometheus' default is 5 minutes. */
  readonly lookbackMs?: number;
  /** The step of subqueries that name none; Prometheus' default is a minute. */
  readonly subqueryStepMs?: number;
  /** What one evaluation may compute, in units of budget.ts. */
  readonly units?: number;
  /** What all evaluations together may compute; AllowanceSpentError says when they may no more. */
  readonly allowance?: Allowance;
}

/** The moments of a chart: every step from one time to another, both included. */
export interface Steps {
  readonly startMs: number;
  readonly endMs: number;
  readonly stepMs: number;
}

/**
 * Evaluates expressions over one history and remembers, until the next snapshot, what their parts
 * came to. All methods throw a PromqlError when an expression cannot be read, is not supported, or
 * does not fit the data (for instance when several series match on both sides).
 */
export interface Evaluator {
  /** The value of an expression at one moment. */
  evaluate(expression: string | Expr, at: { timeMs: number }): Value;
  /**
   * The values of an expression at every step, for a chart. A scalar becomes one series without
   * labels; a range or a string has no chart and is refused.
   */
  evaluateRange(expression: string | Expr, steps: Steps): RangeSeries[];
}

const LOOKBACK_MS = 300_000;
const SUBQUERY_STEP_MS = 60_000;

/** Most steps of one range, as Prometheus' API allows. */
const MAX_STEPS = 11_000;

/** An evaluator for a history, best kept for a whole diagnosis. */
export function createEvaluator(history: HistoryReader, options: EvaluatorOptions = {}): Evaluator {
  const { lookbackMs = LOOKBACK_MS, subqueryStepMs = SUBQUERY_STEP_MS } = options;
  const { units, allowance } = options;
  const memory = createResultMemory(() => history.revision);
  const window = createWindow(0);
  const common = { history, memory, window, lookbackMs, stepMs: subqueryStepMs };

  return {
    evaluate(expression, { timeMs }) {
      const expr = treeOf(expression);
      const times = { timeMs, startMs: timeMs, endMs: timeMs };
      const budget = createBudget(units, allowance);
      const own = { ...common, ...times, ...dependenciesOf(expr), budget, isShared: true };
      return resultOf(expr, createEvaluation(own));
    },
    evaluateRange(expression, steps) {
      const expr = treeOf(expression);
      requireChartable(expr, steps);
      const { startMs, endMs } = steps;
      const budget = createBudget(units, allowance);
      // No other expression asks for the moments of a chart.
      const own = {
        ...common,
        ...dependenciesOf(expr),
        startMs,
        endMs,
        budget,
        isShared: false,
      };
      return collectSeries(steps, (timeMs) => {
        own.budget.spend(UNITS_OF_MOMENT, expr.range);
        const evaluation = createEvaluation({ ...own, timeMs });
        return kindOf(expr) === "vector"
          ? evaluation.vector(expr)
          : [{ metric: NAMELESS, value: evaluation.scalar(expr) }];
      });
    },
  };
}

/** What its values depend on besides data and moment. */
function dependenciesOf(expr: Expr): Pick<EvaluationFields, "isOrdered" | "hasEnds"> {
  return { isOrdered: dependsOnOrder(expr), hasEnds: dependsOnEnds(expr) };
}

/** Of equal values, those that come first or last are picked. */
function dependsOnOrder(expr: Expr): boolean {
  return (
    (expr.kind === "aggregation" && PICKING.has(expr.operator)) ||
    partsOf(expr).some(dependsOnOrder)
  );
}

function dependsOnEnds(expr: Expr): boolean {
  const isShifted = expr.kind === "selector" || expr.kind === "subquery";
  return (isShifted && typeof expr.at === "string") || partsOf(expr).some(dependsOnEnds);
}

const PICKING: ReadonlySet<string> = new Set(["topk", "bottomk"]);

function treeOf(expression: string | Expr): Expr {
  return typeof expression === "string" ? parsePromql(expression) : expression;
}

/** The value of one expression at one moment, by an evaluator of its own. */
export function evaluate(
  expression: string | Expr,
  history: HistoryReader,
  { timeMs, ...options }: EvaluatorOptions & { readonly timeMs: number },
): Value {
  return createEvaluator(history, options).evaluate(expression, { timeMs });
}

/** The values of one expression at every step, by an evaluator of its own. */
export function evaluateRange(
  expression: string | Expr,
  history: HistoryReader,
  { startMs, endMs, stepMs, ...options }: EvaluatorOptions & Steps,
): RangeSeries[] {
  return createEvaluator(history, options).evaluateRange(expression, { startMs, endMs, stepMs });
}

function requireChartable(expr: Expr, { startMs, endMs, stepMs }: Steps): void {
  const kind = kindOf(expr);
  if (kind !== "scalar" && kind !== "vector") {
    throw new PromqlError("a chart needs a scalar or an instant vector", expr.range);
  }
  if (!(stepMs > 0) || !((endMs - startMs) / stepMs <= MAX_STEPS)) {
    throw new PromqlError(`a chart has at most ${MAX_STEPS} steps of more than 0 ms`, expr.range);
  }
}

function createEvaluation(fields: EvaluationFields): Evaluation {
  const { memory, isShared } = fields;
  const evaluation: Evaluation = {
    ...fields,
    vector(expr) {
      const samples =
        isShared && (expr.kind === "call" || expr.kind === "aggregation")
          ? memory.recall(expr, fields, () => evaluateVector(expr, evaluation))
          : evaluateVector(expr, evaluation);
      fields.budget.spend(UNITS_OF_PART + samples.length, expr.range);
      return samples;
    },
    scalar(expr) {
      fields.budget.spend(UNITS_OF_PART, expr.range);
      return evaluateScalar(expr, evaluation);
    },
    windows: (expr) =>
      expr.kind === "range" ? selectWindows(expr, evaluation) : subqueryWindows(expr, evaluation),
    // The moments of a subquery are multiples of its step: those of others are the same.
    at: (moment) => createEvaluation({ ...fields, timeMs: moment, isShared: !fields.hasEnds }),
  };
  return evaluation;
}

function resultOf(expr: Expr, evaluation: Evaluation): Value {
  switch (kindOf(expr)) {
    case "scalar":
      return { kind: "scalar", value: evaluation.scalar(expr) };
    case "string":
      return { kind: "string", value: expr.kind === "string" ? expr.value : "" };
    case "vector":
      return { kind: "vector", samples: evaluation.vector(expr) };
    case "range":
      return { kind: "matrix", series: matrixOf(expr, evaluation) };
  }
}

function evaluateVector(expr: Expr, evaluation: Evaluation): readonly VectorSample[] {
  switch (expr.kind) {
    case "selector":
      return evaluateSelector(expr, evaluation);
    case "call":
      return evaluateCall(expr, evaluation);
    case "aggregation":
      return evaluateAggregation(expr, evaluation);
    case "binary":
      return evaluateBinary(expr, evaluation);
    case "unary":
      return expr.operator === "+"
        ? evaluation.vector(expr.expr)
        : mapValues(evaluation.vector(expr.expr), expr.range, (value) => -value);
    case "number":
    case "string":
    case "range":
    case "subquery":
      throw new PromqlError("expected an instant vector", expr.range);
  }
}

function evaluateScalar(expr: Expr, evaluation: Evaluation): number {
  switch (expr.kind) {
    case "number":
      return expr.value;
    case "call":
      return evaluateScalarCall(expr, evaluation);
    case "binary":
      return evaluateScalarBinary(expr, evaluation);
    case "unary":
      return expr.operator === "+" ? evaluation.scalar(expr.expr) : -evaluation.scalar(expr.expr);
    case "aggregation":
    case "selector":
    case "string":
    case "range":
    case "subquery":
      throw new PromqlError("expected a scalar", expr.range);
  }
}

function matrixOf(expr: Expr, evaluation: Evaluation): RangeSeries[] {
  if (expr.kind !== "range" && expr.kind !== "subquery") {
    throw new PromqlError("expected a range vector", expr.range);
  }
  return readMatrix(expr, evaluation);
}

function readMatrix(expr: RangeSelector | Subquery, evaluation: Evaluation): RangeSeries[] {
  const series: RangeSeries[] = [];
  evaluation.windows(expr).forEach((metric, { times, values, length }) => {
    const points = Array.from({ length }, (_, at) => ({
      timeMs: times[at] ?? 0,
      value: values[at] ?? Number.NaN,
    }));
    series.push({ metric, points });
  });
  return series;
}

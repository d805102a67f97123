/**
 * Expression + history -> value, with the meaning that the expression has in Prometheus 2.42.
 *
 * That is the version in Debian 12, against which test/promql/agreement.test.ts compares. Where later
 * versions differ (the left end of ranges, staleness of subqueries), 2.42 holds.
 */
import { kindOf } from "./check-kinds.ts";
import { evaluateAggregation } from "./evaluate-aggregation.ts";
import { evaluateBinary, evaluateScalarBinary } from "./evaluate-binary.ts";
import { evaluateCall, evaluateScalarCall } from "./evaluate-call.ts";
import {
  collectSeries,
  evaluateSelector,
  selectWindows,
  subqueryWindows,
} from "./evaluate-selector.ts";
import type { Evaluation, EvaluationTimes } from "./evaluation.ts";
import type { Expr, RangeSelector, Subquery } from "./expression.ts";
import type { History } from "./history.ts";
import { NAMELESS } from "./metric.ts";
import { parsePromql } from "./parse.ts";
import { PromqlError } from "./promql-error.ts";
import { mapValues, type RangeSeries, type Value, type VectorSample } from "./value.ts";

export interface EvaluateOptions {
  readonly timeMs: number;
  /** How old a sample may be to count as the present value; Prometheus' default is 5 minutes. */
  readonly lookbackMs?: number;
  /** The step of subqueries that name none; Prometheus' default is a minute. */
  readonly stepMs?: number;
}

export interface EvaluateRangeOptions extends Omit<EvaluateOptions, "timeMs"> {
  readonly startMs: number;
  readonly endMs: number;
  readonly stepMs: number;
}

const LOOKBACK_MS = 300_000;
const SUBQUERY_STEP_MS = 60_000;

/** Most steps of one range, as Prometheus' API allows. */
const MAX_STEPS = 11_000;

/**
 * The value of an expression at one moment. Throws a PromqlError when it cannot be read, is not
 * supported, or does not fit the data (for instance when several series match on both sides).
 */
export function evaluate(
  expression: string | Expr,
  history: History,
  { timeMs, lookbackMs = LOOKBACK_MS, stepMs = SUBQUERY_STEP_MS }: EvaluateOptions,
): Value {
  const expr = typeof expression === "string" ? parsePromql(expression) : expression;
  const times = { timeMs, startMs: timeMs, endMs: timeMs, lookbackMs, stepMs };
  const evaluation = createEvaluation(history, times);
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

/**
 * The values of an expression at every step of a range, for a chart. A scalar becomes one series
 * without labels. Throws a PromqlError as evaluate does, and for a range or string expression.
 */
export function evaluateRange(
  expression: string | Expr,
  history: History,
  { startMs, endMs, stepMs, lookbackMs = LOOKBACK_MS }: EvaluateRangeOptions,
): RangeSeries[] {
  const expr = typeof expression === "string" ? parsePromql(expression) : expression;
  const kind = kindOf(expr);
  if (kind !== "scalar" && kind !== "vector") {
    throw new PromqlError("a chart needs a scalar or an instant vector", expr.range);
  }
  if (!(stepMs > 0) || (endMs - startMs) / stepMs > MAX_STEPS) {
    throw new PromqlError(`a range has at most ${MAX_STEPS} steps`, expr.range);
  }

  return collectSeries({ startMs, endMs, stepMs }, (timeMs) => {
    const times = { timeMs, startMs, endMs, lookbackMs, stepMs: SUBQUERY_STEP_MS };
    const evaluation = createEvaluation(history, times);
    return kind === "vector"
      ? evaluation.vector(expr)
      : [{ metric: NAMELESS, value: evaluation.scalar(expr) }];
  });
}

function createEvaluation(history: History, times: EvaluationTimes): Evaluation {
  const evaluation: Evaluation = {
    ...times,
    history,
    vector: (expr) => evaluateVector(expr, evaluation),
    scalar: (expr) => evaluateScalar(expr, evaluation),
    windows: (expr) =>
      expr.kind === "range" ? selectWindows(expr, evaluation) : subqueryWindows(expr, evaluation),
    at: (timeMs) => createEvaluation(history, { ...times, timeMs }),
  };
  return evaluation;
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

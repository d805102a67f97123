/**
 * Functions, by what they are given
 * (https://prometheus.io/docs/prometheus/2.42/querying/functions/).
 */

import type { Matcher } from "../history/matcher.ts";
import { Metric, NAME, NAMELESS } from "../history/metric.ts";
import { unitsOfNames } from "./budget.ts";
import { selectedSlot } from "./evaluate-selector.ts";
import type { Evaluation } from "./evaluation.ts";
import type { Call, Expr, RangeSelector, Subquery } from "./expression.ts";
import { joinLabels, replaceLabel, type Written } from "./functions-label.ts";
import { largerOf, MATH_FUNCTIONS, roundTo, smallerOf, TIME_FUNCTIONS } from "./functions-math.ts";
import { RANGE_FUNCTIONS, type RangeFunction } from "./functions-range.ts";
import { histogramQuantile } from "./histogram-quantile.ts";
import { sortSamples } from "./pick-extremes.ts";
import { PromqlError } from "./promql-error.ts";
import { mapValues, requireUnique, type VectorSample } from "./value.ts";

/** A call that gives a number; NaN from a vector that has not exactly one sample. */
export function evaluateScalarCall(call: Call, evaluation: Evaluation): number {
  switch (call.name) {
    case "pi":
      return Math.PI;
    case "time":
      return evaluation.timeMs / 1000;
    default: {
      const samples = evaluation.vector(argument(call, 0));
      return samples.length === 1 ? (samples[0]?.value ?? Number.NaN) : Number.NaN;
    }
  }
}

/** A call that gives a vector. */
export function evaluateCall(call: Call, evaluation: Evaluation): readonly VectorSample[] {
  const rangeFunction = RANGE_FUNCTIONS.get(call.name);
  if (rangeFunction !== undefined) {
    return evaluateRangeFunction(call, rangeFunction, evaluation);
  }
  const mathFunction = MATH_FUNCTIONS.get(call.name);
  if (mathFunction !== undefined) {
    return mapValues(evaluation.vector(argument(call, 0)), call.range, mathFunction);
  }
  const timeFunction = TIME_FUNCTIONS.get(call.name);
  if (timeFunction !== undefined) {
    return mapValues(momentsOf(call, evaluation), call.range, timeFunction);
  }
  const vectorFunction = VECTOR_FUNCTIONS[call.name];
  if (vectorFunction === undefined) {
    throw new PromqlError(`the function "${call.name}" is not supported`, call.range);
  }
  return vectorFunction(call, evaluation);
}

type VectorFunction = (call: Call, evaluation: Evaluation) => readonly VectorSample[];

const VECTOR_FUNCTIONS: Readonly<Record<string, VectorFunction>> = {
  absent: evaluateAbsent,
  absent_over_time: evaluateAbsentOverTime,
  clamp: evaluateClamp,
  clamp_max(call, evaluation) {
    const most = evaluation.scalar(argument(call, 1));
    return mapFirst(call, evaluation, (value) => smallerOf(most, value));
  },
  clamp_min(call, evaluation) {
    const least = evaluation.scalar(argument(call, 1));
    return mapFirst(call, evaluation, (value) => largerOf(least, value));
  },
  histogram_avg: ofNativeHistograms,
  histogram_count: ofNativeHistograms,
  histogram_quantile(call, evaluation) {
    const share = evaluation.scalar(argument(call, 0));
    const samples = evaluation.vector(argument(call, 1));
    evaluation.budget.spend(unitsOfNames(samples.length), call.range);
    return histogramQuantile(share, samples, call.range);
  },
  histogram_stddev: ofNativeHistograms,
  histogram_stdvar: ofNativeHistograms,
  histogram_sum: ofNativeHistograms,
  label_join(call, evaluation) {
    const [target = "", separator = "", ...sources] = call.args.slice(1).map(textOf);
    const samples = evaluation.vector(argument(call, 0));
    return joinLabels(samples, { target, separator, sources }, written(call, evaluation));
  },
  label_replace(call, evaluation) {
    const [target = "", replacement = "", source = "", pattern = ""] = call.args
      .slice(1)
      .map(textOf);
    const samples = evaluation.vector(argument(call, 0));
    const how = { target, replacement, source, pattern };
    return replaceLabel(samples, how, written(call, evaluation));
  },
  round(call, evaluation) {
    const multiple = call.args[1] === undefined ? 1 : evaluation.scalar(call.args[1]);
    return mapFirst(call, evaluation, (value) => roundTo(value, multiple));
  },
  sort: (call, evaluation) => sortSamples(evaluation.vector(argument(call, 0)), false),
  sort_desc: (call, evaluation) => sortSamples(evaluation.vector(argument(call, 0)), true),
  timestamp: evaluateTimestamp,
  vector: (call, evaluation) => [{ metric: NAMELESS, value: evaluation.scalar(argument(call, 0)) }],
};

function evaluateRangeFunction(
  call: Call,
  compute: RangeFunction,
  evaluation: Evaluation,
): VectorSample[] {
  const windows = evaluation.windows(rangeArgument(call));
  const scalars = call.args.filter(({ kind }) => kind !== "range" && kind !== "subquery");
  const context = {
    fromMs: windows.fromMs,
    toMs: windows.toMs,
    timeMs: evaluation.timeMs,
    scalars: scalars.map((scalar) => evaluation.scalar(scalar)),
    call: call.range,
  };

  // These return a sample of the series itself, all others something computed.
  const keepsName = call.name === "last_over_time" || call.name === "first_over_time";
  const samples: VectorSample[] = [];
  let firstName: string | undefined;
  let hasOneName = true;
  windows.forEach((metric, window) => {
    const value = compute(window, context);
    if (value !== undefined) {
      firstName ??= metric.name;
      hasOneName &&= metric.name === firstName;
      samples.push({ metric: keepsName ? metric : metric.withoutName(), value });
    }
  });
  if (!hasOneName && !keepsName) {
    requireUnique(samples, call.range);
  }
  return samples;
}

function evaluateAbsent(call: Call, evaluation: Evaluation): VectorSample[] {
  const expr = argument(call, 0);
  return evaluation.vector(expr).length > 0 ? [] : [{ metric: absentMetric(expr), value: 1 }];
}

function evaluateAbsentOverTime(call: Call, evaluation: Evaluation): VectorSample[] {
  const expr = rangeArgument(call);
  let found = false;
  evaluation.windows(expr).forEach(() => {
    found = true;
  });
  return found ? [] : [{ metric: absentMetric(expr), value: 1 }];
}

/** The labels that a selector demands by equality, each once, describe what is absent. */
function absentMetric(expr: Expr): Metric {
  const selector = expr.kind === "range" ? expr.selector : expr;
  const matchers = selector.kind === "selector" ? selector.matchers : [];
  const labels = new Map<string, string>();
  const seen = new Set<string>();
  for (const { label, operator, value } of matchers.filter(isAboutLabel)) {
    if (operator === "=" && !seen.has(label)) {
      labels.set(label, value);
      seen.add(label);
    } else {
      labels.delete(label);
    }
  }
  return new Metric("", Object.fromEntries([...labels].filter(([, value]) => value !== "")));
}

function isAboutLabel({ label }: Matcher): boolean {
  return label !== NAME;
}

function evaluateClamp(call: Call, evaluation: Evaluation): VectorSample[] {
  const least = evaluation.scalar(argument(call, 1));
  const most = evaluation.scalar(argument(call, 2));
  const clamped = mapFirst(call, evaluation, (value) => largerOf(least, smallerOf(most, value)));
  return most < least ? [] : clamped;
}

/** Of plain samples these have no answer, and there are no others in the text formats. */
function ofNativeHistograms(call: Call, evaluation: Evaluation): VectorSample[] {
  evaluation.vector(argument(call, 0));
  return [];
}

/** Of a selector, when its samples were taken; of anything computed, the moment of evaluation. */
function evaluateTimestamp(call: Call, evaluation: Evaluation): VectorSample[] {
  const expr = argument(call, 0);
  const slot = expr.kind === "selector" ? selectedSlot(expr, evaluation) : undefined;
  const seconds = (slot?.timeMs ?? evaluation.timeMs) / 1000;
  return mapFirst(call, evaluation, () => seconds);
}

function mapFirst(
  call: Call,
  evaluation: Evaluation,
  compute: (value: number) => number,
): VectorSample[] {
  return mapValues(evaluation.vector(argument(call, 0)), call.range, compute);
}

/** The moments that a calendar function is about: its argument's values, or now. */
function momentsOf(call: Call, evaluation: Evaluation): readonly VectorSample[] {
  const [expr] = call.args;
  return expr === undefined
    ? [{ metric: NAMELESS, value: evaluation.timeMs / 1000 }]
    : evaluation.vector(expr);
}

function rangeArgument(call: Call): RangeSelector | Subquery {
  for (const arg of call.args) {
    if (arg.kind === "range" || arg.kind === "subquery") {
      return arg;
    }
  }
  throw new PromqlError(`${call.name} needs a range vector`, call.range);
}

function argument(call: Call, at: number): Expr {
  const expr = call.args[at];
  if (expr === undefined) {
    throw new PromqlError(`${call.name} needs more arguments`, call.range);
  }
  return expr;
}

function written({ range }: Call, { budget }: Evaluation): Written {
  return { range, budget };
}

function textOf(expr: Expr): string {
  return expr.kind === "string" ? expr.value : "";
}

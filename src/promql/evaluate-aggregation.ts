/** `sum by (topic) (…)` and the like: groups, and what each operator makes of them. */

import { dropLabels, keepLabels, type Metric, NAME, withLabel } from "../history/metric.ts";
import { type Accumulator, AGGREGATIONS, type CreateAccumulator } from "./aggregations.ts";
import { type Budget, unitsOfGrouping, unitsOfNames } from "./budget.ts";
import type { Evaluation } from "./evaluation.ts";
import type { Aggregation, Expr } from "./expression.ts";
import { formatNumber } from "./format-number.ts";
import { requireLabelName } from "./functions-label.ts";
import { createMetricGroups, type GroupingLabels } from "./metric-groups.ts";
import { pickExtremes } from "./pick-extremes.ts";
import { PromqlError } from "./promql-error.ts";
import type { VectorSample } from "./value.ts";

/** `sum by (…) (…)` and the like: a sample for each group, or the picked ones. */
export function evaluateAggregation(expr: Aggregation, evaluation: Evaluation): VectorSample[] {
  const samples = evaluation.vector(expr.expr);
  evaluation.budget.spend(unitsOfGrouping(samples.length, expr.grouping.length), expr.range);
  const grouping = createGrouping(expr);
  switch (expr.operator) {
    case "topk":
    case "bottomk":
      return pickFromGroups(samples, grouping, readCount(expr, evaluation));
    case "count_values":
      return countValues(samples, expr, evaluation.budget);
    default:
      return aggregate(samples, grouping, createAccumulators(expr, evaluation));
  }
}

/** How the groups are found, and what a group is called, by one of its members. */
interface Grouping {
  readonly by: GroupingLabels;
  nameOf(member: Metric): Metric;
}

function createGrouping({ grouping, without }: Aggregation): Grouping {
  const dropped = new Set([...grouping, NAME]);
  return without
    ? { by: { only: false, labels: grouping }, nameOf: (member) => dropLabels(member, dropped) }
    : { by: { only: true, labels: grouping }, nameOf: (member) => keepLabels(member, grouping) };
}

function createAccumulators(
  { operator, param, range }: Aggregation,
  evaluation: Evaluation,
): () => Accumulator {
  const create: CreateAccumulator | undefined = AGGREGATIONS.get(operator);
  if (create === undefined) {
    throw new PromqlError(`the aggregation "${operator}" is not supported`, range);
  }
  const parameter = param === undefined ? Number.NaN : evaluation.scalar(param);
  return () => create(parameter);
}

function aggregate(
  samples: readonly VectorSample[],
  grouping: Grouping,
  createAccumulator: () => Accumulator,
): VectorSample[] {
  interface Group {
    readonly member: Metric;
    readonly accumulator: Accumulator;
  }
  const slots = createMetricGroups<Group>(grouping.by);
  const groups: Group[] = [];
  for (const { metric, value } of samples) {
    const slot = slots.slot(metric);
    if (slot.value === undefined) {
      slot.value = { member: metric, accumulator: createAccumulator() };
      groups.push(slot.value);
    }
    slot.value.accumulator.add(value);
  }
  return groups.map(({ member, accumulator }) => ({
    metric: grouping.nameOf(member),
    value: accumulator.result(),
  }));
}

/** Counts beyond what a 64-bit integer holds are an error in Prometheus, too. */
const MAX_COUNT = 2 ** 63;

function readCount(
  { operator, param, range }: Aggregation,
  evaluation: Evaluation,
): { count: number; largest: boolean } {
  const count = param === undefined ? Number.NaN : evaluation.scalar(param);
  if (!(Math.abs(count) <= MAX_COUNT)) {
    throw new PromqlError(`${operator} cannot return ${count} series`, range);
  }
  return { count: Math.trunc(count), largest: operator === "topk" };
}

/** The largest or smallest of each group, best first, as they are. */
function pickFromGroups(
  samples: readonly VectorSample[],
  { by }: Grouping,
  picked: { readonly count: number; readonly largest: boolean },
): VectorSample[] {
  if (picked.count < 1) {
    return [];
  }
  const slots = createMetricGroups<VectorSample[]>(by);
  const groups: VectorSample[][] = [];
  for (const sample of samples) {
    const slot = slots.slot(sample.metric);
    if (slot.value === undefined) {
      slot.value = [];
      groups.push(slot.value);
    }
    slot.value.push(sample);
  }
  return groups.flatMap((group) => pickExtremes(group, picked));
}

/** How many series of a group have the same value; the value becomes a label. */
function countValues(
  samples: readonly VectorSample[],
  expr: Aggregation,
  budget: Budget,
): VectorSample[] {
  const label = readLabel(expr.param);
  requireLabelName(label, expr.range);
  budget.spend(unitsOfNames(samples.length), expr.range);
  const labelled = samples.map(({ metric, value }) => ({
    metric: withLabel(metric, label, formatNumber(value)),
    value,
  }));
  const grouping = createGrouping(
    expr.without ? expr : { ...expr, grouping: [...expr.grouping, label] },
  );
  const count = AGGREGATIONS.get("count");
  return count === undefined ? [] : aggregate(labelled, grouping, () => count(Number.NaN));
}

function readLabel(param: Expr | undefined): string {
  return param?.kind === "string" ? param.value : "";
}

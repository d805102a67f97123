/**
 * What a person asked to see over time -> a picture from a history, or why there is none.
 *
 * Plain values in and out: it is computed in a thread of its own, since what people type may need more
 * than the bot can spare.
 */

import type { HistoryReader } from "../history/history.ts";
import { evaluateRange } from "../promql/evaluate.ts";
import { PromqlError } from "../promql/promql-error.ts";
import {
  ALL_KNOWN,
  type ChartPlan,
  type Elsewhere,
  type PlannedChart,
  planExpression,
  planPattern,
} from "./chart-plan.ts";
import { type LineOverTime, momentsUntil, type Picture, pictureOf } from "./checks/picture.ts";
import { EXPORTED_NAMES, EXPORTED_PREFIX } from "./exported-series.ts";
import { RECORDED } from "./known-metrics.ts";
import { type UnknownName, unknownNames } from "./unknown-names.ts";

interface ChartText {
  readonly kind: "pattern" | "promql";
  readonly text: string;
}

/** Twenty moments of PromQL in a thread of its own may cost more than a check on the main one. */
const CHART_UNITS = 20_000_000;

/** Of a plan, what is plain enough to go from one thread to another. */
export type PlanHead = Pick<ChartPlan, "title" | "unit" | "notes">;

type NotPlanned = Exclude<PlannedChart, ChartPlan>;

export interface DrawRequest {
  readonly what: ChartText;
  readonly windowMs: number;
  readonly nowMs: number;
}

export type DrawnChart =
  | ({ readonly kind: "picture"; readonly picture: Picture } & PlanHead)
  /** Fewer than two values. */
  | { readonly kind: "empty"; readonly title: string; readonly unknown: readonly UnknownName[] }
  | { readonly kind: "refused"; readonly title: string; readonly problem: string }
  | NotPlanned;

/** Draws from a history; the window ends with the last poll, or now where that is long ago. */
export function drawChart(history: HistoryReader, request: DrawRequest): DrawnChart {
  const plan = planFor(history, request.what);
  if (plan.kind !== "plan") return plan;
  const { title, unit, notes } = plan;
  const moments = momentsUntil(lastPoll(history, request.nowMs), request.windowMs);
  const rangeMs = Math.max(moments.stepMs, 4 * intervalOf(history));
  try {
    const expr = plan.expr(`${Math.ceil(rangeMs / 1_000)}s`);
    const lines = evaluateRange(expr, history, { ...moments, units: CHART_UNITS }).map(
      ({ metric, points }): LineOverTime => ({ labels: metric.labels, points }),
    );
    const picture = pictureOf(lines, moments);
    if (picture === undefined) return { kind: "empty", title, unknown: unknownIn(history, expr) };
    return { kind: "picture", title, unit, notes, picture };
  } catch (error) {
    if (!(error instanceof PromqlError)) throw error;
    return { kind: "refused", title, problem: error.message };
  }
}

export interface PlanRequest {
  readonly what: ChartText;
  /** The range of rates, as in PromQL. */
  readonly range: string;
  /** Which series there are the target's. */
  readonly place: Elsewhere;
}

export type ExpressionPlan =
  | ({
      readonly kind: "plan";
      readonly expr: string;
      /** The same with the target's labels. */
      readonly ownExpr: string;
      /** Names in it that the history does not have, nor any server of this version. */
      readonly unknown: readonly UnknownName[];
    } & PlanHead)
  | NotPlanned;

/** The expressions that an outside Prometheus is asked for; it may know what is down now. */
export function planChart(
  history: HistoryReader,
  { what, range, place }: PlanRequest,
): ExpressionPlan {
  const seen = planFor(history, what);
  // A server that is down shows no series of its own, of which the Prometheus has hours.
  const isDown = seen.kind === "none" && !metricsOf(history).some(({ name }) => name in RECORDED);
  const plan = isDown ? planPattern(what.text, ALL_KNOWN) : seen;
  if (plan.kind !== "plan") return plan;
  const { title, unit, notes } = plan;
  const ownExpr = plan.expr(range, place);
  const expr = plan.expr(range, { ...place, server: [] });
  // The names of a pattern are those of the history.
  const unknown = what.kind === "promql" ? unknownIn(history, expr) : [];
  return { kind: "plan", title, unit, notes, expr, ownExpr, unknown };
}

function planFor(history: HistoryReader, what: ChartText): PlannedChart {
  return what.kind === "promql"
    ? planExpression(what.text)
    : planPattern(what.text, metricsOf(history));
}

function unknownIn(history: HistoryReader, expr: string): UnknownName[] {
  const known = [...metricsOf(history), ...ALL_KNOWN].map(({ name }) => name);
  const exported = EXPORTED_NAMES.map((name) => `${EXPORTED_PREFIX}${name}`);
  return unknownNames(expr, new Set([...known, ...exported]));
}

function metricsOf(history: HistoryReader) {
  return history.select([]).flatMap((series) => {
    const metric = history.metric(series);
    return metric === undefined ? [] : [{ name: metric.name, labels: metric.labels }];
  });
}

/** A rate ends with a poll: what lies behind the last one would be guessed. */
function lastPoll(history: HistoryReader, nowMs: number): number {
  const { lastMs = 0 } = history.stats();
  const isCurrent = lastMs <= nowMs && nowMs - lastMs <= 2 * intervalOf(history);
  return isCurrent ? lastMs : nowMs;
}

/** Between two polls, as they really came. */
function intervalOf(history: HistoryReader): number {
  const { snapshots, firstMs = 0, lastMs = 0 } = history.stats();
  return snapshots < 2 ? 0 : (lastMs - firstMs) / (snapshots - 1);
}

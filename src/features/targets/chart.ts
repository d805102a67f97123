/** `chart METRIC [TARGET] [last:30m]`: series over time, from our history or from Prometheus. */

import { duration } from "../../block-kit/times.ts";
import { type ChartPlan, planExpression, planPattern } from "../../diagnosis/chart-plan.ts";
import { OWN_NAMES } from "../../diagnosis/checks/own-series.ts";
import {
  type LineOverTime,
  type Moments,
  momentsUntil,
  type Picture,
  pictureOf,
} from "../../diagnosis/checks/picture.ts";
import type { RangeAnswer } from "../../diagnosis/prometheus-answers.ts";
import { promqlString } from "../../diagnosis/series-query.ts";
import type { Target } from "../../diagnosis/target.ts";
import type { History } from "../../history/history.ts";
import { evaluateRange } from "../../promql/evaluate.ts";
import { PromqlError } from "../../promql/promql-error.ts";
import { askedTarget, type CommandRow, type SeriesText } from "../commands/command-row.ts";
import type { Clock } from "../shared/ports.ts";
import { CHART_FORMS } from "./chart-forms.ts";
import { type ChartAnswer, renderChartAnswer } from "./render-chart.ts";
import { reasons } from "./render-metrics.ts";

export interface ChartOptions {
  readonly what: SeriesText;
  readonly windowMs: number;
}

const DEFAULT_MS = 30 * 60_000;
const SHORTEST_MS = 60_000;
const LONGEST_MS = 31 * 86_400_000;
/** What the history keeps. */
const KEPT_MS = 60 * 60_000;

/** A target's Prometheus; never throws for what it does. */
export interface PrometheusSource {
  range(target: Target, expr: string, moments: Moments): Promise<RangeAnswer>;
}

export interface ChartPorts {
  readonly memory: { history(target: Target): History };
  readonly prometheus: PrometheusSource;
  readonly clock: Pick<Clock, "now">;
}

export function chartCommand(ports: ChartPorts): CommandRow<ChartOptions, ChartAnswer> {
  return {
    name: "chart",
    usage: "chart METRIC [TARGET] [last:30m]",
    about: "a metric over time, or any PromQL; counters per second",
    group: "Now",
    right: "ask",
    target: "one",
    cost: "costly",
    reads: { kind: "series" },
    options: ["last"],
    parse({ series, values: { last = DEFAULT_MS } }) {
      if (series === undefined) return { kind: "incomplete" };
      const windowMs = Math.min(Math.max(last, SHORTEST_MS), LONGEST_MS);
      return { kind: "options", options: { what: series, windowMs } };
    },
    spoken: CHART_FORMS,
    run: (options, asking) => chartOf(ports, options, askedTarget(asking)),
    render: renderChartAnswer,
  };
}

async function chartOf(
  ports: ChartPorts,
  { what, windowMs }: ChartOptions,
  target: Target,
): Promise<ChartAnswer> {
  const history = ports.memory.history(target);
  const isEmpty = history.stats().snapshots < 2;
  const needsPrometheus = windowMs > KEPT_MS && target.prometheus !== undefined;
  if (isEmpty && !needsPrometheus) return noChart(what.text, target.name, [NO_HISTORY]);
  const plan =
    what.kind === "promql" ? planExpression(what.text) : planPattern(what.text, metricsOf(history));
  if (plan.kind === "not-understood") {
    return noChart(plan.query, target.name, [plan.problem]);
  }
  if (plan.kind === "none") {
    const why = reasons(plan);
    return noChart(plan.query, target.name, why.length === 0 ? [NO_SERIES] : why);
  }
  const asked = { plan, target, windowMs, nowMs: ports.clock.now() };
  return needsPrometheus ? fromPrometheus(ports.prometheus, asked) : fromHistory(history, asked);
}

const NO_HISTORY = "I have no history of it yet: ask again when I have looked at it twice.";
const NO_SERIES = "No series has such a name.";

interface ChartRequest {
  readonly plan: ChartPlan;
  readonly target: Target;
  readonly windowMs: number;
  readonly nowMs: number;
}

function fromHistory(
  history: History,
  { plan, target, windowMs, nowMs }: ChartRequest,
): ChartAnswer {
  const shownMs = Math.min(windowMs, KEPT_MS);
  const moments = momentsUntil(lastPoll(history, nowMs), shownMs);
  const notes = [
    ...plan.notes,
    ...(windowMs > KEPT_MS
      ? ["I keep one hour; for longer, give this target its `prometheus` in the configuration."]
      : []),
  ];
  try {
    const rangeMs = Math.max(moments.stepMs, 4 * intervalOf(history));
    const expr = plan.expr(`${Math.ceil(rangeMs / 1_000)}s`);
    const lines = evaluateRange(expr, history, moments).map(
      ({ metric, points }): LineOverTime => ({ labels: metric.labels, points }),
    );
    const picture = pictureOf(lines, moments);
    return picture === undefined
      ? noChart(plan.title, target.name, [emptyText(history, nowMs)])
      : drawn({ plan, target, windowMs: shownMs, picture, notes, from: "my own polls" });
  } catch (error) {
    if (!(error instanceof PromqlError)) throw error;
    return noChart(plan.title, target.name, [`The expression cannot be used: ${error.message}`]);
  }
}

interface Drawn {
  readonly plan: ChartPlan;
  readonly target: Target;
  readonly windowMs: number;
  readonly picture: Picture;
  readonly notes: readonly string[];
  readonly from: "my own polls" | "Prometheus";
}

function drawn({ plan, target, ...rest }: Drawn): ChartAnswer {
  const { title, unit } = plan;
  return { kind: "chart", chart: { target: target.name, title, unit, ...rest } };
}

function noChart(title: string, target: string, why: readonly string[]): ChartAnswer {
  return { kind: "none", title, target, reasons: why };
}

/** A rate ends with a look: what lies behind the last one would be guessed. */
function lastPoll(history: History, nowMs: number): number {
  const { lastMs = 0 } = history.stats();
  const isCurrent = lastMs <= nowMs && nowMs - lastMs <= 2 * intervalOf(history);
  return isCurrent ? lastMs : nowMs;
}

/** Between two looks, as they really came. */
function intervalOf(history: History): number {
  const { snapshots, firstMs = 0, lastMs = 0 } = history.stats();
  return snapshots < 2 ? 0 : (lastMs - firstMs) / (snapshots - 1);
}

function emptyText(history: History, nowMs: number): string {
  const { firstMs = nowMs } = history.stats();
  return `It has fewer than two values in what I have seen, which is ${duration(nowMs - firstMs)}.`;
}

/** Prometheus scrapes once a minute or oftener; a rate needs two values. */
const LEAST_RANGE_MS = 5 * 60_000;

async function fromPrometheus(
  prometheus: PrometheusSource,
  { plan, target, windowMs, nowMs }: ChartRequest,
): Promise<ChartAnswer> {
  // Whole seconds come back as they were sent.
  const moments = momentsUntil(Math.floor(nowMs / 1_000) * 1_000, windowMs);
  const range = `${Math.ceil(Math.max(moments.stepMs, LEAST_RANGE_MS) / 1_000)}s`;
  const matchers = Object.entries(target.labels).map(
    ([name, value]) => `${name}=${promqlString(value)}`,
  );
  const own = await prometheus.range(target, plan.expr(range, matchers), moments);
  const isEmpty = own.kind === "lines" && own.lines.length === 0;
  const isWider = isEmpty && plan.expr(range, matchers) !== plan.expr(range);
  const answer = isWider ? await prometheus.range(target, plan.expr(range), moments) : own;
  switch (answer.kind) {
    case "refused":
      return noChart(plan.title, target.name, [`Prometheus refuses it: ${answer.problem}`]);
    case "unavailable":
      return {
        kind: "unavailable",
        unavailable: {
          what: "The Prometheus",
          name: target.name,
          address: target.prometheus ?? "",
          says: answer.says,
        },
      };
    case "lines": {
      const notes = isWider ? [...plan.notes, widerNote(target)] : plan.notes;
      const picture = pictureOf(answer.lines, moments);
      return picture === undefined
        ? noChart(plan.title, target.name, [absentInPrometheus(plan.title, windowMs)])
        : drawn({ plan, target, windowMs, picture, notes, from: "Prometheus" });
    }
  }
}

function widerNote({ labels }: Target): string {
  const told = Object.entries(labels).map(([name, value]) => `${name}=${value}`);
  return `No series there carries this target's labels (${told.join(", ")}), so these are all of that name.`;
}

function absentInPrometheus(title: string, windowMs: number): string {
  const name = /^\w+/.exec(title)?.[0] ?? "";
  return OWN_NAMES.has(name)
    ? `${name} is a series of my own polls, which Prometheus does not have: ask for an hour or less.`
    : `Prometheus has fewer than two values of it in the last ${duration(windowMs)}.`;
}

function metricsOf(history: History): { name: string; labels: Readonly<Record<string, string>> }[] {
  return history.select([]).flatMap((series) => {
    const metric = history.metric(series);
    return metric === undefined ? [] : [{ name: metric.name, labels: metric.labels }];
  });
}

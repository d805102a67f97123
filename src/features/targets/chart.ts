/** `chart METRIC [TARGET] [last:30m]`: series over time, from our history or from Prometheus. */

import { duration } from "../../block-kit/times.ts";
import {
  type Moments,
  momentsUntil,
  type Picture,
  pictureOf,
} from "../../diagnosis/checks/picture.ts";
import type { DrawnChart, ExpressionPlan, PlanHead } from "../../diagnosis/draw-chart.ts";
import { EXPORTED_PREFIX, isExported } from "../../diagnosis/exported-series.ts";
import { placeMatchers } from "../../diagnosis/long-window/prometheus-place.ts";
import type { RangeAnswer } from "../../diagnosis/prometheus-answers.ts";
import type { Target } from "../../diagnosis/target.ts";
import type { UnknownName } from "../../diagnosis/unknown-names.ts";
import type { HistoryReader } from "../../history/history.ts";
import { HISTORY_MS } from "../../history/history.ts";
import { DAY_MS } from "../../promql/duration.ts";
import { askedTarget, type CommandRow, type SeriesText } from "../commands/command-row.ts";
import type { Clock } from "../shared/ports.ts";
import { CHART_FORMS } from "./chart-forms.ts";
import type { ChartSource, Overtaxed } from "./chart-source.ts";
import { type ChartAnswer, renderChartAnswer } from "./render-chart.ts";
import { reasons } from "./render-metrics.ts";

export interface ChartOptions {
  readonly what: SeriesText;
  readonly windowMs: number;
}

const DEFAULT_MS = 30 * 60_000;
const SHORTEST_MS = 60_000;
const LONGEST_MS = 31 * DAY_MS;

/** A target's Prometheus; never throws for what it does. */
export interface PrometheusSource {
  range(target: Target, expr: string, moments: Moments): Promise<RangeAnswer>;
}

export interface ChartPorts {
  readonly memory: { history(target: Target): Pick<HistoryReader, "stats"> };
  readonly charts: ChartSource;
  readonly prometheus: PrometheusSource;
  readonly clock: Pick<Clock, "now">;
}

export function chartCommand(ports: ChartPorts): CommandRow<ChartOptions, ChartAnswer> {
  return {
    name: "chart",
    also: ["graph", "plot"],
    usage: "chart METRIC [TARGET] [last:30m]",
    about: "a metric over time, or any PromQL; counters per second",
    group: "Now",
    right: "ask",
    // PromQL goes to Prometheus as it is written, with the bot's token.
    rightFor: ({ what }) => (what.kind === "promql" ? "query" : "ask"),
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
  const nowMs = ports.clock.now();
  const { snapshots, firstMs = nowMs } = ports.memory.history(target).stats();
  const asked = { what, target, windowMs, nowMs };
  const isKept = snapshots >= 2;
  if (target.prometheus !== undefined) {
    if (windowMs > HISTORY_MS) return fromPrometheus(ports, asked);
    // A bot that started a while ago has less than was asked for, which Prometheus may have.
    if (!isKept || nowMs - firstMs < windowMs * MOST_OF_IT) {
      const answer = await fromPrometheus(ports, asked);
      if (answer.kind === "chart" || !isKept) return answer;
    }
  }
  return isKept
    ? fromHistory(ports, asked)
    : noChart({ title: what.text, target: target.name, why: "too-early" }, NO_HISTORY);
}

/** A history that covers so much of what was asked for is good enough. */
const MOST_OF_IT = 0.75;

const NO_HISTORY = "I have no history of it yet. Ask again after two polls.";
const NO_SERIES = "No series has this name, or one like it. `metrics` lists those there are.";

interface ChartRequest extends ChartOptions {
  readonly target: Target;
  readonly nowMs: number;
}

async function fromHistory(
  { charts, memory }: ChartPorts,
  { what, target, windowMs, nowMs }: ChartRequest,
): Promise<ChartAnswer> {
  const { firstMs = nowMs } = memory.history(target).stats();
  const wantedMs = Math.min(windowMs, HISTORY_MS);
  const seenMs = Math.max(SHORTEST_MS, nowMs - firstMs);
  const wanted = await charts.draw(target, { what, windowMs: wantedMs, nowMs });
  // Whoever has just begun has seen less than the time between two moments of an hour.
  const isYoung = wanted.kind === "empty" && seenMs < wantedMs;
  const shownMs = isYoung ? seenMs : wantedMs;
  const answer = isYoung ? await charts.draw(target, { what, windowMs: shownMs, nowMs }) : wanted;
  switch (answer.kind) {
    case "picture": {
      const notes = [
        ...answer.notes,
        ...(isYoung
          ? [`I have polled it for ${duration(nowMs - firstMs)}: that is all I can draw.`]
          : []),
        ...(windowMs > HISTORY_MS ? [ONE_HOUR] : []),
      ];
      return drawn({ ...answer, target, windowMs: shownMs, notes, from: "the bot's samples" });
    }
    case "empty":
      return answer.unknown.length === 0
        ? noChart(
            { title: answer.title, target: target.name, why: "too-early" },
            emptyText(memory.history(target), nowMs),
          )
        : noChart(
            { title: answer.title, target: target.name, why: "nothing" },
            ...answer.unknown.map(unknownText),
          );
    case "none":
    case "not-understood":
    case "overtaxed":
    case "refused":
      return undrawn(answer, what.text, target);
  }
}

const ONE_HOUR =
  "I keep one hour of samples. For more, set `prometheus` of this target in the configuration.";

type Undrawn = Exclude<
  DrawnChart | ExpressionPlan | Overtaxed,
  { kind: "picture" | "empty" | "plan" }
>;

/** Why there is nothing to draw. */
function undrawn(answer: Undrawn, typed: string, { name: target }: Target): ChartAnswer {
  switch (answer.kind) {
    case "refused":
      return noChart(
        { title: answer.title, target, why: "not-understood" },
        `The expression cannot be used: ${answer.problem}`,
      );
    case "overtaxed":
      return noChart({ title: typed, target, why: "nothing" }, answer.reason);
    case "not-understood":
      return noChart({ title: answer.query, target, why: "not-understood" }, answer.problem);
    case "none": {
      const why = reasons(answer);
      return noChart(
        { title: answer.query, target, why: "nothing" },
        ...(why.length === 0 ? [NO_SERIES] : why),
      );
    }
  }
}

interface Drawn extends PlanHead {
  readonly target: Target;
  readonly windowMs: number;
  readonly picture: Picture;
  readonly from: "the bot's samples" | "Prometheus";
}

function drawn({ target, title, unit, notes, windowMs, picture, from }: Drawn): ChartAnswer {
  const chart = { target: target.name, title, unit, notes, windowMs, picture, from };
  return { kind: "chart", chart };
}

interface NoChart {
  readonly title: string;
  readonly target: string;
  readonly why: Extract<ChartAnswer, { kind: "none" }>["why"];
}

function noChart(none: NoChart, ...reasons: readonly string[]): ChartAnswer {
  return { kind: "none", ...none, reasons };
}

function unknownText({ name, nearest }: UnknownName): string {
  const meant = nearest.length === 0 ? "" : ` Did you mean ${nearest.join(", ")}?`;
  return `I know no series named ${name}.${meant}`;
}

function emptyText(history: Pick<HistoryReader, "stats">, nowMs: number): string {
  const { firstMs = nowMs } = history.stats();
  return `It has fewer than two values in my samples of ${duration(nowMs - firstMs)}.`;
}

/** Prometheus scrapes once a minute or oftener; a rate needs two values. */
const LEAST_RANGE_MS = 5 * 60_000;

async function fromPrometheus(
  { charts, prometheus }: ChartPorts,
  { what, target, windowMs, nowMs }: ChartRequest,
): Promise<ChartAnswer> {
  // Whole seconds come back as they were sent.
  const moments = momentsUntil(Math.floor(nowMs / 1_000) * 1_000, windowMs);
  const range = `${Math.ceil(Math.max(moments.stepMs, LEAST_RANGE_MS) / 1_000)}s`;
  const plan = await charts.plan(target, { what, range, place: placeMatchers(target) });
  if (plan.kind !== "plan") return undrawn(plan, what.text, target);
  const own = await prometheus.range(target, plan.ownExpr, moments);
  const isEmpty = own.kind === "lines" && own.lines.length === 0;
  const isWider = isEmpty && plan.ownExpr !== plan.expr;
  const answer = isWider ? await prometheus.range(target, plan.expr, moments) : own;
  switch (answer.kind) {
    case "refused":
      return noChart(
        { title: plan.title, target: target.name, why: "nothing" },
        `Prometheus refuses it: ${answer.problem}`,
      );
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
        ? noChart(
            { title: plan.title, target: target.name, why: "nothing" },
            ...plan.unknown.map(unknownText),
            absentInPrometheus(plan.title, windowMs),
          )
        : drawn({ ...plan, target, windowMs, picture, notes, from: "Prometheus" });
    }
  }
}

function widerNote({ labels }: Target): string {
  const own = Object.entries(labels).map(([name, value]) => `${name}=${value}`);
  return `No series in Prometheus has this target's labels (${own.join(", ")}), so all series of that name are shown.`;
}

function absentInPrometheus(title: string, windowMs: number): string {
  const name = /^\w+/.exec(title)?.[0] ?? "";
  return isExported(name)
    ? `Prometheus has no ${EXPORTED_PREFIX}${name} of it in the last ${duration(windowMs)}: it gets that from the bot's /metrics/targets. Ask for an hour or less to see my own samples.`
    : `Prometheus has fewer than two values of it in the last ${duration(windowMs)}.`;
}

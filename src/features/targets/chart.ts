/** `chart METRIC [TARGET] [last:30m]`: series over time, from our history or from Prometheus. */

import type { Message } from "../../block-kit/message.ts";
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
import { parseDuration } from "../../promql/duration.ts";
import { evaluateRange } from "../../promql/evaluate.ts";
import { PromqlError } from "../../promql/promql-error.ts";
import { askTarget } from "../commands/choose-target.ts";
import { isProse, readWords } from "../commands/read-words.ts";
import { asQuestion, type Question, type Subcommand } from "../commands/subcommand.ts";
import { renderUnavailable } from "../runbooks/render-absent.ts";
import type { Clock } from "../shared/ports.ts";
import { renderChart, renderNoChart } from "./render-chart.ts";
import { reasons } from "./render-metrics.ts";

export interface ChartCommand {
  readonly kind: "chart";
  readonly what: { readonly kind: "pattern" | "promql"; readonly text: string };
  readonly target?: string;
  readonly windowMs: number;
}

export interface NotUnderstood {
  readonly kind: "not-understood";
  readonly problem: string;
  readonly usage: string;
}

const USAGE = "chart METRIC [TARGET] [last:30m]";
const DEFAULT_MS = 30 * 60_000;
const SHORTEST_MS = 60_000;
const LONGEST_MS = 31 * 86_400_000;
/** What the history keeps. */
const KEPT_MS = 60 * 60_000;

export const CHART: Subcommand<ChartCommand | NotUnderstood | Question> = {
  name: "chart",
  usage: USAGE,
  about: "a metric over time; counters per second; PromQL in backticks",
  group: "Now",
  right: "ask",
  parse(rest) {
    const typed = rest.replace(/[“”„]/g, '"').trim();
    const head = readMetric(typed);
    if (head === undefined) return undefined;
    const words = readWords(typed.slice(head.length), ["last", "target"]);
    if (isProse(words, 1)) return asQuestion("chart", rest);
    const { last } = words.options;
    const windowMs = last === undefined ? DEFAULT_MS : parseDuration(last);
    if (windowMs === undefined || windowMs === 0) {
      const problem = `last:${last}, which is no duration like 30m`;
      return { kind: "not-understood", problem, usage: USAGE };
    }
    const target = words.options["target"] ?? words.names[0];
    return {
      kind: "chart",
      what: head.what,
      windowMs: Math.min(Math.max(windowMs, SHORTEST_MS), LONGEST_MS),
      ...(target === undefined ? {} : { target }),
    };
  },
};

/** What stands in backticks is PromQL, unless it is a mere pattern; people mark those so, too. */
function readMetric(
  typed: string,
): { readonly what: ChartCommand["what"]; readonly length: number } | undefined {
  const promqlString = /^(`+)([^`]+)\1/.exec(typed);
  if (promqlString !== null) {
    const text = (promqlString[2] ?? "").trim();
    const isPattern = /^[\w:*?]*\s*(\{(?:[^"}]|"(?:[^"\\]|\\.)*")*\})?$/.test(text);
    if (text === "") return undefined;
    return {
      what: { kind: isPattern ? "pattern" : "promql", text },
      length: promqlString[0].length,
    };
  }
  const plain = /^(?:[^\s{`]*\s*\{(?:[^"}]|"(?:[^"\\]|\\.)*")*\}|[^\s`]+)/.exec(typed);
  if (plain === null) return undefined;
  return { what: { kind: "pattern", text: plain[0] }, length: plain[0].length };
}

/** A target's Prometheus; never throws for what it does. */
export interface PrometheusSource {
  range(target: Target, expr: string, moments: Moments): Promise<RangeAnswer>;
}

export interface ChartPorts {
  readonly targets: readonly Target[];
  readonly memory: { history(target: Target): History };
  readonly prometheus: PrometheusSource;
  readonly clock: Pick<Clock, "now">;
}

export async function answerChart(ports: ChartPorts, command: ChartCommand): Promise<Message> {
  const { what, target: name, windowMs } = command;
  const metric = what.kind === "promql" ? `\`${what.text}\`` : what.text;
  const text = `chart ${metric} last:${Math.round(windowMs / 1_000)}s`;
  return askTarget(ports.targets, { name, command: text }, (target) =>
    chartOf(ports, command, target),
  );
}

async function chartOf(
  ports: ChartPorts,
  { what, windowMs }: ChartCommand,
  target: Target,
): Promise<Message> {
  const history = ports.memory.history(target);
  const isEmpty = history.stats().snapshots < 2;
  const needsPrometheus = windowMs > KEPT_MS && target.prometheus !== undefined;
  if (isEmpty && !needsPrometheus) return renderNoChart(what.text, target.name, [NO_HISTORY]);
  const plan =
    what.kind === "promql" ? planExpression(what.text) : planPattern(what.text, metricsOf(history));
  if (plan.kind === "not-understood") {
    return renderNoChart(plan.query, target.name, [plan.problem]);
  }
  if (plan.kind === "none") {
    const why = reasons(plan);
    return renderNoChart(plan.query, target.name, why.length === 0 ? [NO_SERIES] : why);
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

function fromHistory(history: History, { plan, target, windowMs, nowMs }: ChartRequest): Message {
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
      ? renderNoChart(plan.title, target.name, [emptyText(history, nowMs)])
      : drawn({ plan, target, windowMs: shownMs, picture, notes, from: "my own polls" });
  } catch (error) {
    if (!(error instanceof PromqlError)) throw error;
    return renderNoChart(plan.title, target.name, [
      `The expression cannot be used: ${error.message}`,
    ]);
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

function drawn({ plan, target, ...rest }: Drawn): Message {
  return renderChart({ target: target.name, title: plan.title, unit: plan.unit, ...rest });
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
): Promise<Message> {
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
      return renderNoChart(plan.title, target.name, [`Prometheus refuses it: ${answer.problem}`]);
    case "unavailable":
      return renderUnavailable("The Prometheus", {
        name: target.name,
        address: target.prometheus ?? "",
        says: answer.says,
      });
    case "lines": {
      const notes = isWider ? [...plan.notes, widerNote(target)] : plan.notes;
      const picture = pictureOf(answer.lines, moments);
      return picture === undefined
        ? renderNoChart(plan.title, target.name, [absentInPrometheus(plan.title, windowMs)])
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

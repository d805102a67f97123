/** `chart METRIC [TARGET] [last:30m]`: series over time, from our history or from Prometheus. */

import type { Target } from "../../diagnosis/target.ts";
import { HISTORY_MS } from "../../history/history.ts";
import { DAY_MS } from "../../promql/duration.ts";
import { askedTarget, type CommandRow } from "../commands/command-row.ts";
import { noChart } from "./chart-answers.ts";
import { CHART_FORMS } from "./chart-forms.ts";
import { fromHistory } from "./chart-from-history.ts";
import { fromPrometheus } from "./chart-from-prometheus.ts";
import { type ChartOptions, type ChartPorts, SHORTEST_CHART_MS } from "./chart-source.ts";
import { type ChartAnswer, renderChartAnswer } from "./render-chart.ts";

const DEFAULT_MS = 30 * 60_000;
const LONGEST_MS = 31 * DAY_MS;

/** Concludes a chart, or why there is none. */
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
      const windowMs = Math.min(Math.max(last, SHORTEST_CHART_MS), LONGEST_MS);
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

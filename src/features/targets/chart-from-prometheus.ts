/** A chart from a target's Prometheus, for times of which the bot itself has no samples. */

import { duration } from "../../block-kit/times.ts";
import { momentsUntil, pictureOf } from "../../diagnosis/checks/picture.ts";
import { EXPORTED_PREFIX, isExported } from "../../diagnosis/exported-series.ts";
import { placeMatchers } from "../../diagnosis/long-window/prometheus-place.ts";
import type { RangeAnswer } from "../../diagnosis/prometheus-answers.ts";
import type { Target } from "../../diagnosis/target.ts";
import { drawn, noChart, undrawn, unknownText } from "./chart-answers.ts";
import type { ChartPorts, ChartRequest } from "./chart-source.ts";
import type { ChartAnswer } from "./render-chart.ts";

/** Prometheus scrapes once a minute or oftener; a rate needs two values. */
const LEAST_RANGE_MS = 5 * 60_000;

/** By the labels of the target first; where nothing has them, of all series of that name, which is noted. */
export async function fromPrometheus(
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
  if (answer.kind !== "lines") return unanswered(answer, plan.title, target);
  const picture = pictureOf(answer.lines, moments);
  if (picture === undefined) {
    return noChart(
      { title: plan.title, target: target.name, why: "nothing" },
      ...plan.unknown.map(unknownText),
      absentInPrometheus(plan.title, windowMs),
    );
  }
  const notes = isWider ? [...plan.notes, widerNote(target)] : plan.notes;
  return drawn({ ...plan, target, windowMs, picture, notes, from: "Prometheus" });
}

function unanswered(
  answer: Exclude<RangeAnswer, { kind: "lines" }>,
  title: string,
  target: Target,
): ChartAnswer {
  if (answer.kind === "refused") {
    return noChart(
      { title, target: target.name, why: "nothing" },
      `Prometheus refuses it: ${answer.problem}`,
    );
  }
  const unavailable = {
    what: "The Prometheus",
    name: target.name,
    address: target.prometheus ?? "",
    says: answer.says,
  };
  return { kind: "unavailable", unavailable };
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

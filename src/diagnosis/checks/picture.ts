/** Series over time -> what a chart shows of them: the largest ones, at evenly spaced moments. */

import type { Labels } from "../../exposition/sample.ts";
import { CHART_POINTS, type ChartSeries } from "../read-chart.ts";

export interface LineOverTime {
  readonly labels: Labels;
  readonly points: readonly { readonly timeMs: number; readonly value: number }[];
}

export interface Moments {
  readonly startMs: number;
  readonly endMs: number;
  readonly stepMs: number;
}

export interface Picture {
  readonly timesMs: readonly number[];
  /** Largest first. */
  readonly series: readonly ChartSeries[];
  /** Series that are not shown. */
  readonly leftOut: number;
}

/** What Slack's own page allows; other sources say 12, and a block with too many is refused whole. */
const CHART_SERIES = 6;

/** As many moments as a chart has places. */
export function momentsUntil(endMs: number, windowMs: number): Moments {
  const stepMs = Math.max(1_000, Math.floor(windowMs / CHART_POINTS / 1_000) * 1_000);
  return { startMs: endMs - stepMs * (CHART_POINTS - 1), endMs, stepMs };
}

/** Undefined when there are fewer than two moments with a number. */
export function pictureOf(lines: readonly LineOverTime[], moments: Moments): Picture | undefined {
  const numbers = lines
    .map(({ labels, points }) => ({
      labels,
      points: points.filter(({ value }) => Number.isFinite(value)),
    }))
    .filter(({ points }) => points.length > 0)
    .toSorted((a, b) => lastOf(b) - lastOf(a) || (nameOf(a.labels) < nameOf(b.labels) ? -1 : 1));
  const timesMs = timesOf(moments).filter((timeMs) =>
    numbers.some(({ points }) => points.some((point) => point.timeMs === timeMs)),
  );
  if (timesMs.length < 2) return undefined;
  const shown = numbers.slice(0, CHART_SERIES);
  const telling = tellingLabels(shown.map(({ labels }) => labels));
  return {
    timesMs,
    leftOut: numbers.length - shown.length,
    series: shown.map(({ labels, points }) => {
      const values = new Map(points.map(({ timeMs, value }) => [timeMs, value]));
      return { labels: telling(labels), values: timesMs.map((timeMs) => values.get(timeMs)) };
    }),
  };
}

function timesOf({ startMs, endMs, stepMs }: Moments): number[] {
  const times: number[] = [];
  for (let timeMs = startMs; timeMs <= endMs; timeMs += stepMs) times.push(timeMs);
  return times;
}

function lastOf({ points }: LineOverTime): number {
  return points.at(-1)?.value ?? Number.NEGATIVE_INFINITY;
}

function nameOf(labels: Labels): string {
  return JSON.stringify(Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** A label that is the same in all of several series tells nothing. */
function tellingLabels(all: readonly Labels[]): (labels: Labels) => Labels {
  const names = new Set(all.flatMap((labels) => Object.keys(labels)));
  names.delete("__name__");
  const telling = [...names].filter(
    (name) => all.length === 1 || new Set(all.map((labels) => labels[name] ?? "")).size > 1,
  );
  return (labels) =>
    Object.fromEntries(
      telling.flatMap((name) => {
        const value = labels[name];
        return value === undefined ? [] : [[name, value]];
      }),
    );
}

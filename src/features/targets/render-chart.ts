/** Series over time as Slack's chart, with the same in figures for those who cannot see it. */

import { mono, plain } from "../../block-kit/blocks.ts";
import { chartBlock } from "../../block-kit/chart-block.ts";
import { figureText } from "../../block-kit/figure.ts";
import { sizeOf } from "../../block-kit/fit.ts";
import { LIMITS } from "../../block-kit/limits.ts";
import type { KnownBlock, Message } from "../../block-kit/message.ts";
import {
  figures,
  footnote,
  headline,
  messageOf,
  type Part,
  paragraphOf,
  sentence,
} from "../../block-kit/parts.ts";
import { sparkline } from "../../block-kit/sparkline.ts";
import type { Column } from "../../block-kit/table.ts";
import { count, line } from "../../block-kit/text.ts";
import { duration } from "../../block-kit/times.ts";
import type { CheckUnit } from "../../diagnosis/checks/check.ts";
import type { Picture } from "../../diagnosis/checks/picture.ts";
import type { ChartSeries } from "../../diagnosis/read-chart.ts";
import { renderUnavailable, type Unavailable } from "../runbooks/render-absent.ts";

export type ChartAnswer =
  | { readonly kind: "chart"; readonly chart: ChartOverTime }
  | {
      readonly kind: "none";
      /** What was asked for. */
      readonly title: string;
      readonly target: string;
      readonly reasons: readonly string[];
      /** Too few samples yet, words that are no expression, or nothing there that could be drawn. */
      readonly why: "too-early" | "not-understood" | "nothing";
    }
  | { readonly kind: "unavailable"; readonly unavailable: Unavailable };

export interface ChartOverTime {
  readonly target: string;
  readonly title: string;
  readonly unit: CheckUnit;
  readonly windowMs: number;
  readonly from: "the bot's samples" | "Prometheus";
  readonly picture: Picture;
  readonly notes: readonly string[];
}

/** What the chart's block may take of the message as JSON; more series would be refused with it. */
const MOST_CHART = 8_500;

/** The chart, or why there is none. */
export function renderChartAnswer(answer: ChartAnswer): Message {
  switch (answer.kind) {
    case "chart":
      return renderChart(answer.chart);
    case "unavailable":
      return renderUnavailable(answer.unavailable);
    case "none":
      return renderNoChart(answer.title, answer.target, answer.reasons);
  }
}

/** As many series as Slack draws, the largest ones; the rest is counted. */
export function renderChart(answer: ChartOverTime): Message {
  const { target, title, unit, windowMs, from, picture } = answer;
  const { block, drawn } = drawingOf(answer);
  const left = picture.leftOut + picture.series.length - drawn.length;
  const many = left > 0 ? ` The ${drawn.length} largest are drawn, ${left} more are not.` : "";
  return messageOf([
    headline(
      `📈 ${line(target, 60)}, last ${duration(windowMs)}:`,
      plain(" "),
      mono(line(title, 200)),
    ),
    { blocks: [block], words: "" },
    figuresOf(drawn, unit),
    ...answer.notes.map(sentence),
    footnote(
      `${count(picture.series.length + picture.leftOut, "series", "series")} from ${from}, ${count(picture.timesMs.length, "point")}.${many}`,
    ),
  ]);
}

/** As many series as have room in one message. */
function drawingOf({ title, unit, picture }: ChartOverTime): {
  block: KnownBlock;
  drawn: readonly ChartSeries[];
} {
  const { timesMs } = picture;
  for (let most = Math.min(picture.series.length, LIMITS.chartSeries); ; most -= 1) {
    const drawn = picture.series.slice(0, most);
    const block = chartBlock({ check: { title, chartUnit: unit }, timesMs, series: drawn });
    if (most <= 1 || sizeOf(block) <= MOST_CHART) return { block, drawn };
  }
}

/** The picture shows the course; in words a line of bars does. */
function figuresOf(series: readonly ChartSeries[], unit: CheckUnit): Part {
  const write = (value: number | undefined): string =>
    value === undefined ? "" : figureText(value, unit);
  const names = [...new Set(series.flatMap(({ labels }) => Object.keys(labels)))];
  const columns: readonly Column<ChartSeries>[] = [
    {
      title: line(names.join(" / ") || "Series", 80),
      cell: ({ labels }) => names.map((name) => labels[name] ?? "–").join(" / ") || "value",
      most: 90,
    },
    { title: "Now", cell: ({ values }) => write(values.at(-1)), most: 20 },
    { title: "Min", cell: ({ values }) => write(least(values)), most: 20 },
    { title: "Max", cell: ({ values }) => write(most(values)), most: 20 },
  ];
  const course: Column<ChartSeries> = {
    title: "Trend",
    cell: ({ values }) => sparkline(values),
    most: 30,
  };
  return {
    blocks: figures(columns, series).blocks,
    words: figures([...columns, course], series).words,
  };
}

function numbersIn(values: readonly (number | undefined)[]): number[] {
  return values.filter((value) => value !== undefined);
}

function least(values: readonly (number | undefined)[]): number | undefined {
  const numbers = numbersIn(values);
  return numbers.length === 0 ? undefined : numbers.reduce((a, b) => Math.min(a, b));
}

function most(values: readonly (number | undefined)[]): number | undefined {
  const numbers = numbersIn(values);
  return numbers.length === 0 ? undefined : numbers.reduce((a, b) => Math.max(a, b));
}

/** There is nothing to draw, and why. */
export function renderNoChart(title: string, target: string, reasons: readonly string[]): Message {
  return messageOf([
    paragraphOf([
      plain("I cannot draw "),
      mono(line(title, 200)),
      plain(` on ${line(target, 60)}.`),
    ]),
    ...reasons.map(sentence),
  ]);
}

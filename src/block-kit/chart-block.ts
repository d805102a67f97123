/**
 * Slack's chart block, as a line chart.
 *
 * @slack/types 3.2 does not know it yet. Source: docs.slack.dev, "Data visualization block": a title
 * of at most 50 characters, at most 20 categories with labels of at most 20, unique series names,
 * and in every series exactly one point for each category.
 */

import type { CheckUnit } from "../diagnosis/checks/check.ts";
import type { Chart, ChartSeries } from "../diagnosis/read-chart.ts";
import { type Labels, labelValue } from "../exposition/sample.ts";
import { unitName } from "./figure.ts";
import { line } from "./text.ts";
import { duration } from "./times.ts";

export interface DataVisualizationBlock {
  readonly type: "data_visualization";
  readonly title: string;
  readonly chart: {
    readonly type: "line";
    readonly series: readonly {
      readonly name: string;
      readonly data: readonly { readonly label: string; readonly value: number }[];
    }[];
    readonly axis_config: {
      readonly categories: readonly string[];
      readonly x_label: string;
      readonly y_label?: string;
    };
  };
}

const TITLE = 50;
const LABEL = 20;

/** What a chart is drawn of, be it a check's or one that a person asked for. */
export interface Drawing extends Pick<Chart, "timesMs" | "series"> {
  readonly check: { readonly title: string; readonly chartUnit: CheckUnit };
  /** Its last moment is not now, but the end of what it shows. */
  readonly isOver?: true;
}

/** The chart as a block for a message. */
export function chartBlock(chart: Drawing): DataVisualizationBlock {
  const { check, timesMs, series, isOver = false } = chart;
  const last = isOver ? "end" : "now";
  const categories = timesMs.map((timeMs) => agoLabel(timeMs, timesMs.at(-1) ?? timeMs, last));
  const names = uniqueNames(series.map(({ labels }) => nameOf(labels, check.title)));
  const unit = unitName(check.chartUnit);
  return {
    type: "data_visualization",
    title: line(check.title, TITLE),
    chart: {
      type: "line",
      series: series.map((each, index) => ({
        name: names[index] ?? "",
        data: filled(each).map((value, n) => ({ label: categories[n] ?? "", value })),
      })),
      axis_config: {
        categories,
        x_label: isOver ? "before the end" : "ago",
        ...(unit === undefined ? {} : { y_label: unit }),
      },
    },
  };
}

/** What the chart shows, in one line, for a reader without it: "12 to 850, now 412". */
export function chartWords(
  chart: Pick<Drawing, "series" | "isOver">,
  write: (value: number) => string,
): string {
  const values = filled(chart.series[0] ?? { labels: {}, values: [] });
  const now = values.at(-1);
  if (now === undefined) return "";
  const least = values.reduce((a, b) => Math.min(a, b));
  const most = values.reduce((a, b) => Math.max(a, b));
  return `${write(least)} to ${write(most)}, ${chart.isOver === true ? "at the end" : "now"} ${write(now)}`;
}

/** How long before the last moment: a label knows no reader's zone. Never the same for two moments. */
function agoLabel(timeMs: number, lastMs: number, last: string): string {
  const ms = Math.round((lastMs - timeMs) / 1_000) * 1_000;
  return ms < 1_000 ? last : duration(ms);
}

/** Slack draws no gaps: a moment without a number takes the one before it, or the first there is. */
function filled({ values }: ChartSeries): number[] {
  let last = values.find((value) => value !== undefined) ?? 0;
  return values.map((value) => {
    last = value ?? last;
    return Number(last.toPrecision(4));
  });
}

function nameOf(labels: Labels, title: string): string {
  const own = Object.keys(labels)
    .filter((name) => name !== "__name__")
    .map((name) => labelValue(labels, name))
    .join("/");
  return line(own === "" ? title : own, LABEL);
}

function uniqueNames(names: readonly string[]): string[] {
  return names.map((name, index) => {
    const before = names.slice(0, index).filter((other) => other === name).length;
    return before === 0 ? name : `${line(name, LABEL - 3)} ${before + 1}`;
  });
}

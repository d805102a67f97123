import assert from "node:assert/strict";
import { test } from "node:test";
import {
  chartBlock,
  chartWords,
  type DataVisualizationBlock,
} from "../../src/block-kit/chart-block.ts";
import type { Chart, ChartSeries } from "../../src/diagnosis/read-chart.ts";
import { checkMessage } from "../../src/sandbox/slack/check-payload.ts";
import { checkOf, START_MS } from "../diagnosis/checks.ts";

const CHECK = checkOf(`  - id: lag
    title: ${"a very long title ".repeat(4)}
    expr: lag > 1
    needs:
      - series: lag
    finding: "x"
    unit: seconds
    chart: lag`);

function drawn(series: readonly ChartSeries[], stepMs = 90_000): DataVisualizationBlock {
  const moments = series[0]?.values.length ?? 0;
  const timesMs = Array.from({ length: moments }, (_, n) => START_MS + n * stepMs);
  const block = chartBlock({ check: CHECK, timesMs, series });
  assert.equal(checkMessage({ blocks: [block] }), undefined);
  return block;
}

const values = (n: number): number[] => Array.from({ length: n }, (_, index) => index);

test("every series has one point for each category, and labels say how long ago, whatever the reader's zone", () => {
  const { chart, title } = drawn([{ labels: { group: "a" }, values: values(20) }]);
  const [series] = chart.series;
  assert.equal(title, "a very long title a very long title a very long…");
  const { categories, x_label: label } = chart.axis_config;
  assert.deepEqual([categories.at(-1), label], ["now", "ago"]);
  assert.match(categories[0] ?? "", /^\d+ min/);
  assert.equal(new Set(categories).size, categories.length);
  assert.deepEqual(
    series?.data.map(({ label }) => label),
    chart.axis_config.categories,
  );
  assert.equal(chart.axis_config.y_label, "seconds");
});

test("moments less than a minute or more than an hour apart have labels of their own", () => {
  const { chart } = drawn([{ labels: {}, values: values(8) }], 20_000);
  assert.equal(new Set(chart.axis_config.categories).size, 8);
  assert.equal(chart.axis_config.categories.at(-2), "20 s");
  const days = drawn([{ labels: {}, values: values(20) }], 2 * 3_600_000).chart.axis_config;
  assert.equal(new Set(days.categories).size, 20);
  assert.equal(days.categories[0], "1 d 14 h");
});

test("a gap takes the number before it, and a late beginning its first", () => {
  const { chart } = drawn([{ labels: {}, values: [undefined, 3, undefined, 5.00049] }]);
  assert.deepEqual(
    chart.series[0]?.data.map(({ value }) => value),
    [3, 3, 3, 5],
  );
});

test("series with the same shortened name are distinguished", () => {
  const long = "a-group-with-a-very-long-name";
  const { chart } = drawn(
    ["x", "y", "z"].map((topic) => ({ labels: { group: long, topic }, values: [1, 2] })),
  );
  const names = chart.series.map(({ name }) => name);
  assert.equal(new Set(names).size, 3);
  assert.ok(names.every((name) => name.length <= 20));
});

test("in words a chart is its least, its most and its last value", () => {
  const chart: Chart = {
    check: CHECK,
    timesMs: [1, 2, 3],
    series: [{ labels: {}, values: [4, 9, 2] }],
  };
  assert.equal(chartWords(chart, String), "2 to 9, now 2");
  assert.equal(chartWords({ ...chart, series: [] }, String), "");
});

/** What is drawn for what people type. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { planPattern } from "../../src/diagnosis/chart-plan.ts";
import { momentsUntil, pictureOf } from "../../src/diagnosis/checks/picture.ts";
import { parsePromql } from "../../src/promql/parse.ts";

const QUANTILES = ["0", "0.5", "0.9", "0.95", "0.99", "1"];

const METRICS = [
  { name: "streamline_bytes_in_total", labels: { topic: "orders" } },
  { name: "streamline_topics_total", labels: {} },
  { name: "streamline_log_size_bytes", labels: { topic: "orders", partition: "0" } },
  { name: "group_lag", labels: { group: "billing", topic: "orders", partition: "0" } },
  { name: "streamline_consumer_group_lag", labels: { group: "billing" } },
  { name: "rebalance_ms", labels: {} },
  ...QUANTILES.flatMap((quantile) => [
    { name: "one_seconds", labels: { quantile } },
    { name: "many_seconds", labels: { quantile, api_key: "produce" } },
    { name: "many_seconds", labels: { quantile, api_key: "fetch" } },
  ]),
  { name: "one_seconds_sum", labels: {} },
  { name: "one_seconds_count", labels: {} },
];

function planned(pattern: string) {
  const plan = planPattern(pattern, METRICS);
  assert.ok(plan.kind === "plan", `${pattern} is ${plan.kind}`);
  parsePromql(plan.expr("2m", { server: ['job="x"'], bot: ['target="x"'] }));
  return { expr: plan.expr("2m"), unit: plan.unit, notes: plan.notes, title: plan.title };
}

describe("a chart of", () => {
  for (const [what, pattern, expr, unit] of [
    [
      "a counter is its rate",
      "bytes_in",
      "rate(streamline_bytes_in_total[2m])",
      "bytes_per_second",
    ],
    [
      "a gauge in _total is itself",
      "topics_total",
      "last_over_time(streamline_topics_total[2m])",
      "count",
    ],
    ["bytes is in bytes", "log_size", "last_over_time(streamline_log_size_bytes[2m])", "bytes"],
    [
      "milliseconds is in seconds",
      "rebalance_ms",
      "last_over_time(rebalance_ms[2m]) / 1000",
      "seconds",
    ],
    ["lag is of our own series", "lag", "last_over_time(group_lag[2m])", "count"],
    [
      "one summary is its quantiles",
      "one_seconds",
      'last_over_time(one_seconds{quantile=~"0\\\\.5|0\\\\.95|0\\\\.99"}[2m])',
      "seconds",
    ],
    [
      "several summaries is the 99th percentile of each",
      "many",
      'last_over_time(many_seconds{quantile=~"0\\\\.99"}[2m])',
      "seconds",
    ],
    [
      "a quantile that was named is that one",
      'many{quantile="0.5"}',
      'last_over_time(many_seconds{quantile="0.5"}[2m])',
      "seconds",
    ],
    [
      "labels keeps them",
      'bytes_in{topic=~"ord.*"}',
      'rate(streamline_bytes_in_total{topic=~"ord.*"}[2m])',
      "bytes_per_second",
    ],
    ["a count is a rate", "one_seconds_count", "rate(one_seconds_count[2m])", "per_second"],
  ] as const) {
    test(what, () => {
      const plan = planned(pattern);
      assert.equal(plan.expr, expr);
      assert.equal(plan.unit, unit);
    });
  }

  test("a pattern that fits several names shows the others", () => {
    assert.match(planned("lag").notes.join(" "), /streamline_consumer_group_lag/);
    assert.deepEqual(planned("one_seconds").notes, [], "sum and count belong to the summary");
  });
});

test("a name that is not there gets the nearest ones", () => {
  const plan = planPattern("grup_lag", METRICS);
  assert.ok(plan.kind === "none");
  assert.ok(plan.nearest.includes("group_lag"), plan.nearest.join());
});

test("a label that is not there gets those that are", () => {
  const plan = planPattern('bytes_in{topic="x"}', METRICS);
  assert.ok(plan.kind === "none");
  assert.deepEqual(plan.otherLabels, { label: "topic", values: ["orders"] });
});

test("a pattern that cannot be read says why", () => {
  assert.equal(planPattern("bytes_in{topic=", METRICS).kind, "not-understood");
});

describe("a picture", () => {
  const moments = momentsUntil(1_000_000, 20_000);

  function lineOf(name: string, values: readonly number[]) {
    const points = values.map((value, n) => ({
      timeMs: moments.startMs + n * moments.stepMs,
      value,
    }));
    return { labels: { name, job: "x" }, points };
  }

  test("has the largest six series, counts the rest, and drops labels that tell nothing", () => {
    const lines = Array.from({ length: 20 }, (_, n) => lineOf(`s${n}`, [1, n]));
    const picture = pictureOf(lines, moments);
    assert.equal(picture?.series.length, 6);
    assert.equal(picture?.leftOut, 14);
    assert.deepEqual(picture?.series[0], { labels: { name: "s19" }, values: [1, 19] });
  });

  test("leaves a gap where a series has no number, and moments where none has", () => {
    const picture = pictureOf(
      [lineOf("a", [1, Number.NaN, 3, Number.NaN, 5]), lineOf("b", [1, Number.NaN, 3])],
      moments,
    );
    assert.equal(picture?.timesMs.length, 3);
    assert.deepEqual(picture?.series[1]?.values, [1, 3, undefined]);
  });

  test("of fewer than two moments is none", () => {
    assert.equal(pictureOf([], moments), undefined);
    assert.equal(pictureOf([lineOf("a", [1])], moments), undefined);
    assert.equal(pictureOf([lineOf("a", [Number.NaN, Infinity, 2])], moments), undefined);
  });
});

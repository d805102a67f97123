// takes: 15 s
/** What people ask to see is computed beside the bot: it cannot stop it, and shows the same. */

import assert from "node:assert/strict";
import { describe, type TestContext, test } from "node:test";
import { drawChart, planChart } from "../../../src/diagnosis/draw-chart.ts";
import type { Target } from "../../../src/diagnosis/target.ts";
import { createChartThread } from "../../../src/edges/history-thread/chart-thread.ts";
import { createHistory, type History } from "../../../src/history/history.ts";
import { TARGET } from "../../diagnosis/polls.ts";
import { goesOn } from "../../support/loop-watch.ts";

const START_MS = 1_700_000_000_000;
const STEP_MS = 15_000;

function poll(history: History, at: number, series: number): void {
  const samples = Array.from({ length: series }, (_, n) => ({
    name: n % 2 === 0 ? "streamline_records_total" : "streamline_lag",
    labels: { topic: `topic-${n}` },
    value: at * (n + 1) + (n % 5 === 0 ? 0.5 : 0),
  }));
  history.append(START_MS + at * STEP_MS, samples);
}

function historyOf(polls: number, series: number): History {
  const history = createHistory();
  for (let at = 0; at < polls; at++) poll(history, at, series);
  return history;
}

function start(t: TestContext, history: History, options = {}) {
  const charts = createChartThread({ history: () => history, deadlineMs: 20_000, ...options });
  t.after(() => charts.close());
  return charts;
}

const at = (polls: number): number => START_MS + (polls - 1) * STEP_MS;

describe("over memory that both share,", () => {
  test("the thread draws what the main thread would, while polls are added, packed and dropped", async (t) => {
    const history = createHistory({ retentionMs: 20 * 60_000 });
    const charts = start(t, history);
    const asked = [
      { kind: "promql", text: "sum by (topic) (rate(streamline_records_total[2m]))" },
      { kind: "promql", text: 'max_over_time({__name__=~"streamline_(lag|x)"}[5m:15s])' },
      { kind: "pattern", text: "lag" },
      { kind: "pattern", text: "nothing_like_it" },
    ] as const;
    for (let polls = 1; polls <= 200; polls++) {
      // The number of series goes up and down, so that numbers of series are given again.
      poll(history, polls - 1, 40 + ((polls * 7) % 90));
      if (polls % 13 !== 0) continue;
      for (const what of asked) {
        const request = { what, windowMs: 10 * 60_000, nowMs: at(polls) };
        assert.deepEqual(await charts.draw(TARGET, request), drawChart(history, request));
      }
    }
  });

  test("a plan for Prometheus is the same, too", async (t) => {
    const history = historyOf(5, 10);
    const request = {
      what: { kind: "pattern", text: "records" },
      range: "5m",
      place: { server: ['job="a"'], bot: [] },
    } as const;
    assert.deepEqual(await start(t, history).plan(TARGET, request), planChart(history, request));
  });

  test("each target has its own series", async (t) => {
    const other: Target = { ...TARGET, name: "other" };
    const histories = new Map([
      [TARGET.name, historyOf(20, 10)],
      [other.name, historyOf(20, 3)],
    ]);
    const charts = createChartThread({
      history: ({ name }) => histories.get(name) ?? createHistory(),
    });
    t.after(() => charts.close());
    const counts = await Promise.all(
      [TARGET, other].map(async (target) => {
        const what = { kind: "promql", text: 'count({__name__=~".+"})' } as const;
        const drawn = await charts.draw(target, { what, windowMs: 60_000, nowMs: at(20) });
        return drawn.kind === "picture" ? drawn.picture.series[0]?.values.at(-1) : drawn.kind;
      }),
    );
    assert.deepEqual(counts, [10, 3]);
  });
});

describe("whatever is typed,", () => {
  const hostile = [
    'sum({__name__=~"(([a-z_])+)+[0-9]"})',
    "count_over_time(vector(1)[1000d:1ms])",
    "sum_over_time(sum_over_time(vector(1)[1d:1s])[1d:1s])",
    `${"(".repeat(150)}streamline_lag${")".repeat(150)}`,
    `topk(1e15, streamline_lag) ${"or streamline_lag ".repeat(300)}`,
    `label_replace(streamline_lag, "a", "$1$1$1", "topic", "(${"(.)".repeat(40)}.*)")`,
    `{topic=~"${"(a?){50}".repeat(8)}"}`,
    "max_over_time(quantile_over_time(0.5, streamline_lag[1h])[1h:1s])",
  ];

  test("each ends with an answer, and the bot's own loop goes on meanwhile", async (t) => {
    const history = historyOf(240, 3_000);
    const charts = start(t, history, { deadlineMs: 2_000 });
    for (const text of hostile) {
      const request = {
        what: { kind: "promql", text },
        windowMs: 3_600_000,
        nowMs: at(240),
      } as const;
      const { kind } = await goesOn(text, () => charts.draw(TARGET, request));
      assert.ok(["picture", "empty", "refused", "overtaxed"].includes(kind), kind);
    }
  });

  test("a hundred thousand series are told to the thread without stopping the loop", async (t) => {
    const history = historyOf(3, 100_000);
    const charts = start(t, history);
    const what = { kind: "promql", text: "count(streamline_lag)" } as const;
    const { kind } = await goesOn("a chart", () =>
      charts.draw(TARGET, { what, windowMs: 60_000, nowMs: at(3) }),
    );
    assert.equal(kind, "picture");
  });

  test("a thread that misses its deadline is ended and reported, and the next question is answered", async (t) => {
    const history = historyOf(60, 20_000);
    const charts = start(t, history, { deadlineMs: 1 });
    const what = { kind: "promql", text: "sum(rate(streamline_records_total[10m]))" } as const;
    const answer = await charts.draw(TARGET, { what, windowMs: 900_000, nowMs: at(60) });
    assert.equal(answer.kind, "overtaxed");
    assert.match(answer.kind === "overtaxed" ? answer.reason : "", /takes longer than/);
    const patient = start(t, history);
    assert.equal(
      (await patient.draw(TARGET, { what, windowMs: 900_000, nowMs: at(60) })).kind,
      "picture",
    );
    assert.equal(
      (await charts.draw(TARGET, { what, windowMs: 900_000, nowMs: at(60) })).kind,
      "overtaxed",
    );
  });

  test("a thread that needs too much memory is ended and reported", async (t) => {
    const history = historyOf(10, 60_000);
    const charts = start(t, history, { memoryMb: 16 });
    const what = { kind: "pattern", text: "lag" } as const;
    const answer = await charts.draw(TARGET, { what, windowMs: 60_000, nowMs: at(10) });
    assert.equal(answer.kind, "overtaxed");
    assert.match(answer.kind === "overtaxed" ? answer.reason : "", /memory/);
  });

  test("of more questions at a time than may wait, the last are refused at once", async (t) => {
    const charts = start(t, historyOf(10, 10));
    const request = {
      what: { kind: "pattern", text: "lag" },
      windowMs: 60_000,
      nowMs: at(10),
    } as const;
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => charts.draw(TARGET, request)),
    );
    assert.equal(answers.filter(({ kind }) => kind === "picture").length, 20);
    assert.equal(answers.filter(({ kind }) => kind === "overtaxed").length, 30);
  });
});

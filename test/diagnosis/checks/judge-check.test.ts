/** A check over samples -> its verdict: active with its numbers and its beginning, or healthy. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { excessOf, judgeCheck } from "../../../src/diagnosis/checks/judge-check.ts";
import { checkOf, evidenceWith, START_MS, STEP_MS, sample } from "../checks.ts";
import { active, judgeLag, LAG } from "./lag-check.ts";

test("an empty result is healthy", () => {
  const finding = judgeLag(4, () => [sample("lag", 5, { group: "a" })]);
  assert.equal(finding.verdict, "healthy");
});

test("a result is active, the worst row first, with its own numbers in the sentence", () => {
  const finding = judgeLag(4, () => [
    sample("lag", 150, { group: "a" }),
    sample("lag", 900, { group: "b" }),
    sample("lag", 10, { group: "c" }),
    sample("speed", 7, { group: "b" }),
  ]);
  const { rows, sentences, excess } = active(finding);
  assert.deepEqual(rows, [
    { labels: { group: "b" }, value: 900 },
    { labels: { group: "a" }, value: 150 },
  ]);
  assert.deepEqual(sentences, [
    "b is 900 behind, 7 a second",
    "a is 150 behind, an unknown number a second",
  ]);
  assert.equal(excess, 9);
});

test("a missing metric is unknown, never healthy", () => {
  const finding = judgeLag(4, () => [sample("other", 1)]);
  assert.deepEqual(finding, {
    verdict: "unknown",
    check: LAG,
    reason: { kind: "missing", series: "lag" },
  });
});

test("an expression that these data do not allow is unknown with its reason", () => {
  const check = checkOf(`  - id: clash
    expr: a / on() b > 0
    needs:
      - series: a
    finding: "x"`);
  const { evidence, nowMs } = evidenceWith(3, () => [
    sample("a", 1, { x: "1" }),
    sample("b", 1, { x: "1" }),
    sample("b", 1, { x: "2" }),
  ]);
  const finding = judgeCheck(check, evidence, { nowMs, scope: {} });
  assert.equal(finding.verdict, "unknown");
  assert.equal(finding.reason.kind, "failed");
});

test("a scope keeps rows of its topic and group, and those of no topic at all", () => {
  const at = () => [
    sample("lag", 500, { group: "a", topic: "orders" }),
    sample("lag", 600, { group: "b", topic: "clicks" }),
    sample("lag", 700),
  ];
  const values = (scope: { topic?: string; group?: string }): number[] =>
    active(judgeLag(4, at, scope)).rows.map(({ value }) => value);
  assert.deepEqual(values({ topic: "orders" }), [700, 500]);
  assert.deepEqual(values({ group: "b" }), [700, 600]);
  assert.deepEqual(values({}), [700, 600, 500]);
});

test("since when is the beginning of the run that lasts until now", () => {
  const value = (poll: number): number => (poll < 5 || poll >= 41 ? 500 : 1);
  const { since } = active(judgeLag(80, (poll) => [sample("lag", value(poll))]));
  assert.deepEqual(since, { ms: START_MS + 41 * STEP_MS, orEarlier: false });
});

test("a poll at which it was well ends a run: what recovered again and again is not down since long ago", () => {
  const { since } = active(judgeLag(41, (poll) => [sample("lag", poll === 20 ? 1 : 500)]));
  assert.deepEqual(since, { ms: START_MS + 21 * STEP_MS, orEarlier: false });
});

test("a poll that lacks the series ends no run, and a run from the first poll may be older", () => {
  const lost = judgeLag(41, (poll) => (poll === 20 ? [] : [sample("lag", 500)]));
  assert.deepEqual(active(lost).since, { ms: START_MS, orEarlier: true });
});

test("how far past the threshold: a ratio, by orders of magnitude above 0", () => {
  assert.equal(excessOf({ ...LAG, threshold: 100 }, 250), 2.5);
  assert.equal(excessOf({ ...LAG, threshold: 300, below: true }, 60), 5);
  assert.equal(excessOf({ ...LAG, threshold: 300, below: true }, 0), 1_000);
  assert.equal(excessOf({ ...LAG, threshold: 0 }, 999), 4);
  assert.equal(excessOf({ ...LAG, threshold: 0 }, Number.NaN), 1);
});

test("an event began when the process says so, also when that was before the first poll", () => {
  const check = checkOf(`  - id: restarted
    expr: server_uptime_seconds < 300
    needs:
      - series: server_uptime_seconds
    event: true
    began: max(server_start_time_seconds)
    finding: "x"`);
  const startMs = START_MS - 100_000;
  const { evidence, nowMs } = evidenceWith(4, (poll) => [
    sample("server_uptime_seconds", 100 + poll * 15),
    sample("server_start_time_seconds", startMs / 1_000),
  ]);
  const { since } = active(judgeCheck(check, evidence, { nowMs, scope: {} }));
  assert.deepEqual(since, { ms: startMs, orEarlier: false });
});

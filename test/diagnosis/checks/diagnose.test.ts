import assert from "node:assert/strict";
import { test } from "node:test";
import { type Diagnosis, diagnose } from "../../../src/diagnosis/checks/diagnose.ts";
import type { Sample } from "../../../src/exposition/sample.ts";
import { checkOf, evidenceWith, START_MS, STEP_MS, sample } from "../checks.ts";

function highCheck(id: string, extra = ""): ReturnType<typeof checkOf> {
  return checkOf(`  - id: ${id}
    expr: ${id} > 10
    needs:
      - series: ${id}
    finding: "${id} is {{ $value }}"
    threshold: 10
    chart: ${id}${extra}`);
}

const CHECKS = [highCheck("a"), highCheck("b"), highCheck("c"), highCheck("d")];

function judge(
  polls: number,
  at: (poll: number) => readonly Sample[],
  options: { windowMs?: number; checks?: typeof CHECKS } = {},
): Diagnosis {
  const { evidence, nowMs } = evidenceWith(polls, at);
  const { checks = CHECKS, ...rest } = options;
  return diagnose({ checks, evidence, nowMs, ...rest });
}

const calm = (): Sample[] => ["a", "b", "c", "d"].map((name) => sample(name, 1));

test("without a finding and with its evidence, nothing is wrong", () => {
  const { verdict, healthy, history } = judge(10, calm);
  assert.equal(verdict.kind, "clean");
  assert.equal(healthy.length, 4);
  assert.deepEqual(history, { snapshots: 10, firstMs: START_MS, lastMs: START_MS + 9 * STEP_MS });
});

test("the first of the ranked causes is the verdict", () => {
  const { verdict, active } = judge(10, () => [
    ...calm().slice(2),
    sample("a", 20),
    sample("b", 90),
  ]);
  assert.equal(verdict.kind, "active");
  assert.equal(verdict.cause.check.id, "b");
  assert.deepEqual(
    active.map(({ check }) => check.id),
    ["b", "a"],
  );
});

test("with a third of the checks unknown it is not called clean", () => {
  assert.equal(judge(10, () => calm().slice(1)).verdict.kind, "clean");
  const { verdict } = judge(10, () => calm().slice(2));
  assert.equal(verdict.kind, "cannot-tell");
  assert.deepEqual(verdict.reasons, [
    { kind: "missing", series: "a" },
    { kind: "missing", series: "b" },
  ]);
});

test("without any check or any poll nobody can tell", () => {
  assert.equal(judge(10, calm, { checks: [] }).verdict.kind, "cannot-tell");
  assert.equal(judge(0, calm).verdict.kind, "cannot-tell");
});

test("an active finding is named although most of the rest is unknown", () => {
  assert.equal(judge(10, () => [sample("a", 50)]).verdict.kind, "active");
});

test("what is only worth knowing is reported, and is not a verdict", () => {
  const checks = [...CHECKS.slice(1), highCheck("a", "\n    severity: info")];
  const { verdict, active } = judge(10, () => [...calm().slice(1), sample("a", 50)], { checks });
  assert.equal(verdict.kind, "clean");
  assert.equal(active.length, 1);
});

const during =
  (from: number, to: number) =>
  (poll: number): Sample[] => [
    ...calm().slice(1),
    sample("a", poll >= from && poll <= to ? 50 : 1),
  ];

test("what is over is reported as past for a quarter of an hour, with its beginning and end", () => {
  const { verdict, recovered, active, healthy } = judge(81, during(20, 40));
  assert.equal(verdict.kind, "recovered");
  assert.equal(verdict.cause.check.id, "a");
  assert.deepEqual(active, []);
  assert.equal(healthy.length, 3);
  const [over, ...others] = recovered;
  assert.deepEqual(others, []);
  assert.deepEqual(over?.sentences, ["a is 50"]);
  assert.equal(over?.since.ms, START_MS + 20 * STEP_MS);
  assert.equal(over?.untilMs, START_MS + 41 * STEP_MS);
});

test("what was over before that is reported only when it is asked for", () => {
  assert.deepEqual(judge(141, during(20, 40)).recovered, []);
  const asked = judge(141, during(20, 40), { windowMs: 30 * 60_000 });
  assert.equal(asked.recovered.length, 1);
});

test("what is over is not a headline while something is active", () => {
  const { verdict, recovered } = judge(81, (poll) => [
    ...during(20, 40)(poll).filter(({ name }) => name !== "b"),
    sample("b", poll > 60 ? 11 : 1),
  ]);
  assert.equal(verdict.kind, "active");
  assert.equal(verdict.cause.check.id, "b");
  assert.deepEqual(
    recovered.map(({ check }) => check.id),
    ["a"],
  );
});

test("the end of an event is not news", () => {
  const checks = [...CHECKS.slice(1), highCheck("a", "\n    event: true")];
  const { verdict, recovered } = judge(81, during(20, 40), { checks });
  assert.equal(verdict.kind, "clean");
  assert.deepEqual(recovered, []);
});

test("the chart is of the first finding, 20 moments at most, none before the first poll", () => {
  const { chart } = judge(241, (poll) => [...calm().slice(1), sample("a", poll)]);
  assert.equal(chart?.check.id, "a");
  assert.equal(chart?.timesMs.length, 20);
  assert.equal(chart?.series[0]?.values.at(-1), 240);
  const early = judge(25, (poll) => [...calm().slice(1), sample("a", poll)]).chart;
  assert.deepEqual(
    early?.timesMs,
    [0, 90, 180, 270, 360].map((s) => START_MS + s * 1_000),
  );
});

test("a chart has three lines at most, the worst row's first", () => {
  const { chart } = judge(50, () => [
    ...calm().slice(1),
    ...[5, 90, 20, 30, 40].map((value, n) => sample("a", value, { topic: `t${n}` })),
  ]);
  assert.deepEqual(
    chart?.series.map(({ labels }) => labels["topic"]),
    ["t1", "t4", "t3"],
  );
});

test("the same input gives the same diagnosis", () => {
  const at = (poll: number): Sample[] => [sample("a", poll), sample("b", 50 - poll)];
  assert.deepEqual(judge(30, at), judge(30, at));
});

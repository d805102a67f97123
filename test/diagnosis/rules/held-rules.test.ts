/** Which alert rules hold, evaluated by us over a history. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { stringify } from "yaml";
import { evidenceOf } from "../../../src/diagnosis/checks/evidence-of-history.ts";
import { asScraped } from "../../../src/diagnosis/rules/as-scraped.ts";
import { type JudgedRules, judgeRules } from "../../../src/diagnosis/rules/held-rules.ts";
import { readRules } from "../../../src/diagnosis/rules/read-rules.ts";
import { recordedSamples } from "../../../src/diagnosis/rules/recorded-samples.ts";
import type { Rule } from "../../../src/diagnosis/rules/rule.ts";
import { ruleEvidence } from "../../../src/diagnosis/rules/rule-evidence.ts";
import { createHistory, type History } from "../../../src/history/history.ts";

const STEP_MS = 15_000;
const START_MS = Date.parse("2026-11-23T03:00:00Z");

const ENOUGH = 10_000_000;

function judged(rules: readonly Rule[], history: History, nowMs: number, units = ENOUGH) {
  return judgeRules(rules, ruleEvidence(history, units), nowMs);
}

function heldRules(rules: readonly Rule[], history: History, nowMs: number): JudgedRules["held"] {
  return judged(rules, history, nowMs).held;
}

/** A history of `up` with one value every 15 seconds. */
function historyOf(values: readonly number[]) {
  const history = createHistory();
  values.forEach((value, index) => {
    history.append(START_MS + index * STEP_MS, [
      { name: "up", labels: { job: "streamline", instance: "broker-1:9094" }, value },
    ]);
  });
  return { history, nowMs: START_MS + (values.length - 1) * STEP_MS };
}

const DOWN = stringify({
  groups: [
    {
      rules: [
        { record: "x", expr: "up" },
        { alert: "Down", expr: "up == 0", for: "1m", labels: { severity: "critical" } },
      ],
    },
  ],
});

test("a rule that has held for its whole `for` is firing, with what it is about", () => {
  const { history, nowMs } = historyOf([1, 0, 0, 0, 0, 0]);
  const [held, ...others] = heldRules(readRules("f", DOWN).rules, history, nowMs);
  assert.equal(others.length, 0);
  assert.equal(held?.state, "firing");
  assert.equal(held?.rule.alert, "Down");
  assert.equal(held?.labels["instance"], "broker-1:9094");
});

test("a rule that has not held long enough is pending", () => {
  const { history, nowMs } = historyOf([1, 1, 1, 0, 0]);
  assert.deepEqual(
    heldRules(readRules("f", DOWN).rules, history, nowMs).map(({ state }) => state),
    ["pending"],
  );
});

test("a history shorter than `for` proves nothing yet: pending", () => {
  const { history, nowMs } = historyOf([0, 0, 0]);
  assert.equal(heldRules(readRules("f", DOWN).rules, history, nowMs)[0]?.state, "pending");
});

test("a rule that was interrupted starts again", () => {
  const { history, nowMs } = historyOf([0, 0, 0, 1, 0, 0]);
  assert.equal(heldRules(readRules("f", DOWN).rules, history, nowMs)[0]?.state, "pending");
});

test("a rule that does not hold is not named", () => {
  const { history, nowMs } = historyOf([0, 0, 0, 0, 0, 1]);
  assert.deepEqual(heldRules(readRules("f", DOWN).rules, history, nowMs), []);
});

test("a condition on job or instance holds for what we polled ourselves", () => {
  const history = createHistory();
  const nowMs = START_MS;
  history.append(nowMs, [{ name: "streamline_uptime_seconds", labels: {}, value: 12 }]);
  const rules = [
    { alert: "Young", expr: 'streamline_uptime_seconds{job="streamline"} < 60' },
    { alert: "Gone", expr: 'absent(streamline_uptime_seconds{job="streamline"})' },
  ];
  const held = heldRules(
    readRules("f", stringify({ groups: [{ rules }] })).rules,
    asScraped(history),
    nowMs,
  );
  assert.deepEqual(
    held.map(({ rule }) => rule.alert),
    ["Young"],
  );
});

test("series of the one target are found on both sides of on (job, instance)", () => {
  const up = { name: "up", labels: { job: "streamline", instance: "b:9094" }, value: 1 };
  const uptime = { name: "streamline_uptime_seconds", labels: {}, value: 12 };
  const { rules } = readRules(
    "f",
    stringify({
      groups: [
        {
          rules: [
            {
              alert: "Foreign",
              expr: 'up{job="streamline"} == 1 unless on (job, instance) streamline_uptime_seconds',
            },
            { alert: "Other", expr: 'up{job="streamline-kafka"} == 1' },
          ],
        },
      ],
    }),
  );
  const held = (samples: readonly (typeof up | typeof uptime)[]): string[] => {
    const history = createHistory();
    history.append(START_MS, samples);
    return heldRules(rules, asScraped(history), START_MS).map(({ rule }) => rule.alert);
  };
  assert.deepEqual(held([up, uptime]), []);
  assert.deepEqual(held([up]), ["Foreign"]);
});

test("a recording rule feeds the rules that use it", () => {
  const { rules, recording } = readRules(
    "f",
    `groups: [{ name: g, rules: [
      { record: "instance:produced:rate1m", expr: "sum(rate(streamline_x_total[1m]))", labels: { tier: "1" } },
      { alert: "Busy", expr: 'instance:produced:rate1m{tier="1"} > 1' }] }]`,
  );
  const history = createHistory();
  for (let step = 0; step < 10; step++) {
    const timeMs = START_MS + step * STEP_MS;
    const made = recordedSamples(recording, evidenceOf(history), timeMs).samples;
    const sample = { name: "streamline_x_total", labels: { a: "b" }, value: step * 30 };
    history.append(timeMs, [sample, ...made]);
  }
  const nowMs = START_MS + 9 * STEP_MS;
  const [held] = heldRules(rules, history, nowMs);
  assert.equal(held?.rule.alert, "Busy");
  // Of 90 in 45 seconds, which Prometheus rounds in this order.
  assert.equal(held?.value, 90 * (60 / 45 / 60));
});

test("where a rule's labels make one series of two, nothing is recorded", () => {
  const { recording } = readRules(
    "f",
    `groups: [{ name: g, rules: [
      { record: "one:of:two", expr: "streamline_x", labels: { topic: "" } },
      { record: "two:of:two", expr: "streamline_x" }] }]`,
  );
  const history = createHistory();
  history.append(START_MS, [
    { name: "streamline_x", labels: { topic: "a" }, value: 1 },
    { name: "streamline_x", labels: { topic: "b" }, value: 2 },
  ]);
  const { samples } = recordedSamples(recording, evidenceOf(history), START_MS);
  assert.deepEqual(
    samples.map(({ name, value }) => [name, value]),
    [
      ["two:of:two", 1],
      ["two:of:two", 2],
    ],
  );
});

test("with keep_firing_for what fired shortly ago fires on, and no longer than that", () => {
  const rulesWith = (keepFor: string) =>
    readRules(
      "f",
      stringify({
        groups: [
          { rules: [{ alert: "Down", expr: "up == 0", for: "30s", keep_firing_for: keepFor }] },
        ],
      }),
    ).rules;
  const { history, nowMs } = historyOf([0, 0, 0, 0, 1, 1]);
  const states = (keepFor: string): string[] =>
    heldRules(rulesWith(keepFor), history, nowMs).map(({ state, value }) => `${state} ${value}`);
  assert.deepEqual(states("1m"), ["firing 0"]);
  assert.deepEqual(states("15s"), []);
  assert.deepEqual(states("0s"), []);
});

test("what comes back while it is kept fires at once, and its time to go begins anew", () => {
  const { rules } = readRules(
    "f",
    stringify({
      groups: [{ rules: [{ alert: "Down", expr: "up == 0", for: "45s", keep_firing_for: "1m" }] }],
    }),
  );
  const states = (values: readonly number[]): string[] => {
    const { history, nowMs } = historyOf(values);
    return heldRules(rules, history, nowMs).map(({ state }) => state);
  };
  const fired = [0, 0, 0, 0];
  assert.deepEqual(states([...fired, 1, 1, 0]), ["firing"], "back within the minute");
  assert.deepEqual(states([...fired, 1, 1, 1, 0, 1, 1, 1, 1]), ["firing"], "and gone again");
  assert.deepEqual(states([...fired, 1, 1, 0, 1, 1, 1, 1, 1]), [], "for a minute");
  assert.deepEqual(states([...fired, 1, 1, 1, 1, 1, 0]), ["pending"], "back too late");
  assert.deepEqual(states([0, 0, 0, 1, 0, 0, 0]), ["pending"], "never fired");
  assert.deepEqual(states([...fired, 1, 1, 1, 1]), ["firing"], "45 s after it went");
});

test("what was only pending is not kept", () => {
  const { rules } = readRules(
    "f",
    stringify({
      groups: [{ rules: [{ alert: "Down", expr: "up == 0", for: "2m", keep_firing_for: "5m" }] }],
    }),
  );
  const { history, nowMs } = historyOf([1, 1, 0, 0, 1]);
  assert.deepEqual(heldRules(rules, history, nowMs), []);
});

/** So many series above the limit, for so many polls. */
function manySeries(series: number, polls: number) {
  const history = createHistory();
  for (let poll = 0; poll < polls; poll++) {
    const samples = Array.from({ length: series }, (_, at) => ({
      name: "streamline_lag",
      labels: { group: `g${at}` },
      value: 1_000 + poll,
    }));
    history.append(START_MS + poll * STEP_MS, samples);
  }
  return { history, nowMs: START_MS + (polls - 1) * STEP_MS };
}

const LAG = readRules(
  "f",
  stringify({
    groups: [
      {
        rules: [
          { alert: "Lag", expr: "streamline_lag > 10", for: "5m" },
          { alert: "Down", expr: "absent(up)" },
        ],
      },
    ],
  }),
).rules;

test("what a rule needs grows with its results, and not with their square", () => {
  const unitsFor = (series: number): number => {
    const { history, nowMs } = manySeries(series, 30);
    for (let units = 1_000; ; units *= 1.1) {
      if (judged(LAG, history, nowMs, units).passedOver.length === 0) return units;
    }
  };
  const [few, many] = [unitsFor(100), unitsFor(1_000)];
  assert.ok(many < 15 * few, `${few} units for 100 series, ${many} for 1,000`);
});

test("a rule that needs too much is passed over with the reason, and its neighbours are judged", () => {
  const { history, nowMs } = manySeries(1_000, 30);
  const { held, passedOver } = judged(LAG, history, nowMs, 20_000);
  assert.deepEqual(
    held.map(({ rule }) => rule.alert),
    ["Down"],
  );
  assert.equal(passedOver[0]?.alert, "Lag");
  assert.match(passedOver[0]?.reason ?? "", /more computing/);
});

test("a recording rule that needs too much is named, and the others are recorded", () => {
  const { recording } = readRules(
    "f",
    stringify({
      groups: [
        {
          rules: [
            { record: "a:narrow", expr: "vector(1)" },
            { record: "a:wide", expr: "sum(max_over_time(streamline_lag[7m]))" },
          ],
        },
      ],
    }),
  );
  const { history, nowMs } = manySeries(1_000, 30);
  const recordedWith = (units: number) =>
    recordedSamples(recording, ruleEvidence(history, units).evidence, nowMs);
  assert.deepEqual(recordedWith(1_000_000).leftOut, []);
  const { samples, leftOut } = recordedWith(20_000);
  assert.deepEqual(
    leftOut.map(({ record }) => record),
    ["a:wide"],
  );
  assert.deepEqual(
    samples.map(({ name }) => name),
    ["a:narrow"],
  );
});

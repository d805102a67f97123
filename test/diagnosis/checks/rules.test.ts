/** Which alert rules hold, evaluated by us over a history. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { parse } from "yaml";
import { evidenceOf } from "../../../src/diagnosis/checks/evidence-of-history.ts";
import { asScraped, heldRules, readRules } from "../../../src/diagnosis/checks/rules.ts";
import { createHistory } from "../../../src/history/history.ts";

const STEP_MS = 15_000;
const START_MS = Date.parse("2026-11-23T03:00:00Z");

/** A history of `up` with one value every 15 seconds. */
function historyOf(values: readonly number[]) {
  const history = createHistory();
  values.forEach((value, index) => {
    history.append(START_MS + index * STEP_MS, [
      { name: "up", labels: { job: "streamline", instance: "broker-1:9094" }, value },
    ]);
  });
  return { evidence: evidenceOf(history), nowMs: START_MS + (values.length - 1) * STEP_MS };
}

const DOWN = {
  groups: [
    {
      rules: [
        { record: "x", expr: "up" },
        { alert: "Down", expr: "up == 0", for: "1m", labels: { severity: "critical" } },
      ],
    },
  ],
};

test("a rule that has held for its whole `for` is firing, with what it is about", () => {
  const { evidence, nowMs } = historyOf([1, 0, 0, 0, 0, 0]);
  const [held, ...others] = heldRules(readRules("f", DOWN).rules, evidence, nowMs);
  assert.equal(others.length, 0);
  assert.equal(held?.state, "firing");
  assert.equal(held?.rule.alert, "Down");
  assert.equal(held?.labels["instance"], "broker-1:9094");
});

test("a rule that has not held long enough is pending", () => {
  const { evidence, nowMs } = historyOf([1, 1, 1, 0, 0]);
  assert.deepEqual(
    heldRules(readRules("f", DOWN).rules, evidence, nowMs).map(({ state }) => state),
    ["pending"],
  );
});

test("a history shorter than `for` proves nothing yet: pending", () => {
  const { evidence, nowMs } = historyOf([0, 0, 0]);
  assert.equal(heldRules(readRules("f", DOWN).rules, evidence, nowMs)[0]?.state, "pending");
});

test("a rule that was interrupted starts anew", () => {
  const { evidence, nowMs } = historyOf([0, 0, 0, 1, 0, 0]);
  assert.equal(heldRules(readRules("f", DOWN).rules, evidence, nowMs)[0]?.state, "pending");
});

test("a rule that does not hold is not named", () => {
  const { evidence, nowMs } = historyOf([0, 0, 0, 0, 0, 1]);
  assert.deepEqual(heldRules(readRules("f", DOWN).rules, evidence, nowMs), []);
});

test("what cannot be read is named with its file and rule", () => {
  const rules = [
    { alert: "Broken", expr: "up ==" },
    { alert: "Late", expr: "up", for: "soon" },
  ];
  const { problems } = readRules("my.rules.yml", { groups: [{ rules }] });
  assert.equal(problems.length, 2);
  assert.match(problems[0] ?? "", /^my\.rules\.yml: Broken: /);
  assert.match(problems[1] ?? "", /^my\.rules\.yml: Late: "soon" is no duration$/);
  assert.match(readRules("x", { groups: 1 }).problems[0] ?? "", /^x: groups: /);
});

test("a condition on job or instance holds for what we looked at ourselves", () => {
  const history = createHistory();
  const nowMs = START_MS;
  history.append(nowMs, [{ name: "streamline_uptime_seconds", labels: {}, value: 12 }]);
  const rules = [
    { alert: "Young", expr: 'streamline_uptime_seconds{job="streamline"} < 60' },
    { alert: "Gone", expr: 'absent(streamline_uptime_seconds{job="streamline"})' },
  ];
  const held = heldRules(
    readRules("f", { groups: [{ rules }] }).rules,
    evidenceOf(asScraped(history)),
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
  const rules = readRules("f", {
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
  }).rules;
  const held = (samples: readonly (typeof up | typeof uptime)[]): string[] => {
    const history = createHistory();
    history.append(START_MS, samples);
    return heldRules(rules, evidenceOf(asScraped(history)), START_MS).map(({ rule }) => rule.alert);
  };
  assert.deepEqual(held([up, uptime]), []);
  assert.deepEqual(held([up]), ["Foreign"]);
});

test("a rule over other exporters' metrics, or over none, is left to Prometheus", () => {
  const rules = [
    { alert: "Disk", expr: "absent(node_filesystem_avail_bytes)" },
    { alert: "Watchdog", expr: "vector(1)" },
  ];
  assert.deepEqual(readRules("f", { groups: [{ rules }] }), { rules: [], problems: [] });
});

test("every rule that we ship can be evaluated by us", () => {
  const content: unknown = parse(readFileSync("alerts/streamline.rules.yml", "utf8"));
  const { rules, problems } = readRules("alerts/streamline.rules.yml", content);
  assert.deepEqual(problems, []);
  assert.ok(rules.some(({ alert }) => alert === "StreamlineDown"));
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { neededJobs } from "../../../src/diagnosis/rules/needed-jobs.ts";
import { parsePromql } from "../../../src/promql/parse.ts";

const CASES: readonly (readonly [expr: string, jobs: readonly string[]])[] = [
  ['up{job="streamline"} == 0', ["streamline"]],
  ['rate(x_total{job="node"}[5m]) > 1', ["node"]],
  [
    'up{job="streamline"} == 0 and on (host) probe_success{job="streamline-kafka"} == 1',
    ["streamline", "streamline-kafka"],
  ],
  ['sum by (job) (up{job="node"}) unless up{job="streamline"}', ["node"]],
  // Each of these fires with one of the jobs, or because one of them is not there.
  ['changes(up{job=~"streamline|node"}[30m]) >= 4', []],
  ['absent(up{job="streamline"}) or absent(probe_success{job="streamline-kafka"})', []],
  ['up{job="streamline"} == 0 or up{job="node"} == 0', []],
  ['(up{job="node"} == 0 and x > 1) or y{job="node"} > 2', ["node"]],
];

for (const [expr, jobs] of CASES) {
  test(`${expr} needs ${jobs.length === 0 ? "no job in any case" : jobs.join(" and ")}`, () => {
    assert.deepEqual([...neededJobs(parsePromql(expr))].toSorted(), jobs);
  });
}

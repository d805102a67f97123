import assert from "node:assert/strict";
import { test } from "node:test";
import { type Diagnosis, diagnose } from "../../../src/diagnosis/checks/diagnose.ts";
import { evidenceWith, load, STEP_MS, sample } from "../checks.ts";

const { checks: ALL, problems } = load(`  - id: restarted
    expr: uptime < 300
    needs: [{ series: uptime }]
    event: true
    began: started
    finding: "It started"
    explains: [slow]
  - id: slow
    expr: took > 1
    needs: [{ series: took }]
    finding: "It is slow"
  - id: blind
    expr: never > 1
    needs: [{ series: never }]
    finding: "It is broken"
    severity: critical`);
assert.deepEqual(problems, []);
const WITHOUT_BLIND = ALL.filter(({ id }) => id !== "blind");
const WITHOUT_SLOW = ALL.filter(({ id }) => id !== "slow");

/** So many polls after a start at the second poll; how long requests take then. */
function afterRestart(polls: number, took: number, checks = WITHOUT_BLIND): Diagnosis {
  const startMs = evidenceWith(2, () => []).nowMs;
  const { evidence, nowMs } = evidenceWith(polls + 2, (poll) => [
    sample("uptime", poll < 2 ? 9_000 : ((poll - 1) * STEP_MS) / 1_000),
    sample("started", poll < 2 ? startMs / 1_000 - 9_000 : startMs / 1_000),
    sample("took", poll < 2 ? 0 : took),
  ]);
  return diagnose({ checks, evidence, nowMs });
}

test("a restart is the cause while clients come back, and a remark when nothing came of it", () => {
  assert.equal(afterRestart(2, 0).verdict.kind, "active");
  const later = afterRestart(8, 0);
  assert.equal(later.verdict.kind, "clean");
  assert.deepEqual(
    later.active.map(({ check }) => [check.id, check.severity]),
    [["restarted", "info"]],
  );
});

test("what has not been well since a restart keeps it the cause", () => {
  const { verdict } = afterRestart(8, 2);
  assert.equal(verdict.kind, "active");
  assert.equal(verdict.cause.check.id, "restarted");
  assert.equal(verdict.cause.check.severity, "warning");
});

test("a past restart never stands for what cannot be seen", () => {
  assert.equal(afterRestart(8, 0, WITHOUT_SLOW).verdict.kind, "cannot-tell");
});

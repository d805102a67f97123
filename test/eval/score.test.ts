import assert from "node:assert/strict";
import { test } from "node:test";
import { type Diagnosis, diagnose } from "../../src/diagnosis/checks/diagnose.ts";
import { evidenceWith, load, sample } from "../diagnosis/checks.ts";
import { allCases } from "./cases.ts";
import type { EvalCase, Expected } from "./eval-case.ts";
import { scoreOf } from "./score.ts";

const { checks } = load(
  ...["disk", "lag", "churn"].map(
    (id) => `  - id: ${id}
    expr: ${id} > 0
    needs:
      - series: ${id}
    finding: "x"
    threshold: 1`,
  ),
);

/** Values by metric; a metric that is left out is missing. */
function diagnosisOf(values: Readonly<Record<string, number>>): Diagnosis {
  const { evidence, nowMs } = evidenceWith(3, () =>
    Object.entries(values).map(([name, value]) => sample(name, value)),
  );
  return diagnose({ checks, evidence, nowMs });
}

const CLEAN: Expected = { kind: "clean" };
const DISK: Expected = { kind: "cause", first: ["disk"] };
const BOTH: Expected = { kind: "cause", first: ["disk", "lag"], all: ["disk", "lag"] };
const NOT_LAG: Expected = { kind: "cause", first: ["disk"], never: ["lag"] };
const GONE: Expected = { kind: "unknowable", checks: ["disk"] };

const scored: [what: string, expected: Expected, values: Record<string, number>, says: string][] = [
  ["a clean control", CLEAN, { disk: 0, lag: 0, churn: 0 }, "top1 top3"],
  ["an alarm for a control", CLEAN, { disk: 9, lag: 0, churn: 0 }, "wrong"],
  ["a control that nobody can judge", CLEAN, { disk: 0 }, "abstained"],
  ["the right cause", DISK, { disk: 9, lag: 2, churn: 0 }, "top1 top3"],
  ["the right cause in second place", DISK, { disk: 2, lag: 9, churn: 0 }, "top3 wrong"],
  ["a fault that is called clean", DISK, { disk: 0, lag: 0, churn: 0 }, "wrong"],
  ["a fault whose check is unknown", DISK, { lag: 0, churn: 0 }, "abstained"],
  ["one of two faults", BOTH, { disk: 9, lag: 0, churn: 0 }, "top1"],
  ["both of two faults", BOTH, { disk: 9, lag: 2, churn: 0 }, "top1 top3"],
  ["a look-alike beside the right cause", NOT_LAG, { disk: 9, lag: 2, churn: 0 }, "top3 wrong"],
  ["lost evidence that is admitted", GONE, { lag: 0, churn: 0 }, "top1 top3 abstained"],
  ["lost evidence and a wrong name", GONE, { lag: 5, churn: 0 }, "wrong"],
];

for (const [what, expected, values, says] of scored) {
  test(`${what} scores: ${says}`, () => {
    const [first] = allCases();
    assert.ok(first);
    const each: EvalCase = { ...first, expected };
    const score = scoreOf(each, diagnosisOf(values));
    const marks = (["top1", "top3", "abstained", "wrong"] as const).filter((mark) => score[mark]);
    assert.equal(marks.join(" "), says);
  });
}

test("there are enough cases, each once: faults at two magnitudes, controls, mixed ones", () => {
  const cases = allCases();
  assert.equal(new Set(cases.map(({ id }) => id)).size, cases.length);
  for (const half of ["seen", "unseen"] as const) {
    const own = cases.filter((each) => each.half === half);
    assert.ok(own.length >= 80, `${half}: ${own.length}`);
    assert.ok(own.filter(({ expected }) => expected.kind === "clean").length >= 12);
    assert.ok(own.filter(({ expected }) => expected.kind === "cause").length >= 60);
  }
});

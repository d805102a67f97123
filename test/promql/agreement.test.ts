/**
 * The evaluator agrees with a real Prometheus: the same polls in both, the same expressions, the same
 * answers.
 */
// needs: prometheus
// takes: 12 s
import assert from "node:assert/strict";
import { test } from "node:test";
import { evaluateRange } from "../../src/promql/evaluate.ts";
import type { Program } from "../support/programs.ts";
import { type Answer, answerOf, describeDifference, readAnswer } from "./answers.ts";
import { allExpressions, CHARTS } from "./expressions.ts";
import { generatedExpressions } from "./generated-expressions.ts";
import { MOMENTS, recordPolls, START_MS } from "./recorded-data.ts";
import { answerHere, ask, historyOf, startRecorded } from "./recorded-prometheus.ts";

/** From before the first poll until after the last, in steps that do not meet the polls. */
const STEPS = { startMs: START_MS - 60_000, endMs: START_MS + 3_060_000, stepMs: 47_000 };

test("expressions have the same value here as in Prometheus, at every kind of moment", async (t) => {
  const polls = recordPolls();
  const history = historyOf(polls);
  const prometheus = await startRecorded(t, polls);
  const expressions = [
    ...allExpressions().map((text) => ({ ours: text, theirs: text })),
    ...generatedExpressions(300, 4_242),
  ];
  assert.ok(expressions.length >= 300, `${expressions.length} expressions are too few`);

  for (const [moment, timeMs] of Object.entries(MOMENTS)) {
    await t.test(moment, async () => {
      const differences: string[] = [];
      let answered = 0;
      for (const { ours, theirs } of expressions) {
        const expected = await ask(prometheus, theirs, timeMs);
        differences.push(...differenceOf(ours, answerHere(history, ours, timeMs), expected));
        answered += expected.kind === "error" ? 0 : 1;
      }
      assert.deepEqual(differences, []);
      assert.ok(answered >= 300, `${answered} answers that are no error are too few`);
    });
  }
});

test("charts have the same points here as in Prometheus", async (t) => {
  const polls = recordPolls();
  const history = historyOf(polls);
  const prometheus = await startRecorded(t, polls);
  const differences: string[] = [];
  for (const expression of CHARTS) {
    const theirs = await askRange(prometheus, expression);
    const ours = answerOf({ kind: "matrix", series: evaluateRange(expression, history, STEPS) });
    differences.push(...differenceOf(expression, ours, theirs));
  }
  assert.deepEqual(differences, []);
});

function differenceOf(expression: string, ours: Answer, theirs: Answer): string[] {
  const difference = describeDifference(ours, theirs);
  return difference === undefined ? [] : [`${expression}\n    ${difference}`];
}

async function askRange({ url }: Program, expression: string): Promise<Answer> {
  const query = new URLSearchParams({
    query: expression,
    start: String(STEPS.startMs / 1000),
    end: String(STEPS.endMs / 1000),
    step: String(STEPS.stepMs / 1000),
  });
  const response = await fetch(`${url}/api/v1/query_range`, { method: "POST", body: query });
  return readAnswer(await response.json());
}

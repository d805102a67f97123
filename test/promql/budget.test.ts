import assert from "node:assert/strict";
import { test } from "node:test";
import { createHistory, type History } from "../../src/history/history.ts";
import { evaluate, evaluateRange } from "../../src/promql/evaluate.ts";
import { PromqlError } from "../../src/promql/promql-error.ts";

const START_MS = 1_700_000_000_000;
const POLLS = 40;
const NOW_MS = START_MS + (POLLS - 1) * 15_000;

const small = historyOf(3);

/** What a person can type to keep a thread busy, with the place where it grows. */
const EXPENSIVE: readonly [what: string, expression: string][] = [
  ["the moments of a subquery", "count_over_time(vector(1)[1000d:1ms])"],
  ["a subquery that is moved away", "count_over_time(vector(1)[1000d:1ms] offset 900000d)"],
  ["a subquery within another", "sum_over_time(sum_over_time(vector(1)[1d:1s])[1d:1s])"],
  ["subqueries three deep", "max_over_time(max_over_time(max_over_time(a[1h:1s])[1h:1s])[1h:1s])"],
  ["a label made of itself", grownLabel(40)],
  [
    "a label made of its pattern's groups",
    `label_replace(${grownLabel(15)}, "x", "${"$1".repeat(500)}", "x", "(.*)")`,
  ],
  ["a list of labels to group by", `sum by (${names(1_500)}) (last_over_time(a[10m:1ms]))`],
];

for (const [what, expression] of EXPENSIVE) {
  test(`${what} is refused before it is computed, with the place`, () => {
    const before = process.memoryUsage().arrayBuffers;
    assert.throws(
      () => evaluate(expression, small, { timeMs: NOW_MS }),
      (error) => {
        assert.ok(error instanceof PromqlError);
        assert.match(error.message, /needs more than|has at most/);
        assert.ok(error.range.to > error.range.from);
        return true;
      },
    );
    assert.ok(process.memoryUsage().arrayBuffers - before < 50_000_000);
  });
}

test("the budget holds for all steps of a chart together", () => {
  const steps = { startMs: START_MS, endMs: NOW_MS, stepMs: 1_000 };
  const expression = "sum_over_time(a[10m:1s])";
  assert.ok(evaluate(expression, small, { timeMs: NOW_MS, units: 60_000 }).kind === "vector");
  assert.throws(() => evaluateRange(expression, small, { ...steps, units: 60_000 }), PromqlError);
});

test("each evaluation has the whole budget, and the same expression always needs the same", () => {
  const wide = historyOf(1_000);
  const unitsOf = (expression: string): number => {
    let units = 1_000;
    for (; !isEnough(expression, wide, units); units += 1_000);
    return units;
  };
  const first = unitsOf("sum by (b) (rate(a[5m]))");
  assert.equal(unitsOf("sum by (b) (rate(a[5m]))"), first);
  assert.ok(first >= 21_000 && first <= 30_000, `${first} units for 1,000 series of 21 values`);
});

test("what the checks of a large server need is far below what they may", () => {
  const wide = historyOf(20_000);
  const value = evaluate("sum by (b) (rate(a[5m]))", wide, { timeMs: NOW_MS });
  assert.equal(value.kind, "vector");
});

function isEnough(expression: string, history: History, units: number): boolean {
  try {
    evaluate(expression, history, { timeMs: NOW_MS, units });
    return true;
  } catch (error) {
    if (error instanceof PromqlError) return false;
    throw error;
  }
}

function historyOf(series: number): History {
  const history = createHistory();
  for (let poll = 0; poll < POLLS; poll++) {
    const samples = Array.from({ length: series }, (_, at) => ({
      name: "a",
      labels: { b: `b${at % 7}`, c: `${at}` },
      value: poll * at,
    }));
    history.append(START_MS + poll * 15_000, samples);
  }
  return history;
}

function grownLabel(times: number): string {
  let expression = 'label_replace(a, "x", "some text that grows", "b", ".*")';
  for (let at = 0; at < times; at++) expression = `label_join(${expression}, "x", "", "x", "x")`;
  return expression;
}

function names(count: number): string {
  return Array.from({ length: count }, (_, at) => `l${at}`).join(",");
}

import assert from "node:assert/strict";
import { test } from "node:test";
import { parseDuration } from "../../src/promql/duration.ts";

const cases: [text: string, ms: number | undefined][] = [
  ["90s", 90_000],
  ["5m", 300_000],
  ["1h30m", 5_400_000],
  ["250ms", 250],
  ["1d", 86_400_000],
  [" 2w ", 14 * 86_400_000],
  ["1y", 365 * 86_400_000],
  ["", undefined],
  ["5", undefined],
  ["m", undefined],
  ["5 m", undefined],
  ["5m!", undefined],
  ["30m1h", undefined],
  ["5m5m", undefined],
];

for (const [text, ms] of cases) {
  test(`"${text}" is ${ms === undefined ? "no duration" : `${ms} ms`}`, () => {
    assert.equal(parseDuration(text), ms);
  });
}

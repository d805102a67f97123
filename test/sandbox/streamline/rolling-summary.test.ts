import assert from "node:assert/strict";
import { test } from "node:test";
import { createRollingSummary } from "../../../src/sandbox/streamline/rolling-summary.ts";
import fc from "../../support/fast-check.ts";

const ONE = (value: number, weight = 1) => ({ values: [value], weights: [weight], count: weight });

test("quantiles are those of the sorted values, each as often as its weight says", () => {
  const event = fc.record({
    value: fc.double({ min: 0, max: 100, noNaN: true }),
    weight: fc.integer({ min: 1, max: 5 }),
  });
  fc.assert(
    fc.property(fc.array(event, { minLength: 1, maxLength: 60 }), (events) => {
      const summary = createRollingSummary();
      for (const { value, weight } of events) summary.observe(ONE(value, weight), 1_000);
      const all = events
        .flatMap(({ value, weight }) => Array.from({ length: weight }, () => value))
        .toSorted((a, b) => a - b);
      const asked = [0, 0.5, 0.9, 0.99, 1];
      const expected = asked.map((q) => all[Math.max(0, Math.ceil(q * all.length) - 1)]);
      assert.deepEqual(summary.quantiles(asked, 1_000), expected);
    }),
  );
});

test("quantiles forget after a minute; sum and count do not", () => {
  const summary = createRollingSummary();
  summary.observe(ONE(4, 3), 100_000);
  assert.deepEqual(summary.quantiles([0.5], 139_000), [4]);
  assert.deepEqual(summary.quantiles([0.5, 1], 160_000), [0, 0]);
  assert.equal(summary.sum, 12);
  assert.equal(summary.count, 3);
});

test("a new value counts at once beside the old ones", () => {
  const summary = createRollingSummary();
  summary.observe(ONE(1, 9), 100_000);
  summary.observe(ONE(50), 121_000);
  assert.deepEqual(summary.quantiles([0.5, 1], 121_000), [1, 50]);
});

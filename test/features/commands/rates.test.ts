/** How many commands a person may run in a minute. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { createRates } from "../../../src/features/commands/rates.ts";

function ratesAt() {
  let now = 0;
  const rates = createRates(() => now);
  return {
    wait: (ms: number) => {
      now += ms;
    },
    /** How many of a row run at once. */
    count: (user: string, cost: "usual" | "costly"): number => {
      let ran = 0;
      for (let n = 0; n < 100; n += 1) if (rates.take(user, cost) === undefined) ran += 1;
      return ran;
    },
    take: (user: string, cost: "usual" | "costly") => rates.take(user, cost),
  };
}

test("a person runs many at once, fewer of the costly ones, and is told how long to wait", () => {
  const usual = ratesAt();
  assert.equal(usual.count("U1", "usual"), 30);
  const costly = ratesAt();
  assert.equal(costly.count("U1", "costly"), 8);
  const waitMs = costly.take("U1", "costly");
  assert.ok(waitMs !== undefined && waitMs > 0 && waitMs <= 60_000);
  costly.wait(waitMs);
  assert.equal(costly.take("U1", "costly"), undefined);
});

test("costly ones count as usual ones, and a usual one is free when the costly ones are used up", () => {
  const { count } = ratesAt();
  assert.equal(count("U1", "costly"), 8);
  assert.equal(count("U1", "usual"), 22);
});

test("one person holds up nobody else, and a minute later all is as before", () => {
  const { count, wait } = ratesAt();
  assert.equal(count("U1", "usual"), 30);
  assert.equal(count("U2", "usual"), 30);
  wait(60_000);
  assert.equal(count("U1", "usual"), 30);
});

test("a clock that is set back gives nobody more", () => {
  const { count, wait } = ratesAt();
  count("U1", "usual");
  wait(-3_600_000);
  assert.equal(count("U1", "usual"), 0);
});

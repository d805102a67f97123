/** Closing what was opened: in reverse, all of it, within a time. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { createTeardown } from "../../src/edges/teardown.ts";

interface Logged {
  readonly part: string;
  readonly reason: string;
}

function setUp(limitMs?: number) {
  const logged: Logged[] = [];
  const log = {
    error: ({ part, err }: { part: string; err: Error }) =>
      void logged.push({ part, reason: err.message }),
  };
  return { logged, teardown: createTeardown(log as never, limitMs) };
}

test("what was opened last is closed first, and each waits for the one before", async () => {
  const { teardown, logged } = setUp();
  const steps: string[] = [];
  for (const name of ["store", "server", "delivery"]) {
    teardown.add(name, async () => {
      steps.push(`${name} begins`);
      await Promise.resolve();
      steps.push(`${name} ends`);
    });
  }
  await teardown.run();
  assert.deepEqual(steps, [
    "delivery begins",
    "delivery ends",
    "server begins",
    "server ends",
    "store begins",
    "store ends",
  ]);
  assert.deepEqual(logged, []);
});

test("a part that fails is named, and the others are closed all the same", async () => {
  const { teardown, logged } = setUp();
  const closed: string[] = [];
  teardown.add("store", async () => closed.push("store"));
  teardown.add("rejects", () => Promise.reject(new Error("no")));
  teardown.add("throws", () => {
    throw new Error("at once");
  });
  await teardown.run();
  assert.deepEqual(closed, ["store"]);
  assert.deepEqual(logged, [
    { part: "throws", reason: "at once" },
    { part: "rejects", reason: "no" },
  ]);
});

test("a part that hangs is left behind after its time, and named", async () => {
  const { teardown, logged } = setUp(20);
  const closed: string[] = [];
  teardown.add("store", async () => closed.push("store"));
  teardown.add("hangs", () => new Promise(() => undefined));
  await teardown.run();
  assert.deepEqual(closed, ["store"]);
  assert.deepEqual(logged, [{ part: "hangs", reason: "took over 20 ms" }]);
});

test("a second call closes nothing twice and waits for the first", async () => {
  const { teardown } = setUp();
  const { promise, resolve } = Promise.withResolvers<void>();
  let closed = 0;
  teardown.add("slow", async () => {
    closed += 1;
    await promise;
  });
  const first = teardown.run();
  let isSecondDone = false;
  const second = teardown.run().then(() => {
    isSecondDone = true;
  });
  await Promise.resolve();
  assert.equal(isSecondDone, false);
  resolve();
  await Promise.all([first, second]);
  assert.equal(closed, 1);
});

test("nothing to close is closed at once", async () => {
  const { teardown, logged } = setUp();
  await teardown.run();
  assert.deepEqual(logged, []);
});

test("parts that all wait for the same thing are given up together", async () => {
  const logged: string[] = [];
  const log = { error: ({ part }: { part: string }) => void logged.push(part) };
  const teardown = createTeardown(log as never, 60_000, 1);
  const never = Promise.withResolvers<void>().promise;
  for (const name of ["store", "events", "delivery"]) teardown.add(name, () => never);
  await teardown.run();
  assert.deepEqual(logged, ["delivery", "events", "store"]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { createSeenEvents } from "../../../src/edges/slack/seen-events.ts";

test("an event is seen once it has been asked for", () => {
  const seen = createSeenEvents();
  assert.deepEqual(
    [seen("Ev1"), seen("Ev2"), seen("Ev1"), seen("Ev2")],
    [false, false, true, true],
  );
});

test("the oldest events are forgotten, so that memory does not grow", () => {
  const seen = createSeenEvents();
  for (let count = 0; count < 20_000; count += 1) seen(`Ev${count}`);
  assert.equal(seen("Ev19999"), true);
  assert.equal(seen("Ev10001"), true);
  assert.equal(seen("Ev0"), false);
});

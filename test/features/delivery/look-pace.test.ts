/** A few checks of the outbox are free; in a storm they are spread out. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { createLookPace } from "../../../src/features/delivery/look-pace.ts";

test("polls that follow each other wait after a few, and are free again after a pause", () => {
  let now = 1_000;
  const looks = createLookPace(() => now);
  let free = 0;
  for (; looks.waitMs() === 0 && free < 1_000; free += 1) looks.looked();
  assert.ok(free > 1 && free < 100, "some are free, not all");
  const waitMs = looks.waitMs();
  now += waitMs;
  assert.equal(looks.waitMs(), 0);
  looks.looked();
  assert.ok(looks.waitMs() > 0, "one at a time from then on");
  now += 60_000;
  assert.equal(looks.waitMs(), 0);
});

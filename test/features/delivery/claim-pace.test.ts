/** A few checks of the outbox are free; in a storm they are spread out. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { createClaimPace } from "../../../src/features/delivery/claim-pace.ts";

test("polls that follow each other wait after a few, and are free again after a pause", () => {
  let now = 1_000;
  const claims = createClaimPace(() => now);
  let free = 0;
  for (; claims.waitMs() === 0 && free < 1_000; free += 1) claims.tried();
  assert.ok(free > 1 && free < 100, "some are free, not all");
  const waitMs = claims.waitMs();
  now += waitMs;
  assert.equal(claims.waitMs(), 0);
  claims.tried();
  assert.ok(claims.waitMs() > 0, "one at a time from then on");
  now += 60_000;
  assert.equal(claims.waitMs(), 0);
});

/** Slack's dates as a reader of the page sees them. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { DAY_AND_TIME } from "../../../src/block-kit/times.ts";
import { shownDate } from "../../../src/sandbox/page/shown-date.ts";

const NOW = new Date(2026, 10, 23, 20, 40);

function shown(format: string, date: Date, fallback = "f"): string {
  return shownDate({ format, timestamp: date.getTime() / 1_000, fallback }, NOW);
}

test("a time within a sentence has no capital letter, whatever its day", () => {
  for (const [days, expected] of [
    [-1, "8:36 PM yesterday"],
    [0, "8:36 PM today"],
    [1, "8:36 PM tomorrow"],
    [2, "8:36 PM Nov 25, 2026"],
  ] as const) {
    assert.equal(shown(DAY_AND_TIME, new Date(2026, 10, 23 + days, 20, 36)), expected);
  }
});

test("the first letter of a date is a capital one, as in Slack", () => {
  assert.equal(shown("{date_pretty} at {time}", NOW), "Today at 8:40 PM");
});

test("an unknown token, and a time that is none, show the fallback", () => {
  assert.equal(shown("{day} {time}", NOW, "2026-11-23"), "2026-11-23");
  const never = { format: "{time}", timestamp: Number.NaN, fallback: "never" };
  assert.equal(shownDate(never, NOW), "never");
});

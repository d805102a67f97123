import assert from "node:assert/strict";
import { test } from "node:test";
import { duration, moment } from "../../src/block-kit/times.ts";

for (const [ms, expected] of [
  [-5, "less than a second"],
  [999, "less than a second"],
  [1_000, "1 s"],
  [59_999, "59 s"],
  [60_000, "1 min"],
  [61_500, "1 min 1 s"],
  [12 * 60_000, "12 min"],
  [3 * 3_600_000 + 20 * 60_000 + 59_000, "3 h 20 min"],
  [3_600_000 + 59_000, "1 h"],
  [2 * 86_400_000 + 4 * 3_600_000, "2 d 4 h"],
  [400 * 86_400_000, "400 d"],
] as const) {
  test(`${ms} ms is "${expected}"`, () => assert.equal(duration(ms), expected));
}

test("a moment is in the reader's zone, and in UTC for those who cannot see that", () => {
  assert.equal(
    moment(Date.parse("2026-11-23T03:04:05.678Z")),
    "<!date^1795403045^{time} {date_short_pretty}|2026-11-23 03:04 UTC>",
  );
});

test("the first and the last year that an alert may name have a moment", () => {
  for (const text of ["2000-01-01T00:00:00Z", "9999-12-31T23:59:59Z"]) {
    assert.match(moment(Date.parse(text)), new RegExp(`\\|${text.slice(0, 10)} `));
  }
});

test("a moment that no calendar has is shown as the last or first that it has", () => {
  for (const ms of [1e300, Number.POSITIVE_INFINITY, -1e300]) {
    assert.match(moment(ms), /^<!date\^-?\d+\^\{time\} \{date_short_pretty\}\|[-+]?\d+.* UTC>$/);
  }
  assert.match(moment(Number.NaN), /1970-01-01/);
});

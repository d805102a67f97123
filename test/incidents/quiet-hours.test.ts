/** When hours in which nobody is called are over. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { quietUntil } from "../../src/incidents/quiet-hours.ts";
import fc from "../support/fast-check.ts";

const NIGHT = { from: 22 * 60, to: 7 * 60, timeZone: "Europe/Berlin" };
const LUNCH = { from: 12 * 60, to: 13 * 60, timeZone: "UTC" };

for (const [what, hours, at, until] of [
  ["before midnight", NIGHT, "2026-11-28T21:30:10Z", "2026-11-29T06:00:00Z"],
  ["after midnight", NIGHT, "2026-11-29T02:00:00Z", "2026-11-29T06:00:00Z"],
  ["at the moment they begin", NIGHT, "2026-11-28T21:00:00Z", "2026-11-29T06:00:00Z"],
  ["at the moment they end", NIGHT, "2026-11-29T06:00:00Z", undefined],
  ["in daylight", NIGHT, "2026-11-28T12:00:00Z", undefined],
  ["within one day", LUNCH, "2026-11-28T12:59:59Z", "2026-11-28T13:00:00Z"],
  ["the night in which summer time ends", NIGHT, "2026-10-24T21:00:00Z", "2026-10-25T06:00:00Z"],
  ["the night in which it begins", NIGHT, "2026-03-28T22:00:00Z", "2026-03-29T05:00:00Z"],
] as const) {
  test(`quiet ${what}`, () => {
    const end = quietUntil(hours, Date.parse(at));
    assert.equal(
      end === undefined ? undefined : new Date(end).toISOString(),
      until?.replace("Z", ".000Z"),
    );
  });
}

test("they end within a day, and are over then", () => {
  const minute = fc.nat(1_439);
  const zone = fc.constantFrom("UTC", "Europe/Berlin", "Asia/Kathmandu", "America/St_Johns");
  fc.assert(
    fc.property(
      minute,
      minute,
      zone,
      fc.integer({ min: 0, max: 2 ** 41 }),
      (from, to, timeZone, ms) => {
        fc.pre(from !== to);
        const hours = { from, to, timeZone };
        const end = quietUntil(hours, ms);
        if (end === undefined) return;
        assert.ok(end > ms && end - ms <= 26 * 3_600_000);
      },
    ),
  );
});

/** What the doctor says of the schedules' calendars. */

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import type { Config } from "../../../src/config/config.ts";
import { checkSchedules } from "../../../src/edges/doctor/check-schedules.ts";

function icalDate(ms: number): string {
  return new Date(ms).toISOString().replace(/[-:]|\.\d+/g, "");
}

/** A calendar with one shift of Bob's, which ends so many hours from now. */
function calendarUntil(hours: number): string {
  const until = Date.now() + hours * 3_600_000;
  const [from, to] = [until - 48 * 3_600_000, until].map(icalDate);
  const event = `BEGIN:VEVENT\nUID:1\nDTSTART:${from}\nDTEND:${to}\nSUMMARY:Bob\nEND:VEVENT`;
  return `BEGIN:VCALENDAR\nVERSION:2.0\n${event}\nEND:VCALENDAR\n`;
}

test("a calendar that is over, missing or names a stranger is wrong, and its neighbours are not", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "bot-schedules-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const schedule = (name: string, hours?: number, people = { Bob: "U0BOB" }) => {
    const calendar = join(folder, `${name}.ics`);
    if (hours !== undefined) writeFileSync(calendar, calendarUntil(hours));
    return { name, calendar, people };
  };
  const schedules: Config["schedules"] = [
    schedule("good", 24),
    schedule("over", -24 * 300),
    schedule("missing"),
    { ...schedule("stranger", 24), people: {} },
  ];
  const checks = await checkSchedules({ schedules } as Config);
  assert.deepEqual(
    checks.map(({ where, state }) => [where, state]),
    [
      ["good", "ok"],
      ["over", "wrong"],
      ["missing", "wrong"],
      ["stranger", "wrong"],
    ],
  );
  assert.match(checks[1]?.says ?? "", /nobody is on duty/);
  assert.match(checks[2]?.says ?? "", /cannot be read/);
  assert.match(checks[3]?.says ?? "", /names Bob/);
  assert.deepEqual(await checkSchedules({ schedules: [] as const } as unknown as Config), []);
});

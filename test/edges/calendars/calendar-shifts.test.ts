/** Calendars as the services of the field export them -> shifts. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { calendarShifts } from "../../../src/edges/calendars/calendar-shifts.ts";

const PEOPLE = { "alice@example.com": "U0ALICE", "Bob Ng": "U0BOB", al: "U0AL" };
const FROM = Date.parse("2026-11-22T00:00:00Z");
const UNTIL = Date.parse("2026-12-06T00:00:00Z");

function calendarOf(events: readonly (readonly string[])[], head: readonly string[] = []): string {
  const lines = events.flatMap((event, index) => [
    "BEGIN:VEVENT",
    `UID:e${index}@example.com`,
    "DTSTAMP:20261101T000000Z",
    ...event,
    "END:VEVENT",
  ]);
  return [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//test//EN",
    ...head,
    ...lines,
    "END:VCALENDAR",
    "",
  ].join("\r\n");
}

function read(text: string) {
  return calendarShifts({ text, people: PEOPLE, from: FROM, until: UNTIL }).map(
    ({ from, until, name, person }) => [
      new Date(from).toISOString().slice(0, 16),
      new Date(until).toISOString().slice(0, 16),
      person ?? `? ${name}`,
    ],
  );
}

const MONDAY = ["DTSTART:20261123T080000Z", "DTEND:20261123T200000Z"];
const MONDAY_READ = ["2026-11-23T08:00", "2026-11-23T20:00"];

describe("a shift is about", () => {
  for (const [service, lines, person] of [
    ["PagerDuty", ["SUMMARY:On Call - Bob Ng - First line"], "U0BOB"],
    ["Opsgenie", ["SUMMARY:alice@example.com"], "U0ALICE"],
    ["Grafana OnCall", ["SUMMARY:[L1] bob ng"], "U0BOB"],
    [
      "Google",
      ["SUMMARY:Duty", "ATTENDEE;CN=Alice;PARTSTAT=ACCEPTED:mailto:Alice@Example.com"],
      "U0ALICE",
    ],
    ["a name of an attendee", ["SUMMARY:Duty", "ATTENDEE;CN=Bob Ng:mailto:b@example.com"], "U0BOB"],
    ["nobody known", ["SUMMARY:Carol"], "? Carol"],
    ["a name within another", ["SUMMARY:Alan"], "? Alan"],
    ["an escaped title", ["SUMMARY:On call\\, Bob Ng"], "U0BOB"],
    ["no title", [], "? (no title)"],
  ] as const) {
    test(`${service}: ${person}`, () => {
      assert.deepEqual(read(calendarOf([[...MONDAY, ...lines]])), [[...MONDAY_READ, person]]);
    });
  }

  test("two people on duty together", () => {
    const both = [...MONDAY, "SUMMARY:Bob Ng and alice@example.com"];
    assert.deepEqual(
      new Set(read(calendarOf([both])).map(([, , person]) => person)),
      new Set(["U0ALICE", "U0BOB"]),
    );
  });
});

describe("times", () => {
  test("of a rotation by the week, over the change of clocks, with an exception and an override", () => {
    const weekly = [
      "DTSTART;TZID=Europe/Berlin:20261019T090000",
      "DTEND;TZID=Europe/Berlin:20261019T170000",
      "RRULE:FREQ=WEEKLY",
      "EXDATE;TZID=Europe/Berlin:20261130T090000",
      "SUMMARY:Bob Ng",
    ];
    assert.deepEqual(read(calendarOf([weekly])), [
      ["2026-11-23T08:00", "2026-11-23T16:00", "U0BOB"],
    ]);
  });

  test("of days, by the calendar's own zone", () => {
    const days = ["DTSTART;VALUE=DATE:20261123", "DTEND;VALUE=DATE:20261125", "SUMMARY:Bob Ng"];
    const zone = ["X-WR-TIMEZONE:America/New_York"];
    assert.deepEqual(read(calendarOf([days], zone)), [
      ["2026-11-23T05:00", "2026-11-25T05:00", "U0BOB"],
    ]);
    assert.deepEqual(read(calendarOf([days])), [["2026-11-23T00:00", "2026-11-25T00:00", "U0BOB"]]);
  });

  test("of a shift that began before the span", () => {
    const long = ["DTSTART:20261101T000000Z", "DTEND:20261201T000000Z", "SUMMARY:Bob Ng"];
    assert.deepEqual(read(calendarOf([long])), [["2026-11-01T00:00", "2026-12-01T00:00", "U0BOB"]]);
  });

  test("of what is cancelled, outside the span, or without length: none", () => {
    const cancelled = [...MONDAY, "STATUS:CANCELLED", "SUMMARY:Bob Ng"];
    const past = ["DTSTART:20250101T000000Z", "DTEND:20250102T000000Z", "SUMMARY:Bob Ng"];
    const empty = ["DTSTART:20261123T080000Z", "DTEND:20261123T080000Z", "SUMMARY:Bob Ng"];
    assert.deepEqual(read(calendarOf([cancelled, past, empty])), []);
  });
});

describe("is refused, with the reason", () => {
  for (const [what, text, reason] of [
    ["a web page", "<!doctype html><p>Sign in</p>", /not an iCal calendar/],
    ["nothing", "", /not an iCal calendar/],
    [
      "a rule by the second",
      calendarOf([[...MONDAY, "RRULE:FREQ=SECONDLY", "SUMMARY:x"]]),
      /by the minute/,
    ],
  ] as const) {
    test(what, () => {
      assert.throws(() => read(text), reason);
    });
  }
});

/**
 * An iCal text (RFC 5545) -> the shifts in it. An event is a shift; who it is about is whoever of the
 * configured people its attendees or its title name, as PagerDuty ("On Call - Alice Ng - First line"),
 * Opsgenie, Grafana OnCall ("[L1] alice") and calendars made by hand write it.
 */

import ical, { type CalendarResponse, type EventInstance, type VEvent } from "node-ical";
import type { Shift } from "../../incidents/schedule.ts";

export interface CalendarText {
  readonly text: string;
  /** Slack's ids, by e-mail address or name. */
  readonly people: Readonly<Record<string, string>>;
  readonly from: number;
  readonly until: number;
}

/** More shifts in some weeks are no schedule of people. */
const MOST_SHIFTS = 5_000;

/** Throws, with words for the operator, when the text is no calendar or repeats without measure. */
export function calendarShifts({ text, people, from, until }: CalendarText): Shift[] {
  if (!/^\uFEFF?\s*BEGIN:VCALENDAR/i.test(text)) throw new Error("it is not an iCal calendar");
  // Shifts are hours: a rule by the minute would only take time.
  if (/FREQ=(SECONDLY|MINUTELY)/i.test(text)) throw new Error("an event repeats by the minute");
  const calendar = ical.sync.parseICS(text);
  const timeZone = zoneOf(calendar);
  const names = nameMatchers(people);
  const shifts: Shift[] = [];
  for (const event of eventsOf(calendar)) {
    for (const instance of instancesOf(event, from, until)) {
      shifts.push(...shiftsOfInstance(instance, { timeZone, names }));
      if (shifts.length > MOST_SHIFTS) throw new Error(`it holds more than ${MOST_SHIFTS} shifts`);
    }
  }
  return shifts.toSorted((a, b) => a.from - b.from);
}

function eventsOf(calendar: CalendarResponse): VEvent[] {
  return Object.values(calendar).filter(
    (part): part is VEvent => part?.type === "VEVENT" && "start" in part,
  );
}

function instancesOf(event: VEvent, from: number, until: number): EventInstance[] {
  const range = { from: new Date(from), to: new Date(until), expandOngoing: true };
  return ical
    .expandRecurringEvent(event, range)
    .filter((instance) => instance.event.status !== "CANCELLED");
}

interface Reading {
  readonly timeZone: string;
  readonly names: readonly NameMatcher[];
}

function shiftsOfInstance(instance: EventInstance, { timeZone, names }: Reading): Shift[] {
  const edge = (date: Date): number =>
    instance.isFullDay ? midnight(date, timeZone) : date.getTime();
  const times = { from: edge(instance.start), until: edge(instance.end) };
  if (!(times.from < times.until)) return [];
  const title = textOf(instance.summary).trim();
  const attendees = attendeesOf(instance.event);
  const found = names.filter(({ isNamed }) => isNamed(title, attendees));
  if (found.length === 0) return [{ ...times, name: (title || attendees[0]) ?? "(no title)" }];
  const byPerson = new Map(found.map(({ name, person }) => [person, name]));
  return [...byPerson].map(([person, name]) => ({ ...times, name, person }));
}

interface NameMatcher {
  readonly name: string;
  readonly person: string;
  readonly isNamed: (title: string, attendees: readonly string[]) => boolean;
}

/** A name counts as a whole: "Al" is not in "Alice". */
function nameMatchers(people: CalendarText["people"]): NameMatcher[] {
  return Object.entries(people).map(([name, person]) => {
    const wanted = name.trim().toLowerCase();
    return {
      name,
      person,
      isNamed: (title, attendees) =>
        attendees.includes(wanted) || isWholeIn(title.toLowerCase(), wanted),
    };
  });
}

function isWholeIn(text: string, wanted: string): boolean {
  for (let at = text.indexOf(wanted); at !== -1; at = text.indexOf(wanted, at + 1)) {
    const [before = "", after = ""] = [text[at - 1], text[at + wanted.length]];
    if (!LETTER.test(before) && !LETTER.test(after)) return true;
  }
  return false;
}

const LETTER = /[\p{L}\p{N}]/u;

/** Addresses and names, in lower case. */
function attendeesOf({ attendee }: VEvent): string[] {
  const all = attendee === undefined ? [] : [attendee].flat();
  return all.flatMap((each) => {
    if (typeof each === "string") return [addressOf(each)];
    const { CN } = each.params ?? {};
    return [addressOf(each.val), ...(typeof CN === "string" ? [CN.toLowerCase()] : [])];
  });
}

function addressOf(uri: string): string {
  return uri
    .replace(/^mailto:/i, "")
    .trim()
    .toLowerCase();
}

function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  const inner = typeof value === "object" && value !== null && "val" in value ? value.val : "";
  return typeof inner === "string" ? inner : "";
}

/** Of all-day events: a calendar has a zone of its own, and without one a day is UTC's. */
function zoneOf({ vcalendar }: CalendarResponse): string {
  const named: unknown = vcalendar?.["WR-TIMEZONE"];
  if (typeof named !== "string") return "UTC";
  try {
    return new Intl.DateTimeFormat("en", { timeZone: named }).resolvedOptions().timeZone;
  } catch {
    return "UTC";
  }
}

/** The day that the date names in this process's zone, as the moment at which it begins in another. */
function midnight(date: Date, timeZone: string): number {
  const wall = Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  const guess = wall - offsetAt(wall, timeZone);
  // The clock may be set between the two.
  return wall - offsetAt(guess, timeZone);
}

/** How far a zone's clock is ahead of UTC, in milliseconds. */
function offsetAt(ms: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  }).formatToParts(ms);
  const part = (type: string): number => Number(parts.find((each) => each.type === type)?.value);
  const shown = Date.UTC(
    part("year"),
    part("month") - 1,
    part("day"),
    part("hour"),
    part("minute"),
    part("second"),
  );
  return shown - Math.floor(ms / 1_000) * 1_000;
}

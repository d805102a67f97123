/** A time as senders write it -> milliseconds since 1970. */

import { type Complain, textOf } from "./read-labels.ts";

/** Times outside these years are a mistake, and would print as nonsense durations. */
const FIRST_YEAR = 2000;
const LAST_YEAR = 9999;

/** RFC 3339, or as Go prints a time; without its zone it means another moment on every machine. */
const TIME =
  /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d(?:\.\d+)?) ?(Z|UTC|GMT|[+-]\d\d:?\d\d)?(?: [A-Z]{1,5})?(?: m=\S+)?$/i;

/** Larger numbers are milliseconds since 1970, smaller ones seconds. */
const MILLISECONDS_FROM = 1e11;

/** Milliseconds since 1970; undefined after a complaint. */
export function readTime(
  value: unknown,
  place: string,
  complain: Complain = () => undefined,
): number | undefined {
  if (value === undefined || value === null || value === "") {
    return complain(place, "is missing");
  }
  const text = textOf(value).trim();
  if (typeof value === "number" || /^\d{9,13}(?:\.\d+)?$/.test(text)) {
    const number = Number(value);
    return plausible(number < MILLISECONDS_FROM ? number * 1_000 : number, place, complain);
  }
  const match = TIME.exec(text);
  if (match === null) return complain(place, "is not a time such as 2026-01-31T03:04:05Z");
  const [, day = "", time = "", zone] = match;
  if (zone === undefined) complain(place, "has no time zone, so it is read as UTC");
  const offset = zone === undefined || /^[A-Z]/i.test(zone) ? "Z" : zone;
  return plausible(Date.parse(`${day}T${time}${offset}`), place, complain);
}

function plausible(ms: number, place: string, complain: Complain): number | undefined {
  const time = new Date(Math.round(ms));
  if (Number.isNaN(time.getTime())) return complain(place, "is not a date of the calendar");
  const year = time.getUTCFullYear();
  if (year >= FIRST_YEAR && year <= LAST_YEAR) return time.getTime();
  return complain(place, `year ${year}`);
}

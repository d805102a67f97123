/** Hours of the day in which nobody is called. */

import { MINUTE_MS } from "../promql/duration.ts";

/** Minutes since midnight, from the first up to the second, which may be on the next day. */
export interface QuietHours {
  readonly from: number;
  readonly to: number;
  /** IANA's name, such as Europe/Berlin. */
  readonly timeZone: string;
}

const DAY_MINUTES = 1_440;

/** When the quiet hours end in which this moment is, in milliseconds; undefined outside of them. */
export function quietUntil({ from, to, timeZone }: QuietHours, ms: number): number | undefined {
  const minute = minuteOfDay(ms, timeZone);
  const isQuiet = from < to ? minute >= from && minute < to : minute >= from || minute < to;
  if (!isQuiet) return undefined;
  const end = Math.floor(ms / MINUTE_MS) * MINUTE_MS + apart(minute, to) * MINUTE_MS;
  // The clock may have been set in between, for summer time.
  const off = apart(to, minuteOfDay(end, timeZone));
  return end - (off > DAY_MINUTES / 2 ? off - DAY_MINUTES : off) * MINUTE_MS;
}

/** Minutes from one to the next time of the other. */
function apart(from: number, to: number): number {
  return (to - from + DAY_MINUTES) % DAY_MINUTES;
}

function minuteOfDay(ms: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).formatToParts(ms);
  const value = (type: string): number => Number(parts.find((part) => part.type === type)?.value);
  return value("hour") * 60 + value("minute");
}

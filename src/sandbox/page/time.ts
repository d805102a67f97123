/** Times as a reader wants them: the hour today, the day further back. */

const HOUR = new Intl.DateTimeFormat(undefined, { hour: "numeric", minute: "2-digit" });
const FULL = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "medium" });
const DAY = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" });

/** Slack's timestamps are seconds with six decimals. */
export function dateOf(ts: string): Date {
  return new Date(Number(ts) * 1000);
}

/** The hour of a message's timestamp, by the reader's clock. */
export function hourOf(ts: string): string {
  return HOUR.format(dateOf(ts));
}

/** Its date and time. */
export function fullTimeOf(ts: string): string {
  return FULL.format(dateOf(ts));
}

/** Its day: today, yesterday, or the date. */
export function dayOf(ts: string, now: Date): string {
  const date = dateOf(ts);
  if (date.toDateString() === now.toDateString()) return "Today";
  const yesterday = new Date(now.getTime() - 24 * 60 * 60 * 1000);
  if (date.toDateString() === yesterday.toDateString()) return "Yesterday";
  return DAY.format(date);
}

/** "just now", "5 minutes ago", "2 hours ago", then the day. */
export function agoOf(ts: string, now: Date): string {
  const minutes = Math.floor((now.getTime() - dateOf(ts).getTime()) / 60_000);
  if (minutes < 1) return "just now";
  if (minutes < 60) return minutes === 1 ? "1 minute ago" : `${minutes} minutes ago`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return hours === 1 ? "1 hour ago" : `${hours} hours ago`;
  return dayOf(ts, now);
}

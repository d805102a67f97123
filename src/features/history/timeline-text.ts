/** Times and strangers' words, as the Markdown of a timeline has them. */

import { line } from "../../block-kit/text.ts";

/** A person's name by their id, as far as it is known. */
export type NameOf = (id: string) => string;

/** Beyond the year 275760 a time is none, and a silence may be made until any. */
const LATEST_MS = 8.64e15;

/** Outside of the list, whose heading names the zone. */
export function utc(ms: number): string {
  return `${timeText(ms)} UTC`;
}

/** A moment in milliseconds as date and time in UTC; one outside of the calendar is said to be none. */
export function timeText(ms: number): string {
  if (!(Math.abs(ms) <= LATEST_MS)) return "(no date)";
  return new Date(ms).toISOString().slice(0, 19).replace("T", " ");
}

/** A code span around any text: its fence is longer than every run of backticks in it. */
export function inCode(text: string, most = 300): string {
  const shown = line(text, most);
  if (shown === "") return "(empty)";
  const runs = [...shown.matchAll(/`+/g)].map(([run]) => run.length);
  const fence = "`".repeat(Math.max(0, ...runs) + 1);
  const pad = /^`|`$/.test(shown) ? " " : "";
  return `${fence}${pad}${shown}${pad}${fence}`;
}

/** Slack's dates as a reader sees them: in the reader's zone, beginning with a capital letter. */

interface DateElement {
  readonly format: string;
  /** Seconds since 1970. */
  readonly timestamp: number;
  /** What is shown when the format cannot be. */
  readonly fallback: string;
}

type Draw = (date: Date, now: Date) => string;

const drawn = (options: Intl.DateTimeFormatOptions): Draw => {
  const format = new Intl.DateTimeFormat("en-US", options);
  return (date) => format.format(date);
};

const TIME = drawn({ hour: "numeric", minute: "2-digit" });
const DAY = drawn({ month: "long", day: "numeric", year: "numeric" });
const SHORT_DAY = drawn({ month: "short", day: "numeric", year: "numeric" });
const LONG_DAY = drawn({ weekday: "long", month: "long", day: "numeric", year: "numeric" });

/** docs.slack.dev/reference/block-kit/block-elements/date-element; those that the bot may use. */
const TOKENS: ReadonlyMap<string, Draw> = new Map([
  ["{time}", TIME],
  ["{time_secs}", drawn({ hour: "numeric", minute: "2-digit", second: "2-digit" })],
  ["{date}", DAY],
  ["{date_short}", SHORT_DAY],
  ["{date_long}", LONG_DAY],
  ["{date_pretty}", orNear(DAY)],
  ["{date_short_pretty}", orNear(SHORT_DAY)],
  ["{date_long_pretty}", orNear(LONG_DAY)],
]);

/** The text of a date; its fallback where a token is not one of the table. */
export function shownDate({ format, timestamp, fallback }: DateElement, now: Date): string {
  const date = new Date(timestamp * 1_000);
  if (Number.isNaN(date.getTime())) return fallback;
  let isKnown = true;
  const text = format.replaceAll(/\{\w+\}/g, (token) => {
    const draw = TOKENS.get(token);
    isKnown &&= draw !== undefined;
    return draw?.(date, now) ?? "";
  });
  return isKnown ? text.slice(0, 1).toUpperCase() + text.slice(1) : fallback;
}

const NEAR_DAYS: ReadonlyMap<number, string> = new Map([
  [-1, "yesterday"],
  [0, "today"],
  [1, "tomorrow"],
]);

function orNear(day: Draw): Draw {
  return (date, now) => NEAR_DAYS.get(daysBetween(now, date)) ?? day(date, now);
}

/** Of calendar days in the reader's zone; rounded, since a day may have 23 or 25 hours. */
function daysBetween(from: Date, to: Date): number {
  const midnight = (date: Date): number =>
    new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
  return Math.round((midnight(to) - midnight(from)) / 86_400_000);
}

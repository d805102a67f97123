/** Times and durations in words. */

const STEPS: readonly (readonly [unit: string, ms: number])[] = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["min", 60_000],
  ["s", 1_000],
];

/** "45 s", "12 min", "3 h 20 min", "2 d 4 h": the two largest units, zero ones left out. */
export function duration(ms: number): string {
  const first = STEPS.findIndex(([, size]) => ms >= size);
  const largest = STEPS[first];
  if (largest === undefined) return "less than a second";
  const whole = Math.floor(ms / largest[1]);
  const next = STEPS[first + 1];
  const rest = next === undefined ? 0 : Math.floor((ms % largest[1]) / next[1]);
  const head = `${whole} ${largest[0]}`;
  return next === undefined || rest === 0 ? head : `${head} ${rest} ${next[0]}`;
}

/** What a date can hold (ECMA-262, "Time Values"), less a day; beyond it nobody plans. */
const LAST_MOMENT_MS = 8.64e15 - 86_400_000;

/** "14:02 UTC", for who cannot see the reader's own zone. */
export function utcClock(ms: number): string {
  const shown = Math.min(LAST_MOMENT_MS, Math.max(-LAST_MOMENT_MS, Math.round(ms) || 0));
  return `${new Date(shown).toISOString().slice(11, 16)} UTC`;
}

/**
 * How Slack shows a day and its time: "8:36 PM today". The time stands first, since Slack begins every date
 * with a capital letter, which "since Today" would have in the middle of a sentence
 * (metacpan.org/pod/Slack::BlockKit::Block::RichText::Date).
 */
export const DAY_AND_TIME = "{time} {date_short_pretty}";

/** A time that Slack shows in the reader's own zone, with UTC for those who cannot see it. */
export function moment(at: number): string {
  const ms = Math.min(LAST_MOMENT_MS, Math.max(-LAST_MOMENT_MS, Math.round(at) || 0));
  const utc = new Date(ms).toISOString().replace("T", " ").slice(0, 16);
  return `<!date^${Math.floor(ms / 1000)}^${DAY_AND_TIME}|${utc} UTC>`;
}

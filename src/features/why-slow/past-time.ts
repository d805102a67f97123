/** "three hours ago", "in the last 6 hours", "last night" -> the window of `last:` that holds that time. */

const AMOUNT = "\\d{1,3}|an?|one|two|three|four|five|six";
const AGO = `(?<ago>${AMOUNT}) ?(?<agoUnit>min(?:ute)?s?|hours?|hrs?|h|days?|d) ago`;
const LATELY =
  "(?:in|over|during|within|for) the (?:last|past) (?:(?<lately>\\d{1,3}) ?)?(?<unit>min(?:ute)?s?|hours?|hrs?|h|days?|d)";

/** A piece of a spoken form. */
export const PAST_TIME = `(?:${AGO}|${LATELY}|(?<day>yesterday|last night|overnight|tonight|today|this morning))`;

const WORDS: Readonly<Record<string, number>> = {
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
};

/** The window as an option is written ("4h"), from what `PAST_TIME` found; undefined for no time. */
export function lastOfWords(words: Readonly<Record<string, string>>): string | undefined {
  const { ago, agoUnit = "", lately = "1", unit, day } = words;
  if (day !== undefined) return day === "yesterday" ? "2d" : "1d";
  if (unit !== undefined) return `${lately}${letterOf(unit)}`;
  if (ago === undefined) return undefined;
  const amount = WORDS[ago.toLowerCase()] ?? Number(ago);
  // What was so three hours ago began before that.
  return letterOf(agoUnit) === "m" ? `${amount + 30}m` : `${amount + 1}${letterOf(agoUnit)}`;
}

function letterOf(unit: string): string {
  return unit.charAt(0).toLowerCase();
}

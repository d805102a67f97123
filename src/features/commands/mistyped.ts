/** A first word that is nearly a subcommand's name: what was probably meant. */

import { editDistance } from "../../spelling/edit-distance.ts";

/** One mistake in so many letters still counts as the subcommand: "helth", but not "heap" or "hello". */
const LETTERS_PER_MISTAKE = 3;
/** Commands that take no words: "heap is full" is no call for help. */
const WITHOUT_WORDS: ReadonlySet<string> = new Set(["help", "gaps"]);
/** Words like those of subcommands with which questions begin, too. */
const ORDINARY = new Set(["alert", "alerting", "topic", "charts", "lags", "lagging"]);
/** One letter from "lag", and never meant for it. */
const OTHER_WORDS = new Set(["log", "logs", "leg", "tag", "flag", "lab", "bag", "large"]);

/** The subcommand that a word was meant for, given what follows it; undefined for a word of its own. */
export function meantSubcommand(
  names: readonly string[],
  word: string,
  rest: string,
): string | undefined {
  const near = nearestSubcommand(names, word);
  if (near === undefined || (WITHOUT_WORDS.has(near) && rest !== "")) return undefined;
  return isOrdinary(word, rest) ? undefined : near;
}

function isOrdinary(word: string, rest: string): boolean {
  const lower = word.toLowerCase();
  return OTHER_WORDS.has(lower) || (ORDINARY.has(lower) && rest.includes(" "));
}

/** People mistype the first letter least: "reach" and "death" are words of their own. */
function nearestSubcommand(names: readonly string[], word: string): string | undefined {
  const typed = word.toLowerCase();
  const [best] = names
    .map((name) => ({ name, mistakes: editDistance(name, typed, name.length) }))
    .toSorted((a, b) => a.mistakes - b.mistakes);
  if (best === undefined || best.mistakes > best.name.length / LETTERS_PER_MISTAKE)
    return undefined;
  return best.mistakes === 1 || best.name[0] === typed[0] ? best.name : undefined;
}

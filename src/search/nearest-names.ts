/** The names that look most like what was typed, for a hint after a typing mistake. */

import { distance } from "fastest-levenshtein";

/** More suggestions are a list to search in, not a hint. */
const MOST = 5;

/** Bounds the work where strangers invent the names. */
const MOST_NAMES = 20_000;
const LONGEST = 200;

/** Names that hold the typed text come first, then those within one mistake in three letters. */
export function nearestNames(typed: string, names: Iterable<string>): string[] {
  const wanted = plainName(typed);
  if (wanted === "") return [];
  const found: { name: string; mistakes: number }[] = [];
  let seen = 0;
  for (const name of new Set(names)) {
    if (++seen > MOST_NAMES) break;
    const plain = plainName(name);
    const mistakes = plain.includes(wanted) ? 0 : distance(plain, wanted);
    if (mistakes <= Math.ceil(wanted.length / 3)) found.push({ name, mistakes });
  }
  return found
    .toSorted((a, b) => a.mistakes - b.mistakes || a.name.length - b.name.length || order(a, b))
    .slice(0, MOST)
    .map(({ name }) => name);
}

function order(a: { name: string }, b: { name: string }): number {
  return a.name < b.name ? -1 : 1;
}

/** Case and the marks between words are what people get wrong first. */
function plainName(name: string): string {
  return name
    .slice(0, LONGEST)
    .toLowerCase()
    .replace(/[\s_.-]+/g, "");
}

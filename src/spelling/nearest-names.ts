/** The names that look most like what was typed, for a hint after a typing mistake. */

import { editDistance } from "./edit-distance.ts";

/** More suggestions are a list to search in, not a hint. */
const MOST = 5;

/** Bounds the work where strangers invent the names. */
const MOST_NAMES = 20_000;
const LONGEST = 200;

/**
 * Names that hold the typed text come first, then those within one mistake in three letters, as the
 * measure counts mistakes: over the whole name, unless the caller has another.
 */
export function nearestNames(
  typed: string,
  names: Iterable<string>,
  mistakesOf: (wanted: string, name: string, limit: number) => number = editDistance,
): string[] {
  const wanted = plainName(typed);
  if (wanted === "") return [];
  const tolerated = Math.ceil(wanted.length / 3);
  const found: { name: string; mistakes: number }[] = [];
  let seen = 0;
  for (const name of new Set(names)) {
    if (++seen > MOST_NAMES) break;
    const plain = plainName(name);
    const mistakes = plain.includes(wanted) ? 0 : mistakesOf(wanted, plain, tolerated);
    if (mistakes <= tolerated) found.push({ name, mistakes });
  }
  return found
    .toSorted((a, b) => a.mistakes - b.mistakes || a.name.length - b.name.length || order(a, b))
    .slice(0, MOST)
    .map(({ name }) => name);
}

/** The same among the names that can be typed as one word of a command. */
export function nearestTypable(typed: string, names: readonly string[]): string[] {
  return nearestNames(
    typed,
    names.filter((name) => !/\s/.test(name)),
  );
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

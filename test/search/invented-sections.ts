/** Collections of any size for measuring speed: the same for the same sections and number. */

import type { SearchSection } from "../../src/search/section.ts";

/** How many of a section's words are exchanged for invented ones, so that no two are alike. */
const EXCHANGED = 0.3;

/** A company's runbooks have about this many different words per thousand sections. */
const INVENTED_WORDS = 30_000;

const SYLLABLES = "ba co di fu ga he ji ko lu ma ne po qui ra sto tri ul ver wex yan zor".split(
  " ",
);

/**
 * Makes `count` sections of pages with `perPage` headings each, by mixing the given ones:
 * words are exchanged for invented ones, rare and common as in a language (Zipf).
 */
export function inventSections(
  originals: readonly SearchSection[],
  count: number,
  perPage = 6,
): SearchSection[] {
  const random = createRandom(42);
  return Array.from({ length: count }, (_, n) => {
    const original = originals[Math.floor(random() * originals.length)];
    const page = Math.floor(n / perPage);
    const name = `${capital(inventWord(page))}${capital(inventWord(page * 7 + 3))}High`;
    const heading = original?.headings.at(-1) ?? "Meaning";
    return {
      id: `collection/${name}.md#${n}`,
      file: `collection/${name}.md`,
      title: name,
      headings: [name, heading],
      text: (original?.text ?? "").replace(/[a-z]{3,}/g, (word) =>
        random() < EXCHANGED ? inventWord(Math.floor(INVENTED_WORDS ** random())) : word,
      ),
    };
  });
}

/** Numbers from 0 to 1, the same every time for one seed (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function inventWord(number: number): string {
  let rest = number;
  let word = "";
  do {
    word += SYLLABLES[rest % SYLLABLES.length] ?? "";
    rest = Math.floor(rest / SYLLABLES.length);
  } while (rest > 0);
  return `${word}an`;
}

function capital(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}

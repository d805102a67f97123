/** What a person asked in an alert's thread -> the kind of question, or a question to the runbooks. */

import { editDistance } from "../../spelling/edit-distance.ts";
import { FILLER, PHRASINGS, type ThreadKind } from "./thread-words.ts";

export type ThreadQuestion = { readonly kind: ThreadKind } | { readonly kind: "search" };

/** More words than this are a story, or a pasted log. */
const MOST_WORDS = 20;

/** `names` are words of the alert itself: its name, its labels' values, its target. */
export function parseThreadQuestion(text: string, names: readonly string[]): ThreadQuestion {
  const own = new Set(names.flatMap(wordsOf));
  const typed = wordsOf(text).map((word) => (own.has(word) ? word : mended(word)));
  if (typed.length === 0 || typed.length > MOST_WORDS) return { kind: "search" };
  const found = PHRASINGS.find(({ groups, also }) => {
    const isSaid = groups.every((group) => typed.some((word) => group.has(word)));
    const isAll = typed.every(
      (word) =>
        FILLER.has(word) ||
        also.has(word) ||
        own.has(word) ||
        groups.some((each) => each.has(word)),
    );
    return isSaid && isAll;
  });
  return { kind: found?.kind ?? "search" };
}

function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .replace(/['’`]/g, "")
    .split(/[^\p{L}\p{N}_-]+/u)
    .filter((word) => word !== "");
}

/** All words that count, in the order in which a mistyped one is taken for one of them. */
const KNOWN: readonly string[] = [
  ...new Set([
    ...PHRASINGS.flatMap(({ groups }) => groups.flatMap((group) => [...group])),
    ...FILLER,
  ]),
];
const DICTIONARY: ReadonlySet<string> = new Set([
  ...KNOWN,
  ...PHRASINGS.flatMap(({ also }) => [...also]),
]);

/** Short words are easily mistaken for each other; only a swap of two letters is mended in them. */
const SHORTEST_MENDED = 4;
const LONG = 8;

function mended(word: string): string {
  if (DICTIONARY.has(word)) return word;
  const isShort = word.length < SHORTEST_MENDED;
  const limit = word.length >= LONG ? 2 : 1;
  const near = KNOWN.find((known) =>
    isShort || known.length < SHORTEST_MENDED
      ? isSwap(word, known)
      : editDistance(word, known, limit) <= limit,
  );
  return near ?? word;
}

function isSwap(word: string, known: string): boolean {
  const sorted = (text: string): string =>
    text
      .split("")
      .toSorted((a, b) => (a < b ? -1 : 1))
      .join("");
  return word.length === known.length && sorted(word) === sorted(known);
}

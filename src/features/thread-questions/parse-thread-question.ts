/** What a person asked in an alert's thread -> the kind of question, or a question to the runbooks. */

import { editDistance } from "../../spelling/edit-distance.ts";
import { FILLER, PHRASINGS, type ThreadKind } from "./thread-words.ts";

export type ThreadQuestion = { readonly kind: ThreadKind } | { readonly kind: "search" };

/** More words than this are a story, or a pasted log. */
const MOST_WORDS = 20;

/** What may be asked of the incident as a whole, whatever is told before it. */
const OF_INCIDENT: ReadonlySet<ThreadKind> = new Set(["bad", "still", "owner", "since"]);

/** "Checkout is down, how bad is it": the last part of a text, when it is a question of its own. */
const LAST_QUESTION =
  /[.,;:!?\u2013\u2014\n]\s+((?:is|are|has|did|who|since|when|how (?:bad|serious|severe|urgent|long))\b[^.,;:!?\n]+)\W*$/i;

/** `names` are words of the alert itself: its name, its labels' values, its target. */
export function parseThreadQuestion(text: string, names: readonly string[]): ThreadQuestion {
  const own = new Set(names.flatMap(wordsOf));
  const whole = wordsOf(text);
  if (whole.length > MOST_WORDS) return { kind: "search" };
  const kind = kindOf(
    whole.map((word) => (own.has(word) ? word : mended(word))),
    own,
  );
  if (kind !== undefined) return { kind };
  // Of a sentence that tells something any word may be meant as it stands.
  const last = kindOf(wordsOf(LAST_QUESTION.exec(text)?.[1] ?? ""), own);
  return { kind: last !== undefined && OF_INCIDENT.has(last) ? last : "search" };
}

function kindOf(typed: readonly string[], own: ReadonlySet<string>): ThreadKind | undefined {
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
  return found?.kind;
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
/** People mistype the first letter least: "wake" is no "take". */
const SHORT = 5;
const LONG = 8;

function mended(word: string): string {
  if (DICTIONARY.has(word)) return word;
  const isShort = word.length < SHORTEST_MENDED;
  const limit = word.length >= LONG ? 2 : 1;
  const near = KNOWN.find((known) =>
    isShort || known.length < SHORTEST_MENDED || (word.length <= SHORT && word[0] !== known[0])
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

/** The words that occur, as written, and the nearest of them to one that does not. */

import { editDistance } from "../spelling/edit-distance.ts";
import { createTrigramIndex } from "./trigram-index.ts";

export type Vocabulary = {
  add(words: Iterable<string>): void;
  has(word: string): boolean;
  /** The word meant by a mistyped one, or undefined when none is near enough. */
  mend(word: string): string | undefined;
};

/** Below this a word has too many neighbours. */
const SHORTEST = 4;

/** What is compared letter by letter: one error changes up to three of a word's trigrams. */
const CANDIDATES = { limit: 60, leastShare: 0.2 };

export function createVocabulary(): Vocabulary {
  const words: string[] = [];
  const uses: number[] = [];
  const numbers = new Map<string, number>();
  const trigrams = createTrigramIndex();
  return {
    add(more) {
      for (const word of more) {
        const known = numbers.get(word);
        if (known !== undefined) {
          uses[known] = (uses[known] ?? 0) + 1;
        } else if (word.length >= SHORTEST - 1 && word.length <= 40 && /^\p{L}+$/u.test(word)) {
          numbers.set(word, words.length);
          trigrams.add(word, words.length);
          words.push(word);
          uses.push(1);
        }
      }
    },
    has: (word) => numbers.has(word),
    mend(word) {
      if (word.length < SHORTEST || !/^\p{L}+$/u.test(word)) return undefined;
      const limit = allowedErrors(word);
      let best: { word: string; distance: number; uses: number } | undefined;
      for (const key of trigrams.nearest(word, CANDIDATES)) {
        const candidate = words[key] ?? "";
        const distance = editDistance(word, candidate, limit);
        if (distance > limit || !beginsAlike(word, candidate)) continue;
        const seen = uses[key] ?? 0;
        const nearer = best === undefined || distance < best.distance;
        if (nearer || (distance === best?.distance && seen > best.uses)) {
          best = { word: candidate, distance, uses: seen };
        }
      }
      return best?.word;
    },
  };
}

/** One error, two in a long word: "checkout" is two letters from "checksum", and another word. */
function allowedErrors(word: string): number {
  return word.length >= 10 ? 2 : 1;
}

/** People mistype the first letter least: "cart" is no "part". A long word is itself all the same. */
function beginsAlike(word: string, candidate: string): boolean {
  if (word.length >= 8 || word[0] === candidate[0]) return true;
  return word[0] === candidate[1] && word[1] === candidate[0];
}

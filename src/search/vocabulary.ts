/** The words that occur, as written, and the nearest of them to one that does not. */

import { editDistance } from "../spelling/edit-distance.ts";
import { createTrigramIndex } from "./trigram-index.ts";

export type Vocabulary = {
  add(words: Iterable<string>): void;
  has(word: string): boolean;
  /** The word meant by a mistyped one, among those that are still said; undefined when none is near enough. */
  mend(word: string, isSaid?: (word: string) => boolean): string | undefined;
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
    mend(word, isSaid = () => true) {
      if (word.length < SHORTEST || !/^\p{L}+$/u.test(word)) return undefined;
      const limit = allowedErrors(word);
      let best: { word: string; distance: number; uses: number } | undefined;
      const swapped = swapsOf(word).flatMap((other) => numbers.get(other) ?? []);
      for (const key of [...swapped, ...trigrams.nearest(word, CANDIDATES)]) {
        const candidate = words[key] ?? "";
        const distance = editDistance(word, candidate, limit);
        const seen = uses[key] ?? 0;
        if (distance > limit || !isPlausible(word, candidate, seen) || !isSaid(candidate)) continue;
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

/**
 * People mistype the first letter least: "cart" is no "part". A long word is itself all the same. A short
 * one is a letter away from many others, and "cart" is no "cat", "carts" no "certs": it is taken for one
 * that many sections have, or where letters only changed places or stand there twice.
 */
function isPlausible(word: string, candidate: string, uses: number): boolean {
  if (word.length >= LONG) return true;
  if (isSwapped(word, candidate) || isDoubled(word, candidate)) return true;
  if (word.length <= SHORTEST || word[0] !== candidate[0]) return false;
  return word.length >= SHORT || uses >= USUAL;
}

const LONG = 8;
const SHORT = 6;
/** So many sections have a word that is met everywhere. */
const USUAL = 40;

/** Two letters that change places leave nothing of a short word's trigrams. */
function swapsOf(word: string): string[] {
  return Array.from(
    { length: word.length - 1 },
    (_, at) => word.slice(0, at) + word.charAt(at + 1) + word.charAt(at) + word.slice(at + 2),
  );
}

function isSwapped(word: string, candidate: string): boolean {
  const sorted = (text: string): string => Array.from(text).sort().join("");
  return word.length === candidate.length && sorted(word) === sorted(candidate);
}

function isDoubled(word: string, candidate: string): boolean {
  const single = (text: string): string => text.replace(/(.)\1+/gu, "$1");
  return single(word) === single(candidate);
}

/** The words that occur, as written, and the nearest of them to one that does not. */

import { editDistance } from "../spelling/edit-distance.ts";
import { stem } from "./stem.ts";
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

/** An empty vocabulary, which counts how often each word was added. */
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
      const swapped = swapsOf(word).flatMap((other) => numbers.get(other) ?? []);
      const near: Neighbour[] = [];
      for (const key of new Set([...swapped, ...trigrams.nearest(word, CANDIDATES)])) {
        const candidate = words[key] ?? "";
        const distance = editDistance(word, candidate, limit);
        if (distance > limit || !isSaid(candidate)) continue;
        near.push({ word: candidate, distance, uses: uses[key] ?? 0 });
      }
      const plausible = near.filter((other) => isPlausible(word, other));
      const twice = (): string | undefined =>
        stuttersOf(word).find((other) => numbers.has(other) && isSaid(other));
      return nearestOf(plausible)?.word ?? twice() ?? onlyFuller(word, near);
    },
  };
}

type Neighbour = { word: string; distance: number; uses: number };

function nearestOf(near: readonly Neighbour[]): Neighbour | undefined {
  return near.toSorted((a, b) => a.distance - b.distance || b.uses - a.uses)[0];
}

/** A short word that lacks a letter of one word and is near no other: "toic" can only be "topic". */
function onlyFuller(word: string, near: readonly Neighbour[]): string | undefined {
  const meant = new Set(near.map((other) => stem(other.word)));
  const fuller = near.find((other) => other.word.length > word.length && other.word[0] === word[0]);
  return meant.size === 1 && fuller !== undefined ? fuller.word : undefined;
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
function isPlausible(word: string, { word: candidate, uses }: Neighbour): boolean {
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

/** "Partion" lacks letters that stand twice in a row: each two or three letters, said again. */
function stuttersOf(word: string): string[] {
  if (word.length < SHORT) return [];
  return [2, 3].flatMap((length) =>
    Array.from(
      { length: word.length - length },
      (_, at) => word.slice(0, at + length) + word.slice(at),
    ),
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

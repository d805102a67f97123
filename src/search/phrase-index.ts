/**
 * How near a question is to one of the phrases that a section names as people's own words. The word
 * route sees a section's symptoms as one heap of words: "list connected clients" and "clients
 * disconnect all the time" are nearly the same to it. A phrase counts as a whole.
 */

import { isThingTerm, thingTerm } from "./prepare-section.ts";
import type { Concept } from "./read-question.ts";
import { splitWords } from "./split-words.ts";
import { stem } from "./stem.ts";
import { STOP_WORDS } from "./stop-words.ts";
import type { Thesaurus } from "./thesaurus.ts";

export type PhraseIndex = {
  add(section: number, phrases: readonly string[]): void;
  remove(section: number): void;
  /**
   * 0 to 1: the part of the question that the section's nearest phrase has, times the part of the
   * phrase that the question has. Undefined for a section without phrases.
   */
  nearness(section: number, concepts: readonly Concept[]): number | undefined;
};

/** A phrase, word by word: the terms that each may be met as. */
type Phrase = readonly ReadonlySet<string>[];

/** The phrases of one section, by the terms that their words may be met as. */
type SectionPhrases = {
  /** How many words each has. */
  lengths: readonly number[];
  /** For each term, the words that it meets: the phrase's number, then the word's. */
  met: ReadonlyMap<string, readonly number[]>;
};

/** Words of a phrase that are compared: a bit of a number each. */
const MOST_WORDS = 31;

/** `thesaurus` must be the one that questions are read with. */
export function createPhraseIndex(thesaurus: Thesaurus): PhraseIndex {
  const phrasesOf = new Map<number, SectionPhrases>();
  return {
    add(section, phrases) {
      const split = phrases.map((phrase) => splitPhrase(phrase, thesaurus));
      const telling = split.filter((phrase) => phrase.length > 0);
      if (telling.length > 0) phrasesOf.set(section, byTerm(telling));
    },
    remove(section) {
      phrasesOf.delete(section);
    },
    nearness(section, concepts) {
      const phrases = phrasesOf.get(section);
      return phrases === undefined ? undefined : nearest(phrases, concepts);
    },
  };
}

function splitPhrase(text: string, thesaurus: Thesaurus): Phrase {
  const { parts } = splitWords(text);
  const stems = parts.map(stem);
  const words = stems.map((term) => new Set([term]));
  for (const { thing, from, length } of thesaurus.thingsIn(stems)) {
    for (const terms of words.slice(from, from + length)) terms.add(thingTerm(thing));
  }
  return words.filter((_, at) => !STOP_WORDS.has(parts[at] ?? "")).slice(0, MOST_WORDS);
}

function byTerm(phrases: readonly Phrase[]): SectionPhrases {
  const met = new Map<string, number[]>();
  for (const [phrase, words] of phrases.entries()) {
    for (const [word, terms] of words.entries()) {
      for (const term of terms) {
        const places = met.get(term) ?? [];
        places.push(phrase, word);
        met.set(term, places);
      }
    }
  }
  // A list that grew keeps room for a dozen more, and most lists hold one place.
  const exact = Array.from(met, ([term, places]) => [term, places.slice()] as const);
  return { lengths: phrases.map(({ length }) => length), met: new Map(exact) };
}

/** Only the phrases that a word of the question meets are gone through: a section may have hundreds. */
function nearest({ lengths, met }: SectionPhrases, concepts: readonly Concept[]): number {
  const asked = concepts.reduce((sum, { weight }) => sum + weight, 0);
  if (asked === 0) return 0;
  const weights = new Map<number, number>();
  const reached = new Map<number, number>();
  for (const concept of concepts) {
    for (const [phrase, counts] of metBy(concept, met, reached)) {
      weights.set(phrase, (weights.get(phrase) ?? 0) + counts * concept.weight);
    }
  }
  let best = 0;
  for (const [phrase, weight] of weights) {
    const words = bitsOf(reached.get(phrase) ?? 0) / (lengths[phrase] ?? 1);
    best = Math.max(best, (weight / asked) * words);
  }
  return best;
}

/** The phrases that have the word, with how much it counts in each; notes which of their words it meets. */
function metBy(
  { variants }: Concept,
  met: SectionPhrases["met"],
  reached: Map<number, number>,
): ReadonlyMap<number, number> {
  const counted = new Map<number, number>();
  for (const [term, counts] of variants) {
    const places = met.get(term);
    if (places === undefined) continue;
    const share = isThingTerm(term) ? counts : 1;
    for (let at = 0; at < places.length; at += 2) {
      const [phrase = 0, word = 0] = [places[at], places[at + 1]];
      counted.set(phrase, Math.max(share, counted.get(phrase) ?? 0));
      reached.set(phrase, (reached.get(phrase) ?? 0) | (1 << word));
    }
  }
  return counted;
}

function bitsOf(set: number): number {
  let bits = 0;
  for (let left = set; left !== 0; left &= left - 1) bits += 1;
  return bits;
}

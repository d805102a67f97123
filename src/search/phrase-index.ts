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

/** `thesaurus` must be the one that questions are read with. */
export function createPhraseIndex(thesaurus: Thesaurus): PhraseIndex {
  const phrasesOf = new Map<number, readonly Phrase[]>();
  return {
    add(section, phrases) {
      const split = phrases.map((phrase) => splitPhrase(phrase, thesaurus));
      const telling = split.filter((phrase) => phrase.length > 0);
      if (telling.length > 0) phrasesOf.set(section, telling);
    },
    remove(section) {
      phrasesOf.delete(section);
    },
    nearness(section, concepts) {
      const phrases = phrasesOf.get(section);
      return phrases?.reduce((best, phrase) => Math.max(best, nearnessOf(phrase, concepts)), 0);
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
  return words.filter((_, at) => !STOP_WORDS.has(parts[at] ?? ""));
}

function nearnessOf(phrase: Phrase, concepts: readonly Concept[]): number {
  let [asked, met] = [0, 0];
  const reached = new Set<ReadonlySet<string>>();
  for (const { weight, variants } of concepts) {
    asked += weight;
    let best = 0;
    for (const [term, counts] of variants) {
      const words = phrase.filter((terms) => terms.has(term));
      if (words.length === 0) continue;
      best = Math.max(best, isThingTerm(term) ? counts : 1);
      for (const word of words) reached.add(word);
    }
    met += best * weight;
  }
  return asked === 0 ? 0 : (met / asked) * (reached.size / phrase.length);
}

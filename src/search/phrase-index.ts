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
   * For those of the sections that have phrases, 0 to 1: the part of the question that the section's
   * nearest phrase has, times the part of the phrase that the question has.
   */
  nearness(concepts: readonly Concept[], sections: readonly number[]): Map<number, number>;
};

/** A phrase, word by word: the terms that each may be met as. */
type Phrase = readonly ReadonlySet<string>[];

/** The phrases of all sections, numbered as they come; those of a removed section leave gaps. */
type AllPhrases = {
  /** The sections that have any. */
  having: Set<number>;
  /** By number: how many words each has, and whose it is. */
  lengths: number[];
  sectionOf: number[];
  /**
   * For each term, section by section: the section, how many words of its phrases the term meets, and
   * of each of these the phrase's number and the word's place in it.
   */
  met: Map<string, number[]>;
};

/** Words of a phrase that are compared: a bit of a number each. */
const MOST_WORDS = 31;

/** `thesaurus` must be the one that questions are read with. */
export function createPhraseIndex(thesaurus: Thesaurus): PhraseIndex {
  const all: AllPhrases = { having: new Set(), lengths: [], sectionOf: [], met: new Map() };
  let tally = createTally(all);
  return {
    add(section, phrases) {
      const split = phrases.map((phrase) => splitPhrase(phrase, thesaurus));
      const telling = split.filter((phrase) => phrase.length > 0);
      if (telling.length > 0) addPhrases(all, section, telling);
    },
    remove(section) {
      all.having.delete(section);
    },
    nearness(concepts, sections) {
      if (tally.weights.length < all.lengths.length) tally = createTally(all);
      const wanted = sections.filter((section) => all.having.has(section));
      return nearest(concepts, { all, tally, wanted });
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

function addPhrases(all: AllPhrases, section: number, phrases: readonly Phrase[]): void {
  const own = new Map<string, number[]>();
  for (const words of phrases) {
    for (const [word, terms] of words.entries()) {
      for (const term of terms) {
        const places = own.get(term) ?? [];
        places.push(all.lengths.length, word);
        own.set(term, places);
      }
    }
    all.lengths.push(words.length);
    all.sectionOf.push(section);
  }
  all.having.add(section);
  for (const [term, places] of own) {
    const run = [section, places.length / 2, ...places];
    const known = all.met.get(term);
    // A list that grew keeps room for a dozen more, and most lists hold one section.
    if (known === undefined) all.met.set(term, run);
    else for (const each of run) known.push(each);
  }
}

/** What one question meets; empty between questions. */
type Tally = {
  /** By section: whether it is asked about, and how near its nearest phrase is. */
  isWanted: Uint8Array;
  nearest: Float64Array;
  /** By phrase: how much of the question it has, and which of its words were met, a bit each. */
  weights: Float64Array;
  reached: Int32Array;
  /** How much the present word of the question counts in it. */
  counted: Float64Array;
};

function createTally({ lengths, sectionOf }: AllPhrases): Tally {
  const sections = 1 + (sectionOf.at(-1) ?? 0);
  return {
    isWanted: new Uint8Array(sections),
    nearest: new Float64Array(sections),
    weights: new Float64Array(lengths.length),
    reached: new Int32Array(lengths.length),
    counted: new Float64Array(lengths.length),
  };
}

type Asking = { all: AllPhrases; tally: Tally; wanted: readonly number[] };

function nearest(concepts: readonly Concept[], asking: Asking): Map<number, number> {
  const { all, tally, wanted } = asking;
  const asked = concepts.reduce((sum, { weight }) => sum + weight, 0);
  if (asked === 0) return new Map(wanted.map((section) => [section, 0]));
  for (const section of wanted) tally.isWanted[section] = 1;
  const met: number[] = [];
  for (const concept of concepts) meetBy(concept, asking, met);
  for (const phrase of met) {
    const section = all.sectionOf[phrase] ?? 0;
    const words = bitsOf(tally.reached[phrase] ?? 0) / (all.lengths[phrase] ?? 1);
    const nearness = ((tally.weights[phrase] ?? 0) / asked) * words;
    if (nearness > (tally.nearest[section] ?? 0)) tally.nearest[section] = nearness;
    tally.weights[phrase] = 0;
    tally.reached[phrase] = 0;
  }
  const near = new Map<number, number>();
  for (const section of wanted) {
    near.set(section, tally.nearest[section] ?? 0);
    tally.nearest[section] = 0;
    tally.isWanted[section] = 0;
  }
  return near;
}

/** Notes how much the word counts in each phrase that has it, and which of its words it meets. */
function meetBy({ variants, weight }: Concept, { all, tally }: Asking, met: number[]): void {
  const { weights, counted } = tally;
  const phrases: number[] = [];
  for (const [term, counts] of variants) {
    const places = all.met.get(term);
    const share = isThingTerm(term) ? counts : 1;
    if (places !== undefined) meet(places, tally, { share, phrases, met });
  }
  for (const phrase of phrases) {
    weights[phrase] = (weights[phrase] ?? 0) + (counted[phrase] ?? 0) * weight;
    counted[phrase] = 0;
  }
}

/** Everything waits for this loop: a word of the field stands in hundreds of phrases. */
function meet(
  places: readonly number[],
  { isWanted, reached, counted }: Tally,
  { share, phrases, met }: { share: number; phrases: number[]; met: number[] },
): void {
  for (let at = 0; at < places.length; ) {
    const end = at + 2 + 2 * (places[at + 1] ?? 0);
    if (isWanted[places[at] ?? 0] === 1) {
      for (let n = at + 2; n < end; n += 2) {
        const phrase = places[n] ?? 0;
        const known = counted[phrase] ?? 0;
        const words = reached[phrase] ?? 0;
        if (words === 0) met.push(phrase);
        if (known === 0) phrases.push(phrase);
        if (share > known) counted[phrase] = share;
        reached[phrase] = words | (1 << (places[n + 1] ?? 0));
      }
    }
    at = end;
  }
}

function bitsOf(set: number): number {
  let bits = 0;
  for (let left = set; left !== 0; left &= left - 1) bits += 1;
  return bits;
}

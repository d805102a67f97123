/**
 * The word route: BM25F over the telling words of a question. A word counts once per
 * section, in the best of the forms the section has it in, and what the section's subject
 * says elsewhere counts too: "Mitigation" alone does not name the thing it mitigates.
 */

import { RANKING } from "./ranking.ts";
import type { Concept } from "./read-question.ts";
import type { Posting, WordIndex } from "./word-index.ts";

export type WordMatch = {
  section: number;
  /** 0 to 1: what part of all that could have matched did. */
  score: number;
};

export type WordRanker = (concepts: readonly Concept[], limit: number) => WordMatch[];

/** `subjectOf` numbers the subject of every section of the index. */
export function createWordRanker(words: WordIndex, subjectOf: Uint32Array): WordRanker {
  const sections = createTally(words.size());
  const subjects = createTally(subjectOf.reduce((most, n) => Math.max(most, n), -1) + 1);

  return (concepts, limit) => {
    for (const concept of concepts) {
      raiseSections(concept, words, sections);
      for (const section of sections.raised) {
        subjects.raise(subjectOf[section] ?? 0, sections.highest[section] ?? 0);
      }
      sections.settle();
      subjects.settle();
    }
    const matches = takeBest({ sections, subjects, subjectOf, concepts, limit });
    sections.clear();
    subjects.clear();
    return matches;
  };
}

/** Raises every section that has the concept to its best score for it. */
function raiseSections(concept: Concept, words: WordIndex, sections: Tally): void {
  for (const [term, counts] of concept.variants) {
    const posting = words.posting(term);
    if (posting === undefined) continue;
    const weight = Math.min(concept.weight, counts * words.rarity(posting.live));
    raisePosting(posting, { weight, words, sections });
  }
}

type Raising = { weight: number; words: WordIndex; sections: Tally };

/** Everything waits for this loop: it runs over tens of thousands of uses per question. */
function raisePosting(posting: Posting, { weight, words, sections }: Raising): void {
  const alive = words.alive();
  const factors = words.fieldFactors();
  const { sections: numbers, counts, size } = posting;
  for (let n = 0; n < size; n += 1) {
    const section = numbers[n] ?? 0;
    if (alive[section] === 0) continue;
    const packed = counts[n] ?? 0;
    const at = section * 4;
    const uses =
      (packed & 255) * (factors[at] ?? 0) +
      ((packed >>> 8) & 255) * (factors[at + 1] ?? 0) +
      ((packed >>> 16) & 255) * (factors[at + 2] ?? 0) +
      (packed >>> 24) * (factors[at + 3] ?? 0);
    sections.raise(section, (weight * uses) / (RANKING.saturation + uses));
  }
}

/** Sums by number, built concept by concept. */
type Tally = {
  /** The sums so far, and the numbers that have any. */
  sums: Float32Array;
  touched: number[];
  /** The highest value of the present concept, and the numbers that have one. */
  highest: Float32Array;
  raised: number[];
  raise(number: number, value: number): void;
  /** Adds the present concept's values to the sums. */
  settle(): void;
  clear(): void;
};

function createTally(size: number): Tally {
  const sums = new Float32Array(size);
  const highest = new Float32Array(size);
  const touched: number[] = [];
  const raised: number[] = [];
  return {
    sums,
    touched,
    highest,
    raised,
    raise(number, value) {
      const known = highest[number] ?? 0;
      if (known === 0) raised.push(number);
      if (value > known) highest[number] = value;
    },
    settle() {
      for (const number of raised) {
        const sum = sums[number] ?? 0;
        if (sum === 0) touched.push(number);
        sums[number] = sum + (highest[number] ?? 0);
        highest[number] = 0;
      }
      raised.length = 0;
    },
    clear() {
      for (const number of touched) sums[number] = 0;
      touched.length = 0;
    },
  };
}

type RankedWords = {
  sections: Tally;
  subjects: Tally;
  subjectOf: Uint32Array;
  concepts: readonly Concept[];
  limit: number;
};

/** The highest scores, best first; equal ones in the order of the index. */
function takeBest({ sections, subjects, subjectOf, concepts, limit }: RankedWords): WordMatch[] {
  const possible = concepts.reduce((sum, { weight }) => sum + weight, 0) * (1 + RANKING.subject);
  const best: WordMatch[] = [];
  let least = 0;
  const [ofSections, ofSubjects] = [sections.sums, subjects.sums];
  for (const section of sections.touched) {
    const about = ofSubjects[subjectOf[section] ?? 0] ?? 0;
    const score = ((ofSections[section] ?? 0) + RANKING.subject * about) / possible;
    if (best.length === limit && score < least) continue;
    insert(best, { section, score }, limit);
    least = best.at(-1)?.score ?? 0;
  }
  return best;
}

function insert(best: WordMatch[], match: WordMatch, limit: number): void {
  let place = best.length;
  while (place > 0 && isBefore(match, best[place - 1])) place -= 1;
  if (place === limit) return;
  best.splice(place, 0, match);
  if (best.length > limit) best.pop();
}

function isBefore(a: WordMatch, b: WordMatch | undefined): boolean {
  if (b === undefined) return false;
  return a.score > b.score || (a.score === b.score && a.section < b.section);
}

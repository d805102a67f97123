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

/** At most `limit` of the best matches, in no order: what is made of them has one of its own. */
export type WordRanker = (concepts: readonly Concept[], limit: number) => WordMatch[];

/** `subjectOf` numbers the subject of every section of the index. */
export function createWordRanker(words: WordIndex, subjectOf: Uint32Array): WordRanker {
  const sections = createTally(words.size());
  const subjects = createTally(subjectOf.reduce((most, n) => Math.max(most, n), -1) + 1);

  return (concepts, limit) => {
    let found = 0;
    for (const concept of concepts) {
      raiseSections(concept, words, sections);
      raiseSubjects(sections, { subjects, subjectOf });
      found = addRaised(sections, found);
      addRaised(subjects, 0);
    }
    const matches = takeBest({ sections, found, subjects, subjectOf, concepts, limit });
    sections.sums.fill(0);
    subjects.sums.fill(0);
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

/**
 * Everything waits for these loops: they run over tens of thousands of uses per question. So the arrays
 * are as long as there are numbers, and how many count stands in a variable.
 */
function raisePosting(posting: Posting, { weight, words, sections }: Raising): void {
  const alive = words.alive();
  const factors = words.fieldFactors();
  const { sections: numbers, counts, size } = posting;
  const { highest, raised } = sections;
  let more = sections.raises;
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
    const value = (weight * uses) / (RANKING.saturation + uses);
    const known = highest[section] ?? 0;
    if (known === 0) {
      raised[more] = section;
      more += 1;
    }
    if (value > known) highest[section] = value;
  }
  sections.raises = more;
}

/** Raises every subject to the best of its sections that are raised. */
function raiseSubjects(
  sections: Tally,
  { subjects, subjectOf }: { subjects: Tally; subjectOf: Uint32Array },
): void {
  const { highest, raised } = subjects;
  let more = 0;
  for (let n = 0; n < sections.raises; n += 1) {
    const section = sections.raised[n] ?? 0;
    const subject = subjectOf[section] ?? 0;
    const value = sections.highest[section] ?? 0;
    const known = highest[subject] ?? 0;
    if (known === 0) {
      raised[more] = subject;
      more += 1;
    }
    if (value > known) highest[subject] = value;
  }
  subjects.raises = more;
}

/** Sums by number, built concept by concept. */
type Tally = {
  /** The sums so far, and the numbers that have any, in the order they came. */
  sums: Float32Array;
  summed: Uint32Array;
  /** The highest value of the present concept, and the numbers that have one: the first `raises`. */
  highest: Float32Array;
  raised: Uint32Array;
  raises: number;
};

function createTally(size: number): Tally {
  return {
    sums: new Float32Array(size),
    summed: new Uint32Array(size),
    highest: new Float32Array(size),
    raised: new Uint32Array(size),
    raises: 0,
  };
}

/** Adds the present concept's values to the sums; returns how many numbers have one, `found` until now. */
function addRaised(tally: Tally, found: number): number {
  const { sums, summed, highest, raised, raises } = tally;
  let now = found;
  for (let n = 0; n < raises; n += 1) {
    const number = raised[n] ?? 0;
    const sum = sums[number] ?? 0;
    if (sum === 0) {
      summed[now] = number;
      now += 1;
    }
    sums[number] = sum + (highest[number] ?? 0);
    highest[number] = 0;
  }
  tally.raises = 0;
  return now;
}

type RankedWords = {
  sections: Tally;
  found: number;
  subjects: Tally;
  subjectOf: Uint32Array;
  concepts: readonly Concept[];
  limit: number;
};

/** The highest scores; of equal ones those that come first in the index. */
function takeBest(ranked: RankedWords): WordMatch[] {
  const { sections, found, subjects, subjectOf, concepts, limit } = ranked;
  const possible = concepts.reduce((sum, { weight }) => sum + weight, 0) * (1 + RANKING.subject);
  /** A heap with the least of them at its root, so that most are told from it by one comparison. */
  const best: WordMatch[] = [];
  let least = 0;
  for (let n = 0; n < found; n += 1) {
    const section = sections.summed[n] ?? 0;
    const about = subjects.sums[subjectOf[section] ?? 0] ?? 0;
    const score = ((sections.sums[section] ?? 0) + RANKING.subject * about) / possible;
    if (best.length < limit) rise(best, { section, score });
    else if (score >= least) sink(best, { section, score });
    else continue;
    least = best[0]?.score ?? 0;
  }
  return best;
}

/** Adds a match to the heap. */
function rise(heap: WordMatch[], match: WordMatch): void {
  let at = heap.length;
  while (at > 0) {
    const above = (at - 1) >>> 1;
    const parent = heap[above];
    if (parent === undefined || !isBehind(match, parent)) break;
    heap[at] = parent;
    at = above;
  }
  heap[at] = match;
}

/** Puts a match in the place of the root, unless it is behind that. */
function sink(heap: WordMatch[], match: WordMatch): void {
  let at = -1;
  for (let below = 0; below < heap.length; below = 2 * at + 1) {
    const one = heap[below];
    const other = at === -1 ? undefined : heap[below + 1];
    if (one === undefined) break;
    const isOther = other !== undefined && isBehind(other, one);
    const child = isOther ? other : one;
    if (!isBehind(child, match)) break;
    if (at >= 0) heap[at] = child;
    at = isOther ? below + 1 : below;
  }
  if (at >= 0) heap[at] = match;
}

function isBehind(a: WordMatch, b: WordMatch): boolean {
  return a.score < b.score || (a.score === b.score && a.section > b.section);
}

/**
 * Which sections have which words: for every term the sections and how often each of
 * their fields has it. Sections are numbered as they come; a removed one leaves a gap.
 */

import { FIELDS, type SectionWords } from "./prepare-section.ts";
import { RANKING } from "./ranking.ts";

export type Posting = {
  /** Numbers of sections, rising; only the first `size` count, and removed ones stay. */
  sections: Uint32Array;
  /** The packed counts beside them. */
  counts: Uint32Array;
  size: number;
  /** How many of them are not removed. */
  live: number;
};

export type WordIndex = {
  /** Adds a section under the next number and returns it. */
  add(words: SectionWords): number;
  remove(section: number): void;
  /** To be called after sections came or went, before the next question. */
  settle(): void;
  posting(term: string): Posting | undefined;
  /** BM25's weight of a term that `live` sections have: the rarer, the heavier. */
  rarity(live: number): number;
  /** 1 for a section that is there, 0 for a removed one. */
  alive(): Uint8Array;
  /** For each section and field, what one use of a word counts, given the field's length. */
  fieldFactors(): Float32Array;
  /** How many numbers have been given out, and how many of them are in use. */
  size(): number;
  live(): number;
};

/** An empty index. */
export function createWordIndex(): WordIndex {
  const postings = new Map<string, Posting>();
  const terms: (readonly string[] | undefined)[] = [];
  const lengths: number[] = [];
  let alive = new Uint8Array(0);
  let factors = new Float32Array(0);
  let live = 0;

  return {
    add(words) {
      const section = terms.length;
      terms.push(words.terms);
      lengths.push(...words.lengths);
      live += 1;
      words.terms.forEach((term, n) => {
        const posting = postings.get(term) ?? emptyPosting();
        if (posting.size === 0) postings.set(term, posting);
        append(posting, section, words.counts[n] ?? 0);
      });
      return section;
    },
    remove(section) {
      for (const term of terms[section] ?? []) {
        const posting = postings.get(term);
        if (posting === undefined) continue;
        posting.live -= 1;
        if (posting.live === 0) postings.delete(term);
      }
      if (terms[section] !== undefined) live -= 1;
      terms[section] = undefined;
    },
    settle() {
      alive = Uint8Array.from(terms, (own) => (own === undefined ? 0 : 1));
      factors = factorsOf(lengths, alive);
    },
    posting: (term) => postings.get(term),
    rarity: (having) => Math.log(1 + (live - having + 0.5) / (having + 0.5)),
    alive: () => alive,
    fieldFactors: () => factors,
    size: () => terms.length,
    live: () => live,
  };
}

function emptyPosting(): Posting {
  return { sections: new Uint32Array(2), counts: new Uint32Array(2), size: 0, live: 0 };
}

function append(posting: Posting, section: number, counts: number): void {
  if (posting.size === posting.sections.length) {
    posting.sections = grown(posting.sections);
    posting.counts = grown(posting.counts);
  }
  posting.sections[posting.size] = section;
  posting.counts[posting.size] = counts;
  posting.size += 1;
  posting.live += 1;
}

function grown(array: Uint32Array): Uint32Array {
  const larger = new Uint32Array(array.length * 2);
  larger.set(array);
  return larger;
}

/** BM25F: weight / (1 - b + b * length / mean length), for every section and field. */
function factorsOf(lengths: readonly number[], alive: Uint8Array): Float32Array<ArrayBuffer> {
  const fields = FIELDS.length;
  const means = meanLengths(lengths, alive);
  return Float32Array.from(lengths, (length, n) => {
    const field = n % fields;
    const b = RANKING.lengthPenalty[field] ?? 0;
    const relative = length / Math.max(1, means[field] ?? 0);
    return (RANKING.fieldWeights[field] ?? 0) / (1 - b + b * relative);
  });
}

function meanLengths(lengths: readonly number[], alive: Uint8Array): number[] {
  const sums = FIELDS.map(() => 0);
  let count = 0;
  alive.forEach((is, section) => {
    if (is === 0) return;
    count += 1;
    FIELDS.forEach((_, field) => {
      sums[field] = (sums[field] ?? 0) + (lengths[section * FIELDS.length + field] ?? 0);
    });
  });
  return sums.map((sum) => sum / Math.max(1, count));
}

/** Whether the section is among the posting's. */
export function hasSection(posting: Posting | undefined, section: number): boolean {
  return countsOf(posting, section) !== 0;
}

/** The section's packed counts, 0 when it is not there. */
export function countsOf(posting: Posting | undefined, section: number): number {
  if (posting === undefined) return 0;
  const at = placeOf(posting, section);
  return isAt(posting, at, section) ? (posting.counts[at] ?? 0) : 0;
}

/** The packed counts of those of the sections in a row that are among the posting's. */
export function countsWithin(posting: Posting | undefined, first: number, last: number) {
  if (posting === undefined) return NO_COUNTS;
  const from = placeOf(posting, first);
  let to = from;
  while (to < posting.size && (posting.sections[to] ?? 0) <= last) to += 1;
  return from === to ? NO_COUNTS : posting.counts.subarray(from, to);
}

const NO_COUNTS = new Uint32Array(0);

function isAt({ sections, size }: Posting, at: number, section: number): boolean {
  return at < size && sections[at] === section;
}

/** Where the section stands among the posting's, or would: their numbers rise, so half each time. */
function placeOf({ sections, size }: Posting, section: number): number {
  let low = 0;
  let high = size;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sections[middle] ?? 0) < section) low = middle + 1;
    else high = middle;
  }
  return low;
}

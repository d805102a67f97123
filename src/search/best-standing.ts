/** Where the best match stands: what its section, its subject and their titles have of a question. */

import { isInHeader, isInTitles } from "./prepare-section.ts";
import { CERTAINTY } from "./ranking.ts";
import type { Concept } from "./read-question.ts";
import { stem } from "./stem.ts";
import { countsOf, countsWithin, type WordIndex } from "./word-index.ts";

export type Judging = {
  question: string;
  concepts: readonly Concept[];
  /** Names of topics, groups, targets: these systems are not foreign. */
  isName: (word: string) => boolean;
  words: WordIndex;
  /** The numbers of the sections' subjects, by number. */
  subjectOf: Uint32Array;
  /** How far the best match is ahead of the best of another subject. */
  ahead: number;
};

/** The best section, and the first and the last of its subject: they are numbered in a row. */
export type BestStanding = { words: WordIndex; section: number; first: number; last: number };

/** The section that matches best, as one that can be asked where a word stands in it. */
export function bestStandingOf(section: number, { words, subjectOf }: Judging): BestStanding {
  const subject = subjectOf[section];
  let [first, last] = [section, section];
  while (first > 0 && subjectOf[first - 1] === subject) first -= 1;
  while (subjectOf[last + 1] === subject) last += 1;
  return { words, section, first, last };
}

/**
 * Where a subject has a word: nowhere, in passing, or in its names, headings and phrases. A word that
 * much of the collection has is never in passing.
 */
export const PLACES = ["nowhere", "text", "header"] as const;
export type WordPlace = (typeof PLACES)[number];

/**
 * Where the section and its subject have a term: in a title, in the text alone, or nowhere. A usual word
 * counts as one of a title.
 */
export function placeIn(term: string, { words, first, last }: BestStanding): WordPlace {
  const posting = words.posting(term);
  const counts = countsWithin(posting, first, last);
  if (counts.length === 0) return "nowhere";
  const isUsual = (posting?.live ?? 0) > CERTAINTY.usual * words.live();
  return isUsual || counts.some(isInHeader) ? "header" : "text";
}

/** A single word that much of the collection has is its own subject. */
export function isTitled(parts: readonly string[], { words, first, last }: BestStanding): boolean {
  return parts.every((part) => {
    const posting = words.posting(stem(part));
    if (parts.length === 1 && (posting?.live ?? 0) > CERTAINTY.usual * words.live()) return true;
    return countsWithin(posting, first, last).some(isInTitles);
  });
}

/** Whether more than the section's text has the term. */
export function isHeaderTerm(term: string, { words, section }: BestStanding): boolean {
  return isInHeader(countsOf(words.posting(term), section));
}

/** The part of a question that no section has. */
export function missingShare(concepts: readonly Pick<Concept, "state" | "weight">[]): number {
  return weightOf(concepts.filter(({ state }) => state === "missing")) / weightOf(concepts);
}

/** How much of a question the words are, together. */
export function weightOf(covers: readonly Pick<Concept, "weight">[]): number {
  return covers.reduce((sum, { weight }) => sum + weight, 0);
}

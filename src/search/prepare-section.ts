/** A section -> its words, counted by field: what the index adds, and what is kept on disk. */

import { fileName, type SearchSection } from "./section.ts";
import { splitWords } from "./split-words.ts";
import { stem } from "./stem.ts";
import type { Thesaurus } from "./thesaurus.ts";

/** Where a word can stand in a section. */
export const FIELDS = ["name", "heading", "hint", "text"] as const;

export type SectionWords = {
  /** How many words each field has, in the order of FIELDS. */
  lengths: readonly number[];
  /** Stems, joined names, and `#n` for things of the thesaurus. */
  terms: readonly string[];
  /** For each term, how often each field has it: one byte per field, FIELDS' first lowest. */
  counts: Uint32Array;
  /** The words as written, for mending mistyped ones. */
  written: readonly string[];
};

export type PreparedSection = { section: SearchSection; words: SectionWords };

/** As many as the largest thesaurus has things: a text that is made anew is slow to look up. */
const thingTerms: string[] = [];

/** The term that stands for a thing of the thesaurus. */
export function thingTerm(thing: number): string {
  thingTerms[thing] ??= `#${thing}`;
  return thingTerms[thing];
}

/** Whether the term stands for a thing, however it was said. */
export function isThingTerm(term: string): boolean {
  return term.startsWith("#");
}

/** Splits, stems and counts. The same section and thesaurus always give the same. */
export function countWords(section: SearchSection, thesaurus: Thesaurus): SectionWords {
  const counts = new Map<string, number>();
  const written = new Set<string>();
  const lengths = fieldTexts(section).map((text, field) => {
    const { parts, joined } = splitWords(text);
    const stems = parts.map(stemOnce);
    for (const term of stems) count(counts, term, field);
    for (const name of joined) count(counts, name, field);
    for (const { thing } of thesaurus.thingsIn(stems)) count(counts, thingTerm(thing), field);
    for (const word of parts) written.add(word);
    return parts.length;
  });
  return {
    lengths,
    terms: [...counts.keys()],
    counts: Uint32Array.from(counts.values()),
    written: [...written],
  };
}

/** Whether more than the text has the term: the names, the heading, or a symptom or log text. */
export function isInHeader(packed: number): boolean {
  return countIn(packed, 0) + countIn(packed, 1) + countIn(packed, 2) > 0;
}

/** Whether the names or the heading have the term. */
export function isInTitles(packed: number): boolean {
  return countIn(packed, 0) + countIn(packed, 1) > 0;
}

/** How often the field has the term, from the packed counts. */
function countIn(packed: number, field: number): number {
  return (packed >>> (8 * field)) & MOST;
}

/** More of one word says nothing more, and this fills a byte. */
const MOST = 255;

function count(counts: Map<string, number>, term: string, field: number): void {
  const packed = counts.get(term) ?? 0;
  if (countIn(packed, field) < MOST) counts.set(term, (packed + (1 << (8 * field))) >>> 0);
}

function fieldTexts(section: SearchSection): string[] {
  const { headings, title, text, alerts = [], symptoms = [], logs = [] } = section;
  const own = headings.at(-1) ?? title;
  const above = [...new Set([title, ...headings])].filter((heading) => heading !== own);
  return [
    [fileName(section), ...alerts, ...above].join("\n"),
    own,
    [...symptoms, ...logs].join("\n"),
    text,
  ];
}

/** A collection has few different words, and many of each. */
const stems = new Map<string, string>();
const MOST_STEMS = 200_000;

function stemOnce(word: string): string {
  const known = stems.get(word);
  if (known !== undefined) return known;
  const stemmed = stem(word);
  if (stems.size >= MOST_STEMS) stems.clear();
  stems.set(word, stemmed);
  return stemmed;
}

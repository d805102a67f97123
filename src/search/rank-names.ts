/**
 * The name route: fuse.js over the short names of sections (alerts, file names, titles,
 * headings, symptoms). Asking Fuse about every name of a large collection takes tenths of
 * a second, so it is asked only about those that share letters with the question.
 */

import Fuse from "fuse.js";
import { fileName, type SearchSection } from "./section.ts";
import { squeeze } from "./split-words.ts";
import { createTrigramIndex } from "./trigram-index.ts";

export type NameMatch = {
  section: number;
  /** The name as it is written. */
  name: string;
  /** 1 for the name itself, less for one that only resembles it. */
  score: number;
};

export type NameIndex = {
  add(number: number, section: SearchSection): void;
  remove(number: number): void;
  /** The sections whose names the text is, or is nearly, best first. */
  match(text: string): NameMatch[];
};

/** A name that this many sections share, such as "Diagnosis", names none of them. */
const MOST_SECTIONS = 60;

/** Alert names have up to 50 letters; nobody gives a section a longer name than this. */
const MAX_NAME_LENGTH = 80;

const SHORTEST = 3;

/** The names that Fuse is asked about: two errors in a name of ten letters leave half. */
const CANDIDATES = { limit: 30, leastShare: 0.4 };

/** Fuse calls 0 the same and 1 nothing alike; above this it is another name. */
const MOST_DIFFERENT = 0.35;

type NameEntry = { name: string; squeezed: string; sections: Map<number, number> };

/** An empty index. Sections are added and removed by their numbers. */
export function createNameIndex(): NameIndex {
  const entries: NameEntry[] = [];
  const numbers = new Map<string, number>();
  const owned = new Map<number, NameEntry[]>();
  const trigrams = createTrigramIndex();

  const entryFor = (name: string): NameEntry | undefined => {
    const squeezed = squeeze(name);
    if (squeezed.length < SHORTEST || squeezed.length > MAX_NAME_LENGTH) return undefined;
    const known = entries[numbers.get(squeezed) ?? -1];
    if (known !== undefined) return known;
    const entry = { name, squeezed, sections: new Map<number, number>() };
    numbers.set(squeezed, entries.length);
    trigrams.add(squeezed, entries.length);
    entries.push(entry);
    return entry;
  };

  return {
    add(number, section) {
      const own: NameEntry[] = [];
      for (const [name, nearness] of nearnessOfNames(section)) {
        const entry = entryFor(name);
        if (entry === undefined) continue;
        entry.sections.set(number, Math.max(nearness, entry.sections.get(number) ?? 0));
        own.push(entry);
      }
      owned.set(number, own);
    },
    remove(number) {
      for (const entry of owned.get(number) ?? []) entry.sections.delete(number);
      owned.delete(number);
    },
    match(text) {
      const squeezed = squeeze(text);
      if (squeezed.length < SHORTEST || squeezed.length > MAX_NAME_LENGTH) return [];
      const exact = entries[numbers.get(squeezed) ?? -1];
      if (exact !== undefined && exact.sections.size > 0)
        return spread([{ entry: exact, score: 1 }]);
      const near = trigrams
        .nearest(squeezed, CANDIDATES)
        .flatMap((key) => entries[key] ?? [])
        .filter(({ sections }) => sections.size > 0);
      return spread(askFuse(near, squeezed));
    },
  };
}

/**
 * How much each of a section's names means it: the alert and the file are named to be found
 * by, a heading nearly so, and the headings above it mean their own sections first.
 */
function nearnessOfNames(section: SearchSection): Map<string, number> {
  const own = section.headings.at(-1) ?? section.title;
  const nearness = new Map<string, number>();
  for (const name of [section.title, ...section.headings]) nearness.set(name, 0.9);
  for (const symptom of section.symptoms ?? []) nearness.set(symptom, 0.95);
  nearness.set(own, 0.98);
  for (const name of [fileName(section), ...(section.alerts ?? [])]) nearness.set(name, 1);
  return nearness;
}

type NearEntry = { entry: NameEntry; score: number };

function askFuse(entries: readonly NameEntry[], squeezed: string): NearEntry[] {
  if (entries.length === 0) return [];
  // Asked about texts rather than about entries by a key, Fuse says the same with less work.
  const texts = entries.map((entry) => entry.squeezed);
  const fuse = new Fuse(texts, {
    includeScore: true,
    ignoreFieldNorm: true,
    threshold: MOST_DIFFERENT,
    distance: 200,
  });
  return fuse.search(squeezed).flatMap(({ refIndex, score = 1 }) => {
    const entry = entries[refIndex];
    return entry === undefined ? [] : [{ entry, score: 1 - score }];
  });
}

function spread(near: readonly NearEntry[]): NameMatch[] {
  return near.flatMap(({ entry, score }) =>
    entry.sections.size > MOST_SECTIONS
      ? []
      : [...entry.sections].map(([section, nearness]) => ({
          section,
          name: entry.name,
          score: score * nearness,
        })),
  );
}

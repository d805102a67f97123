/**
 * Sections while one types: those whose names the typed text begins or occurs in.
 *
 * The name route asks for names as a whole, and a word is half typed most of the time. So this goes
 * through all names for each keystroke, which takes a millisecond for thousands of them.
 */

import { fileName, type SearchSection } from "./section.ts";

export interface Suggester {
  /** Ids of sections, best first. */
  suggest(typed: string, limit: number): string[];
}

/** How a name meets what was typed, best first. */
const SAME = 8;
const BEGINS = 6;
const WORD_BEGINS = 4;
const WITHIN = 2;
/** A symptom is not what a section is called: of two that begin alike it stands behind. */
const SYMPTOM = 3;

interface SuggestedEntry {
  readonly id: string;
  /** Each in two forms: as words apart by single spaces, and without them. */
  readonly names: readonly Name[];
}

interface Name {
  readonly words: string;
  readonly joined: string;
  readonly isSymptom?: true;
}

/** Longer texts are no name, and nobody types them. */
const LONGEST = 80;

/** Suggestions over these sections: `suggest` gives at most `limit`, the best first. */
export function createSuggester(sections: readonly SearchSection[]): Suggester {
  const files = new Set<string>();
  const entries = sections.map((section) => {
    const isFirst = !files.has(section.file);
    files.add(section.file);
    return entryOf(section, isFirst);
  });
  return {
    suggest(typed, limit) {
      const name = nameOf(typed.slice(0, LONGEST));
      if (name.joined === "") return [];
      const met = entries.flatMap((entry, place) => {
        const rank = Math.max(...entry.names.map((each) => rankOf(each, name)));
        return rank > 0 ? [{ id: entry.id, rank, place }] : [];
      });
      met.sort((a, b) => b.rank - a.rank || a.place - b.place);
      return met.slice(0, limit).map(({ id }) => id);
    },
  };
}

/** The heading of a section means it; what its page is called means the page's first section. */
function entryOf(section: SearchSection, isFirst: boolean): SuggestedEntry {
  const own = section.headings.at(-1) ?? section.title;
  const page = [section.headings[0] ?? "", fileName(section), ...(section.alerts ?? [])];
  const names = [...new Set([own, ...(isFirst ? page : [])])].map((name) => nameOf(name));
  const symptoms = (section.symptoms ?? []).map(
    (symptom): Name => ({ ...nameOf(symptom), isSymptom: true }),
  );
  return { id: section.id, names: [...names, ...symptoms] };
}

/** "ReplicationLag", "replication_lag" and "Replication lag" are one. */
function nameOf(text: string): Name {
  const words = text
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim()
    .slice(0, LONGEST);
  return { words, joined: words.replace(/ /g, "") };
}

function rankOf(name: Name, typed: Name): number {
  const rank = likenessOf(name, typed);
  return name.isSymptom === true ? Math.max(Math.min(rank, 1), rank - SYMPTOM) : rank;
}

function likenessOf(name: Name, typed: Name): number {
  if (name.joined === typed.joined) return SAME;
  if (name.joined.startsWith(typed.joined)) return BEGINS;
  if (name.words.includes(` ${typed.words}`)) return WORD_BEGINS;
  return typed.joined.length > 2 && name.joined.includes(typed.joined) ? WITHIN : 0;
}

/** Sections -> a search over them, for a collection that does not change. */

import type { AskOptions, SearchAnswer } from "./asking.ts";
import { FIELD_WORDS } from "./field-words.ts";
import { countWords } from "./prepare-section.ts";
import { createSearchIndex } from "./search-index.ts";
import type { SearchSection } from "./section.ts";
import { parseThesaurus } from "./thesaurus.ts";

export type Search = {
  /** The best sections for a question, best first, sure or not; none when nothing covers it. */
  search(query: string, limit: number): Promise<{ id: string; score: number }[]>;
  /** The same with what the answer rests on. */
  ask(question: string, options: AskOptions): Promise<SearchAnswer>;
};

export type SearchOptions = {
  /** Lines in the form of FIELD_WORDS, in addition to these. */
  thesaurus?: string;
  /** Awaited now and then while the index is built, to let other work go on. */
  breathe?: () => Promise<void>;
};

/** Some milliseconds of work. */
const SECTIONS_BETWEEN_BREATHS = 50;

/** Builds the index; 50,000 sections take some seconds. */
export async function createSearch(
  sections: readonly SearchSection[],
  { thesaurus = "", breathe }: SearchOptions = {},
): Promise<Search> {
  const words = parseThesaurus(`${FIELD_WORDS}\n${thesaurus}`);
  const index = createSearchIndex(words);
  let waiting = 0;
  for (const [file, ofFile] of Map.groupBy(sections, ({ file }) => file)) {
    index.replacePage(
      file,
      ofFile.map((section) => ({ section, words: countWords(section, words) })),
    );
    waiting += ofFile.length;
    if (waiting < SECTIONS_BETWEEN_BREATHS) continue;
    waiting = 0;
    await breathe?.();
  }
  index.settle();
  return {
    ask: async (question, options) => index.ask(question, options),
    search: async (query, limit) => {
      const answer = index.ask(query, { limit });
      return answer.kind === "nothing"
        ? []
        : answer.results.map(({ id, score }) => ({ id, score }));
    },
  };
}

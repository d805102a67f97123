/** One page's file -> the page, and its sections' words for the index. */

import type { PageResult } from "../../knowledge/page.ts";
import { type PageSource, readPage } from "../../knowledge/read-page.ts";
import { pageSections } from "../../search/library-sections.ts";
import { countWords, type SectionWords } from "../../search/prepare-section.ts";
import type { Thesaurus } from "../../search/thesaurus.ts";

export type ReadSource = {
  result: PageResult;
  /** For each section that can be found, in the page's order. */
  words: SectionWords[];
};

/** Everything about a page that takes time; what it says can be kept by its contents. */
export function readSource(source: PageSource, thesaurus: Thesaurus): ReadSource {
  const result = readPage(source);
  if (result.kind === "problem") return { result, words: [] };
  const words = pageSections(result.page).map((section) => countWords(section, thesaurus));
  return { result, words };
}

/** A page that could not be read, for whatever reason. */
export function unreadable(file: string, reason: string): ReadSource {
  return { result: { kind: "problem", problem: { file, line: 1, reason } }, words: [] };
}

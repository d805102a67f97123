/** What was read of one page's file: the page, and its sections' words for the index. */

import type { PageResult } from "../../knowledge/page.ts";
import type { SectionWords } from "../../search/prepare-section.ts";

export type ReadSource = {
  result: PageResult;
  /** For each section that can be found, in the page's order. */
  words: SectionWords[];
  /** It, or all of it, may be read another time: the thread had bad luck, or not enough time. */
  mayPass?: true;
};

/** A page that was given up, and is tried again. */
export function givenUp(file: string, reason: string): ReadSource {
  return { ...unreadable(file, reason), mayPass: true };
}

/** A page that could not be read, for whatever reason. */
export function unreadable(file: string, reason: string): ReadSource {
  return { result: { kind: "problem", problem: { file, line: 1, reason } }, words: [] };
}

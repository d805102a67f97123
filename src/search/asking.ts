/** What a question is asked with, what it is looked up in, and what comes of it. */

import type { PhraseIndex } from "./phrase-index.ts";
import type { LogIndex } from "./rank-logs.ts";
import type { NameIndex } from "./rank-names.ts";
import type { WordRanker } from "./rank-words.ts";
import type { QuestionLexicon } from "./read-question.ts";

/** Which way a section was found, how well (at most 1), and by which of the question's words. */
export type RouteMatch = { route: "name" | "log" | "word"; score: number; matched: string[] };

export type FoundSection = {
  id: string;
  /** Higher is better; comparable within one answer only. */
  score: number;
  routes: RouteMatch[];
};

export type SearchAnswer =
  | { kind: "found"; results: FoundSection[] }
  /** Not sure: the nearest sections, best first, at most three. */
  | {
      kind: "unsure";
      results: FoundSection[];
      /** The question with words of it mended, when only that finds these: "did you mean". */
      meant?: string;
      /** It was asked in this one, and these are for what is English in it: `meant`. */
      language?: string;
      unknown?: string[];
    }
  /** Nothing covers it; `language` is set when it was asked in another than English. */
  | { kind: "nothing"; language?: string; unknown?: string[] };

export type AskOptions = {
  limit: number;
  /** The labels of the alert that is asked about. They change the order, never what is found. */
  labels?: Readonly<Record<string, string>>;
  /** The ids of sections that the target's present findings point to. */
  findings?: readonly string[];
  /** What people said of sections when this alert fired before: -1 to 1, by id. */
  learned?: ReadonlyMap<string, number>;
  /** Whether a word names a topic, group or target: those are never taken for typing errors. */
  isName?: (word: string) => boolean;
  /** Whether a word stands in such a name, "cart" in "cart-events": neither is it. */
  isInName?: (word: string) => boolean;
  /** Says with a guess and with nothing which words of the question no section has: `unknown`. */
  namesUnknown?: boolean;
};

/** What an answer is looked up in, all of one moment. */
export type Indexed = QuestionLexicon & {
  names: NameIndex;
  logs: LogIndex;
  phrases: PhraseIndex;
  rankWords: WordRanker;
  /** The numbers of the sections whose pages are about alerts. */
  ofAlerts: ReadonlySet<number>;
  /** The ids of the sections, and the numbers of their subjects, by number. */
  ids: readonly string[];
  subjectOf: Uint32Array;
};

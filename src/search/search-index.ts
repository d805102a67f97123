/**
 * The index behind the search: what is known of every section, by page, so that a changed
 * page costs only its own sections. Answers are always about a settled state: what came or
 * went since the last `settle` is not half there.
 */

import { isSure } from "./certainty.ts";
import { type Fused, fuseRoutes, spreadSubjects } from "./fuse-routes.ts";
import type { PreparedSection } from "./prepare-section.ts";
import { createLogIndex } from "./rank-logs.ts";
import { createNameIndex, type NameIndex, type NameMatch } from "./rank-names.ts";
import { createWordRanker, type WordRanker } from "./rank-words.ts";
import { RANKING } from "./ranking.ts";
import { type Concept, readQuestion } from "./read-question.ts";
import { STOP_WORDS } from "./stop-words.ts";
import { subjectsOf } from "./subjects.ts";
import type { Thesaurus } from "./thesaurus.ts";
import { createVocabulary } from "./vocabulary.ts";
import { createWordIndex, hasSection } from "./word-index.ts";

/** Which way a section was found, how well (at most 1), and by which of the question's words. */
export type RouteMatch = { route: "name" | "log" | "word"; score: number; matched: string[] };

export type Found = {
  id: string;
  /** Higher is better; comparable within one answer only. */
  score: number;
  routes: RouteMatch[];
};

export type Answer =
  | {
      kind: "found";
      results: Found[];
      /** The question as it was understood, when words of it were mended. */
      showing?: string;
    }
  | { kind: "nothing" };

export type AskOptions = {
  limit: number;
  /** The labels of the alert that is asked about. They change the order, never what is found. */
  labels?: Readonly<Record<string, string>>;
  /** The ids of sections that the target's present findings point to. */
  findings?: readonly string[];
};

export type SearchIndex = {
  /** Puts a page's sections in place of those it had, if any; all of one file. */
  replacePage(file: string, sections: readonly PreparedSection[]): void;
  removePage(file: string): void;
  /** Makes the changes since the last call seen by questions. */
  settle(): void;
  ask(question: string, options: AskOptions): Answer;
  /** How many sections are in it, and how many places removed ones have left. */
  size(): { sections: number; gaps: number };
};

/** A question longer than this is cut: a whole pasted log says no more than its beginning. */
export const MAX_QUESTION_LENGTH = 2_000;

/** How many sections the word route gives to the fusion. */
const MOST_WORD_MATCHES = 100;

export function createSearchIndex(thesaurus: Thesaurus): SearchIndex {
  const words = createWordIndex();
  const vocabulary = createVocabulary();
  const names = createNameIndex();
  const logs = createLogIndex();
  const ids: string[] = [];
  const subjects: number[] = [];
  const pages = new Map<string, number[]>();
  let nextSubject = 0;
  let subjectOf = new Uint32Array(0);
  let rankWords: WordRanker = () => [];
  vocabulary.add(thesaurus.words);
  vocabulary.add(STOP_WORDS);

  const removePage = (file: string): void => {
    for (const number of pages.get(file) ?? []) {
      words.remove(number);
      names.remove(number);
      logs.remove(number);
    }
    pages.delete(file);
  };

  const addSection = (prepared: PreparedSection, subject: number): number => {
    const number = words.add(prepared.words);
    vocabulary.add(prepared.words.written);
    names.add(number, prepared.section);
    logs.add(number, prepared.section);
    ids.push(prepared.section.id);
    subjects.push(subject);
    return number;
  };

  const contextOf = ({ labels = {}, findings = [] }: AskOptions): ((n: number) => number) => {
    const { concepts } = readQuestion(Object.values(labels).join(" "), {
      words,
      vocabulary,
      thesaurus,
    });
    const matches = concepts.length === 0 ? [] : rankWords(concepts, MOST_WORD_MATCHES);
    const about = new Map(matches.map(({ section, score }) => [section, score * RANKING.labels]));
    const found = new Set(findings);
    return (n) => (about.get(n) ?? 0) + (found.has(ids[n] ?? "") ? RANKING.finding : 0);
  };

  return {
    removePage,
    replacePage(file, prepared) {
      removePage(file);
      const own = subjectsOf(prepared.map(({ section }) => section.headings));
      const numbers = prepared.map((one, n) => addSection(one, nextSubject + (own[n] ?? 0)));
      nextSubject += 1 + Math.max(-1, ...own);
      if (numbers.length > 0) pages.set(file, numbers);
    },
    settle() {
      words.settle();
      subjectOf = Uint32Array.from(subjects);
      rankWords = createWordRanker(words, subjectOf);
    },
    ask(question, options) {
      const text = question.slice(0, MAX_QUESTION_LENGTH);
      const { concepts, showing } = readQuestion(text, { words, vocabulary, thesaurus });
      const fused = fuseRoutes({
        words: concepts.length === 0 ? [] : rankWords(concepts, MOST_WORD_MATCHES),
        names: matchNames(text, names),
        logs: logs.match(text),
        context: contextOf(options),
      });
      const spread = spreadSubjects(fused, subjectOf, options.limit);
      const [best] = spread;
      const has = (section: number) => (concept: Concept) => hasWord(concept, section);
      if (best === undefined) return { kind: "nothing" };
      const judging = { concepts, hasWord: has(best.section), sections: words.live() };
      if (!isSure(best, judging)) return { kind: "nothing" };
      const results = spread.map((match) => ({
        id: ids[match.section] ?? "",
        score: match.score,
        routes: routesOf(match, concepts.filter(has(match.section))),
      }));
      return showing === undefined
        ? { kind: "found", results }
        : { kind: "found", results, showing };
    },
    size: () => ({ sections: words.live(), gaps: words.size() - words.live() }),
  };

  function hasWord({ variants, state }: Concept, section: number): boolean {
    if (state === "missing") return false;
    for (const term of variants.keys()) {
      if (hasSection(words.posting(term), section)) return true;
    }
    return false;
  }
}

/** The question as a name, and what in it is written like one. */
function matchNames(question: string, names: NameIndex): NameMatch[] {
  const whole = names.match(question);
  if (whole.some(({ score }) => score === 1)) return whole;
  const written = new Set(
    question.split(/[\s"'`(),:;{}=<>]+/).filter((word) => LIKE_A_NAME.test(word)),
  );
  written.delete(question.trim());
  return [...whole, ...[...written].slice(0, MOST_NAMES).flatMap((name) => names.match(name))];
}

/** CamelCase or snake_case. */
const LIKE_A_NAME = /[a-z0-9][A-Z]|[A-Za-z0-9]_[A-Za-z0-9]/;

/** A pasted page of metrics has hundreds. */
const MOST_NAMES = 5;

function routesOf({ words, name, log }: Fused, matched: readonly Concept[]): RouteMatch[] {
  const routes: RouteMatch[] = [];
  if (log !== undefined) routes.push({ route: "log", score: log.score, matched: [log.log] });
  if (name !== undefined) routes.push({ route: "name", score: name.score, matched: [name.name] });
  if (words > 0) {
    routes.push({ route: "word", score: words, matched: matched.map(({ word }) => word) });
  }
  return routes;
}

/**
 * The index behind the search: what is known of every section, by page, so that a changed
 * page costs only its own sections. Answers are always about a settled state: what came or
 * went since the last `settle` is not half there.
 */

import { answerQuestion } from "./answer-question.ts";
import type { AskOptions, SearchAnswer } from "./asking.ts";
import { createPhraseIndex } from "./phrase-index.ts";
import type { PreparedSection } from "./prepare-section.ts";
import { createLogIndex } from "./rank-logs.ts";
import { createNameIndex } from "./rank-names.ts";
import { createWordRanker, type WordRanker } from "./rank-words.ts";
import type { SearchSection } from "./section.ts";
import { splitWords } from "./split-words.ts";
import { STOP_WORDS } from "./stop-words.ts";
import { subjectsOf } from "./subjects.ts";
import type { Thesaurus } from "./thesaurus.ts";
import { createVocabulary } from "./vocabulary.ts";
import { createWordIndex } from "./word-index.ts";

export type SearchIndex = {
  /** Puts a page's sections in place of those it had, if any; all of one file. */
  replacePage(file: string, sections: readonly PreparedSection[]): void;
  /** The same in steps of a section each, for an index that nobody asks yet. */
  replacing(file: string, sections: readonly PreparedSection[]): Iterable<void>;
  removePage(file: string): void;
  /** Makes the changes since the last call seen by questions. */
  settle(): void;
  ask(question: string, options: AskOptions): SearchAnswer;
  /** How many sections are in it, and how many places removed ones have left. */
  size(): { sections: number; gaps: number };
};

/** Its page says so, or a heading above it is an alert's name: a playbook has one for each. */
function isOfAlert({ alerts = [], headings }: SearchSection): boolean {
  return alerts.length > 0 || headings.some((heading) => ALERT_NAME.test(heading));
}

function wordsOfTitles({ title, headings, alerts = [] }: SearchSection): string[] {
  return splitWords([title, ...headings, ...alerts].join("\n")).parts;
}

/** How often each word stands in the titles of the sections that are there. */
function createTitleWords() {
  const uses = new Map<string, number>();
  const owned = new Map<number, readonly string[]>();
  const count = (word: string, more: number): void => {
    const now = (uses.get(word) ?? 0) + more;
    if (now > 0) uses.set(word, now);
    else uses.delete(word);
  };
  return {
    has: (word: string): boolean => uses.has(word),
    add(section: number, words: readonly string[]): void {
      owned.set(section, words);
      for (const word of words) count(word, 1);
    },
    remove(section: number): void {
      for (const word of owned.get(section) ?? []) count(word, -1);
      owned.delete(section);
    },
  };
}

/** `MimirIngesterUnhealthy`: three words or more in one. */
const ALERT_NAME = /^[A-Z][a-z0-9]+(?:[A-Z]+[a-z0-9]*){2,}$/;

/** An empty index; the thesaurus must be the one its sections are prepared with. */
export function createSearchIndex(thesaurus: Thesaurus): SearchIndex {
  const words = createWordIndex();
  const vocabulary = createVocabulary();
  const names = createNameIndex();
  const logs = createLogIndex();
  const phrases = createPhraseIndex(thesaurus);
  const ofAlerts = new Set<number>();
  const titleWords = createTitleWords();
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
      phrases.remove(number);
      titleWords.remove(number);
      ofAlerts.delete(number);
    }
    pages.delete(file);
  };

  const addSection = (prepared: PreparedSection, subject: number): number => {
    const number = words.add(prepared.words);
    vocabulary.add(prepared.words.written);
    names.add(number, prepared.section);
    logs.add(number, prepared.section);
    phrases.add(number, prepared.section.symptoms ?? []);
    if (isOfAlert(prepared.section)) ofAlerts.add(number);
    titleWords.add(number, wordsOfTitles(prepared.section));
    ids.push(prepared.section.id);
    subjects.push(subject);
    return number;
  };

  function* replacing(file: string, prepared: readonly PreparedSection[]): Generator<void> {
    removePage(file);
    const own = subjectsOf(prepared.map(({ section }) => section.headings));
    const numbers: number[] = [];
    for (const [n, one] of prepared.entries()) {
      numbers.push(addSection(one, nextSubject + (own[n] ?? 0)));
      yield;
    }
    nextSubject += 1 + Math.max(-1, ...own);
    if (numbers.length > 0) pages.set(file, numbers);
  }

  return {
    removePage,
    replacing,
    replacePage(file, prepared) {
      for (const _step of replacing(file, prepared));
    },
    settle() {
      words.settle();
      subjectOf = Uint32Array.from(subjects);
      rankWords = createWordRanker(words, subjectOf);
    },
    ask: (question, options) =>
      answerQuestion(
        {
          words,
          vocabulary,
          thesaurus,
          titleWords,
          names,
          logs,
          phrases,
          rankWords,
          ofAlerts,
          ids,
          subjectOf,
        },
        question,
        options,
      ),
    size: () => ({ sections: words.live(), gaps: words.size() - words.live() }),
  };
}

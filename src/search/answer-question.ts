/** A question and the index -> the answer, with what it rests on. */

import { certaintyOf } from "./certainty.ts";
import { type Fused, fuseRoutes, spreadSubjects } from "./fuse-routes.ts";
import { asksToAct, isAboutBot, otherLanguage } from "./kind-of-text.ts";
import { valueWords } from "./label-values.ts";
import { matchNames } from "./match-names.ts";
import type { PhraseIndex } from "./phrase-index.ts";
import { questionsOf } from "./questions-of.ts";
import type { LogIndex } from "./rank-logs.ts";
import type { NameIndex } from "./rank-names.ts";
import type { WordMatch, WordRanker } from "./rank-words.ts";
import { CERTAINTY, RANKING } from "./ranking.ts";
import {
  type Concept,
  type QuestionLexicon,
  type QuestionReading,
  readQuestion,
  withoutNames,
} from "./read-question.ts";
import { exchangeWords } from "./split-words.ts";
import { hasSection, type WordIndex } from "./word-index.ts";

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

/** A question longer than this is cut: a whole pasted log says no more than its beginning. */
export const MAX_QUESTION_LENGTH = 2_000;

/** How many sections the word route gives to the fusion. */
const MOST_WORD_MATCHES = 100;

/** More guesses are a list to search in. */
const MOST_GUESSES = 3;

/**
 * Looks a question up and answers when the best match is sure enough, offers the nearest when it is
 * nearly so. Words that nothing has are taken for mistyped ones only when the words as typed find
 * nothing, and then the answer is a guess; where they find something, the mended reading is offered
 * beside it. Several questions in one text are answered side by side.
 */
export function answerQuestion(
  indexed: Indexed,
  question: string,
  options: AskOptions,
): SearchAnswer {
  const text = question.slice(0, MAX_QUESTION_LENGTH);
  const [first = { kind: "nothing" }, ...others] = questionsOf(text).map((each) =>
    answerOne(indexed, each, options),
  );
  return others.length === 0 ? first : sideBySide([first, ...others], options.limit);
}

function answerOne(indexed: Indexed, text: string, options: AskOptions): SearchAnswer {
  if (isAboutBot(text)) return { kind: "nothing" };
  const asked = askedIn(indexed, text, options);
  const typed = attempt(indexed, { ...asked, ...readAsked(indexed, asked, false) });
  if (typed.certainty >= 0) {
    if (!asksToAct(text)) return { kind: "found", results: typed.results(options.limit) };
    return { kind: "unsure", results: typed.results(MOST_GUESSES) };
  }
  const unsure = unsureAnswer(indexed, asked, typed);
  return options.namesUnknown === true ? { ...unsure, unknown: typed.unknown } : unsure;
}

function unsureAnswer(
  indexed: Indexed,
  asked: AskedQuestion,
  typed: Attempt,
): Exclude<SearchAnswer, { kind: "found" }> {
  const mended = mendedAttempt(indexed, asked, typed);
  // Two guesses are not compared: how sure each is rests on other things.
  const meant = mended.certainty >= CERTAINTY.unsure ? mended.showing : undefined;
  const best = typed.certainty < CERTAINTY.unsure && meant !== undefined ? mended : typed;
  const language = otherLanguage(asked.text);
  if (best.certainty < CERTAINTY.unsure || language !== undefined) {
    return language === undefined ? { kind: "nothing" } : { kind: "nothing", language };
  }
  if (meant === undefined) return { kind: "unsure", results: best.results(MOST_GUESSES) };
  // What was typed keeps the first place, but for a whole name or log text that was only mistyped.
  const isWhole = mended.certainty === Number.POSITIVE_INFINITY;
  const kept = isWhole ? [] : best.results(1);
  const results = once([...kept, ...mended.results(MOST_GUESSES), ...best.results(MOST_GUESSES)]);
  return { kind: "unsure", results: results.slice(0, MOST_GUESSES), meant };
}

/** Only a word that no section has can be a mistyped one; without any, the attempt as typed is the same. */
function mendedAttempt(indexed: Indexed, asked: AskedQuestion, typed: Attempt): Attempt {
  if (typed.unknown.length === 0) return typed;
  const reading = readAsked(indexed, asked, true);
  return reading.mended.size === 0 ? typed : attempt(indexed, { ...asked, ...reading });
}

/**
 * Sure answers first, each question's best before any second best. Where one of them is a guess, all is: else
 * it would pass for an answer, or its question for none.
 */
function sideBySide(answers: readonly SearchAnswer[], limit: number): SearchAnswer {
  const found = answers.filter(({ kind }) => kind === "found");
  const guessed = answers.filter(({ kind }) => kind === "unsure");
  const lists = [...found, ...guessed].flatMap((answer) =>
    answer.kind === "nothing" ? [] : [answer.results],
  );
  const merged = inTurns(lists);
  if (merged.length === 0) return answers[0] ?? { kind: "nothing" };
  const isFound = guessed.length === 0;
  const results = merged.slice(0, isFound ? limit : MOST_GUESSES);
  return { kind: isFound ? "found" : "unsure", results };
}

/** The first of each, then the second of each; a section once. */
function inTurns(lists: readonly (readonly FoundSection[])[]): FoundSection[] {
  const longest = Math.max(0, ...lists.map((list) => list.length));
  const rows = Array.from({ length: longest }, (_, place) =>
    lists.flatMap((list) => list[place] ?? []),
  ).flat();
  return once(rows);
}

function once(results: readonly FoundSection[]): FoundSection[] {
  return results.filter(({ id }, at) => results.findIndex((other) => other.id === id) === at);
}

type Attempt = {
  certainty: number;
  /** The best of what it found, told only when it is shown: most attempts of a guess are not. */
  results: (most: number) => FoundSection[];
  /** Words that no section has. */
  unknown: string[];
  /** The question with its mistyped words mended, when there were any. */
  showing?: string;
};

const noName = (): boolean => false;

/** One question, with what is told from its text alone. */
type AskedQuestion = {
  text: string;
  /** What is read of it: without the names of topics, groups and targets. */
  read: string;
  values: ReadonlySet<string>;
  options: AskOptions;
};

function askedIn(indexed: Indexed, text: string, options: AskOptions): AskedQuestion {
  const { isName, labels } = options;
  const read = isName === undefined ? text : withoutNames(text, indexed, isName);
  return { text, read, values: valueWords(text, valuesOf(labels)), options };
}

function readAsked(indexed: Indexed, asked: AskedQuestion, mends: boolean): QuestionReading {
  const { read, values, options } = asked;
  const { isName = noName } = options;
  return readQuestion(read, indexed, { mends, values, isName, isFixed: isFixedBy(options) });
}

function attempt(indexed: Indexed, asked: AskedQuestion & QuestionReading): Attempt {
  const { words, logs, phrases, ids, subjectOf } = indexed;
  const { text, concepts, mended, values, options } = asked;
  const question = mended.size === 0 ? text : exchangeWords(text, mended);
  const matches = matchWords(indexed, concepts);
  const near = phrases.nearness(
    concepts,
    matches.map(({ section }) => section),
  );
  const fused = fuseRoutes({
    words: matches,
    names: matchNames(question, indexed),
    logs: logs.match(question),
    phrase: (section) => near.get(section),
    context: contextOf(indexed, { ...options, isMeasured: values.size > 0 }),
  });
  const spread = spreadSubjects(fused, subjectOf, options.limit);
  const [best] = spread;
  const unknown = concepts.flatMap(({ word, state }) => (state === "missing" ? word : []));
  if (best === undefined) {
    return { certainty: Number.NEGATIVE_INFINITY, results: () => [], unknown };
  }
  const has = (section: number) => (concept: Concept) => hasConcept(words, concept, section);
  const results = (most: number): FoundSection[] =>
    spread.slice(0, most).map((match) => ({
      id: ids[match.section] ?? "",
      score: match.score,
      routes: routesOf(match, concepts.filter(has(match.section))),
    }));
  const next = fused.find(({ section }) => subjectOf[section] !== subjectOf[best.section]);
  const ahead = best.score - (next?.score ?? 0);
  const { isName = noName } = options;
  const judging = { question: text, concepts, words, subjectOf, isName, ahead };
  const certainty = certaintyOf(best, judging);
  const attempted = { certainty, results, unknown };
  return mended.size === 0 ? attempted : { ...attempted, showing: question };
}

/** What the alert's labels, or the names of topics, groups and targets, contain is no typing error. */
function isFixedBy({ labels = {}, isInName = noName }: AskOptions): (word: string) => boolean {
  const values = Object.values(labels).map((value) => value.toLowerCase());
  return (word) => isInName(word) || values.some((value) => value.includes(word));
}

/** The alert's name and severity are about the subject; all other labels say where. */
function valuesOf(labels: Readonly<Record<string, string>> = {}): string[] {
  return Object.entries(labels).flatMap(([name, value]) =>
    name === "alertname" || name === "severity" ? [] : [value],
  );
}

function matchWords({ rankWords }: Indexed, concepts: readonly Concept[]): WordMatch[] {
  return concepts.length === 0 ? [] : rankWords(concepts, MOST_WORD_MATCHES);
}

function routesOf({ words, name, log }: Fused, matched: readonly Concept[]): RouteMatch[] {
  const routes: RouteMatch[] = [];
  if (log !== undefined) routes.push({ route: "log", score: log.score, matched: [log.log] });
  if (name !== undefined) routes.push({ route: "name", score: name.score, matched: [name.name] });
  if (words > 0) {
    routes.push({ route: "word", score: words, matched: matched.map(({ word }) => word) });
  }
  return routes;
}

function contextOf(
  indexed: Indexed,
  { labels = {}, findings = [], learned, isMeasured }: AskOptions & { isMeasured: boolean },
): ContextWeight {
  const values = Object.values(labels).join(" ");
  const matches = values === "" ? [] : matchWords(indexed, readQuestion(values, indexed).concepts);
  const about = new Map(matches.map(({ section, score }) => [section, score * RANKING.labels]));
  const found = new Set(findings);
  const isKnown = learned !== undefined || found.size > 0;
  return (section) => {
    const alerting = isMeasured && indexed.ofAlerts.has(section) ? RANKING.alertPage : 0;
    const said = about.get(section) ?? 0;
    if (!isKnown) return said + alerting;
    const id = indexed.ids[section] ?? "";
    const verdict = RANKING.learned * Math.max(-1, Math.min(1, learned?.get(id) ?? 0));
    return said + (found.has(id) ? RANKING.finding : 0) + verdict + alerting;
  };
}

type ContextWeight = (section: number) => number;

function hasConcept(words: WordIndex, { variants, state }: Concept, section: number): boolean {
  if (state === "missing") return false;
  return [...variants.keys()].some((term) => hasSection(words.posting(term), section));
}

/** One reading of a question -> what it finds, and how sure that is. */

import { type ContextWeight, contextOf, isFixedBy, placeValues } from "./alert-context.ts";
import type { AskOptions, FoundSection, Indexed, RouteMatch } from "./asking.ts";
import { certaintyOf } from "./certainty.ts";
import { type Fused, fuseRoutes, type RouteResults, spreadSubjects } from "./fuse-routes.ts";
import { valueWords } from "./label-values.ts";
import { matchNames } from "./match-names.ts";
import { CERTAINTY, RANKING } from "./ranking.ts";
import { type Concept, type QuestionReading, readQuestion, withoutNames } from "./read-question.ts";
import { exchangeWords } from "./split-words.ts";
import { hasSection, type WordIndex } from "./word-index.ts";

export type Attempt = {
  certainty: number;
  /** The best of what it found, told only when it is shown: most attempts of a guess are not. */
  results: (most: number) => FoundSection[];
  /** Words that no section has. */
  unknown: string[];
  /** The question with its mistyped words mended, when there were any. */
  showing?: string;
};

/** One question, with what is told from its text alone. */
export type OneQuestion = {
  text: string;
  /** What is read of it: without the names of topics, groups and targets. */
  read: string;
  values: ReadonlySet<string>;
  options: AskOptions;
};

/** How many sections the word route gives to the fusion. */
const MOST_WORD_MATCHES = 100;

const noName = (): boolean => false;

/** What is told of a question before it is read. */
export function askedIn(indexed: Indexed, text: string, options: AskOptions): OneQuestion {
  const { isName, labels } = options;
  const read = isName === undefined ? text : withoutNames(text, indexed, isName);
  return { text, read, values: valueWords(text, placeValues(labels)), options };
}

/** The question's telling words, as typed or with mistyped ones mended. */
export function readAsked(indexed: Indexed, asked: OneQuestion, mends: boolean): QuestionReading {
  const { read, values, options } = asked;
  const { isName = noName } = options;
  return readQuestion(read, indexed, { mends, values, isName, isFixed: isFixedBy(options) });
}

/**
 * Looks a reading up. The alert that is asked about changes the order: where it would put what is sure behind
 * what is none, the order without it stays.
 */
export function attempt(indexed: Indexed, asked: OneQuestion & QuestionReading): Attempt {
  const { text, concepts, mended, options } = asked;
  const question = mended.size === 0 ? text : exchangeWords(text, mended);
  const unknown = concepts.flatMap(({ word, state }) => (state === "missing" ? word : []));
  const routes = routesTo(indexed, asked, question);
  const context = contextOf(indexed, options);
  const inContext = rank(indexed, asked, { routes, context });
  const best =
    context === undefined || inContext.certainty >= 0
      ? inContext
      : surerOf(inContext, rank(indexed, asked, { routes, context: undefined }));
  const attempted = { ...best, unknown };
  return mended.size === 0 ? attempted : { ...attempted, showing: question };
}

type Ranked = Pick<Attempt, "certainty" | "results">;

/** The first, unless the other is an answer where it is a guess, or a guess where it is none. */
function surerOf(one: Ranked, other: Ranked): Ranked {
  const isSurer = [0, CERTAINTY.unsure].some(
    (bar) => one.certainty < bar && other.certainty >= bar,
  );
  return isSurer ? other : one;
}

type FoundRoutes = Omit<RouteResults, "context">;

function routesTo(
  indexed: Indexed,
  { concepts }: Pick<QuestionReading, "concepts">,
  question: string,
): FoundRoutes {
  const { rankWords, logs, phrases } = indexed;
  const words = concepts.length === 0 ? [] : rankWords(concepts, MOST_WORD_MATCHES);
  const near = phrases.nearness(
    concepts,
    words.map(({ section }) => section),
  );
  return {
    words,
    names: matchNames(question, indexed),
    logs: logs.match(question),
    phrase: (section) => near.get(section),
  };
}

type Ranking = { routes: FoundRoutes; context: ContextWeight | undefined };

function rank(
  indexed: Indexed,
  { text, concepts, values, options }: OneQuestion & QuestionReading,
  { routes, context }: Ranking,
): Ranked {
  const { words, ids, subjectOf, ofAlerts } = indexed;
  const isMeasured = values.size > 0;
  const weight = (section: number): number =>
    (isMeasured && ofAlerts.has(section) ? RANKING.alertPage : 0) + (context?.(section) ?? 0);
  const fused = fuseRoutes({ ...routes, context: weight });
  const spread = spreadSubjects(fused, subjectOf, options.limit);
  const [best] = spread;
  if (best === undefined) return { certainty: Number.NEGATIVE_INFINITY, results: () => [] };
  const results = (most: number): FoundSection[] =>
    spread.slice(0, most).map((match) => ({
      id: ids[match.section] ?? "",
      score: match.score,
      routes: routesOf(
        match,
        concepts.filter((concept) => hasConcept(words, concept, match.section)),
      ),
    }));
  const next = fused.find(({ section }) => subjectOf[section] !== subjectOf[best.section]);
  const ahead = best.score - (next?.score ?? 0);
  const { isName = noName } = options;
  const certainty = certaintyOf(best, {
    question: text,
    concepts,
    words,
    subjectOf,
    isName,
    ahead,
  });
  return { certainty, results };
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

function hasConcept(words: WordIndex, { variants, state }: Concept, section: number): boolean {
  if (state === "missing") return false;
  return [...variants.keys()].some((term) => hasSection(words.posting(term), section));
}

/** How well a search finds, in the figures the ranking was tuned by. */

import type { Search } from "../../src/search/create-search.ts";
import type { SearchSection } from "../../src/search/section.ts";
import {
  type Asked,
  alertNames,
  annotations,
  type Half,
  mistype,
  readQuestions,
  readUnanswerable,
  splitName,
} from "./written-questions.ts";

export type Quality = {
  kind: string;
  count: number;
  /** Mean reciprocal rank of the first right one among the first ten; 0 when it is not there. */
  meanReciprocalRank: number;
  /** The parts with the right one first, and among ten. */
  first: number;
  amongTen: number;
  /** The parts with the right one among three, of all questions. */
  amongThree: number;
  /** The parts that were answered with confidence (rightly or not), offered guesses, refused. */
  answered: number;
  hedged: number;
  refused: number;
  /** The part that was answered with confidence, without the right one among three. */
  confidentWrong: number;
};

export type Finder = Pick<Search, "ask">;

/** A ranking that always answers, for comparison. */
export function asFinder(
  rank: (query: string, limit: number) => readonly { id: string; score: number }[],
): Finder {
  return {
    ask: async (question, { limit }) => {
      const results = rank(question, limit).map((match) => ({ ...match, routes: [] }));
      return results.length === 0 ? { kind: "nothing" } : { kind: "found", results };
    },
  };
}

/** The kinds of questions that people and alerts ask, with the answers that will do. */
export function questionKinds(
  sections: readonly SearchSection[],
  half: Half,
): ReadonlyMap<string, readonly Asked[]> {
  const names = alertNames(sections);
  const questions = readQuestions(half);
  return new Map([
    ["alert name", names],
    ["name with typing errors", mistype(names, 5)],
    ["name in words", names.map(splitName)],
    ["annotation", annotations(sections)],
    ["log line", logLines(sections)],
    ["question", questions],
    ["question with a typing error", mistype(questions, 6)],
    ["question without an answer", readUnanswerable(half)],
  ]);
}

/** A log text as it stands in a log, with a value where the text leaves it open. */
function logLines(sections: readonly SearchSection[]): Asked[] {
  const answers = new Map<string, string[]>();
  for (const { id, logs = [] } of sections) {
    for (const log of logs) answers.set(log, [...(answers.get(log) ?? []), id]);
  }
  return [...answers].map(([log, ids]) => ({
    question: `2026-11-23T10:00:00Z ERROR streamline: ${log.replace(/…|\.\.\.|\bN\b/g, "17")} peer=10.0.0.7`,
    answers: ids,
  }));
}

export async function measureQuality(
  search: Finder,
  kind: string,
  asked: readonly Asked[],
): Promise<Quality> {
  const sum = { reciprocal: 0, first: 0, amongThree: 0, amongTen: 0, wrong: 0 };
  const kinds = { found: 0, unsure: 0, nothing: 0 };
  for (const { question, answers } of asked) {
    const answer = await search.ask(question, { limit: 10 });
    kinds[answer.kind] += 1;
    const results = answer.kind === "nothing" ? [] : answer.results;
    const rank = results.findIndex(({ id }) => isAnswer(id, answers));
    if (rank >= 0) sum.reciprocal += 1 / (rank + 1);
    if (rank === 0) sum.first += 1;
    if (rank >= 0 && rank < 3) sum.amongThree += 1;
    else if (answer.kind === "found") sum.wrong += 1;
    if (rank >= 0) sum.amongTen += 1;
  }
  const part = (number: number): number => number / Math.max(1, asked.length);
  return {
    kind,
    count: asked.length,
    meanReciprocalRank: part(sum.reciprocal),
    first: part(sum.first),
    amongThree: part(sum.amongThree),
    amongTen: part(sum.amongTen),
    answered: part(kinds.found),
    hedged: part(kinds.unsure),
    refused: part(kinds.nothing),
    confidentWrong: part(sum.wrong),
  };
}

function isAnswer(id: string, answers: readonly string[]): boolean {
  return answers.includes(id) || answers.includes(id.split("#", 1)[0] ?? "");
}

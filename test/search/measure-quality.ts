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
  /** The parts with the right one first, among ten, and without any answer. */
  first: number;
  amongTen: number;
  refused: number;
};

export type Finder = Pick<Search, "search">;

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
  let reciprocal = 0;
  let first = 0;
  let amongTen = 0;
  let refused = 0;
  for (const { question, answers } of asked) {
    const found = await search.search(question, 10);
    const rank = found.findIndex(({ id }) => isAnswer(id, answers));
    if (rank >= 0) reciprocal += 1 / (rank + 1);
    if (rank === 0) first += 1;
    if (rank >= 0) amongTen += 1;
    if (found.length === 0) refused += 1;
  }
  const part = (number: number): number => number / Math.max(1, asked.length);
  return {
    kind,
    count: asked.length,
    meanReciprocalRank: part(reciprocal),
    first: part(first),
    amongTen: part(amongTen),
    refused: part(refused),
  };
}

function isAnswer(id: string, answers: readonly string[]): boolean {
  return answers.includes(id) || answers.includes(id.split("#", 1)[0] ?? "");
}

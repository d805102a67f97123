/** The answers to the questions of one text -> one answer. */

import type { FoundSection, SearchAnswer } from "./asking.ts";

/** More guesses are a list to search in. */
export const MOST_GUESSES = 3;

/**
 * Sure answers first, each question's best before any second best. Where one of them is a guess, all is: else
 * it would pass for an answer, or its question for none.
 */
export function sideBySide(answers: readonly SearchAnswer[], limit: number): SearchAnswer {
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

/** Each section once, where it came first. */
export function once(results: readonly FoundSection[]): FoundSection[] {
  return results.filter(({ id }, at) => results.findIndex((other) => other.id === id) === at);
}

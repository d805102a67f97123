/** Where steps and answers name a check that does not exist: it would guard nothing, and nobody would see. */

import { lostGuards } from "../../knowledge/cut-steps.ts";
import type { Page, PageProblem } from "../../knowledge/page.ts";
import type { Check } from "./check.ts";

interface PlacedCheck {
  readonly check: Check;
  readonly line: number;
}

/** Each unknown id, and each guarded step that its page does not have, with file and line. */
export function unknownGuards(
  pages: readonly Page[],
  placed: readonly PlacedCheck[],
): PageProblem[] {
  const known = new Set(placed.map(({ check }) => check.id));
  const among = (ids: readonly string[]): string[] => ids.filter((id) => !known.has(id));
  return [
    ...placed.flatMap((each) => ofCheck(each, among)),
    ...pages.flatMap((page) => ofPage(page, among)),
  ];
}

type Unknown = (ids: readonly string[]) => string[];

function ofCheck({ check, line }: PlacedCheck, among: Unknown): PageProblem[] {
  const { id, file, first } = check;
  return first.flatMap(({ unless }) =>
    among(unless).map((name) => ({
      file,
      line,
      reason: `check ${id}: first: unless ${name}, and there is no such check`,
    })),
  );
}

function ofPage({ file, steps = [], answer, sections }: Page, among: Unknown): PageProblem[] {
  const named = steps.flatMap(({ begins, unless, line }) =>
    among(unless).map((id) => ({
      file,
      line,
      reason: `step ${JSON.stringify(begins)}: unless ${id}, and there is no such check`,
    })),
  );
  const lost = lostGuards(sections, steps).map(({ begins, line }) => ({
    file,
    line,
    reason: `steps: no step of the page begins with ${JSON.stringify(begins)}`,
  }));
  const confirmed = among(answer?.confirmedBy ?? []).map((id) => ({
    file,
    line: 1,
    reason: `answer: confirmed_by ${id}, and there is no such check`,
  }));
  return [...named, ...lost, ...confirmed];
}

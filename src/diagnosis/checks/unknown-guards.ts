/** Where steps and answers name a check that does not exist: it would guard nothing, and nobody would see. */

import type { Page, PageProblem } from "../../knowledge/page.ts";
import type { Check } from "./check.ts";

interface PlacedCheck {
  readonly check: Check;
  readonly line: number;
}

/** Each unknown id, with file and line. */
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

function ofPage({ file, steps = [], answer }: Page, among: Unknown): PageProblem[] {
  const named = steps.flatMap(({ begins, unless, line }) =>
    among(unless).map((id) => ({
      file,
      line,
      reason: `step ${JSON.stringify(begins)}: unless ${id}, and there is no such check`,
    })),
  );
  const confirmed = among(answer?.confirmedBy ?? []).map((id) => ({
    file,
    line: 1,
    reason: `answer: confirmed_by ${id}, and there is no such check`,
  }));
  return [...named, ...confirmed];
}

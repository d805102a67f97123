/**
 * What of one page is used. All of it is indexed on the event loop, which a page of eight megabytes must
 * not hold up; the largest pages in public have some hundred sections, and some hundred words that lead
 * to them. What is beyond is left out, and said.
 */

import type { Page, PageProblem, SearchTerms } from "./page.ts";

const MOST = {
  sections: 25_000,
  alerts: 500,
  checks: 500,
  symptoms: 2_000,
  logs: 2_000,
  problems: 50,
};
/** Characters of one; a longer one is no words that people type, and no line of a log. */
const LONGEST = { symptoms: 200, logs: 1_000 };
/** Characters of all checks of a page together: their expressions are parsed where they are used. */
const TEXT_OF_CHECKS = 200_000;

export interface LimitedPage {
  readonly page: Page;
  readonly problems: readonly PageProblem[];
}

/** The page within the limits, and a problem for each kind of thing that was left out. */
export function limitPage(whole: Page): LimitedPage {
  const { file } = whole;
  const take = { symptoms: taker("symptoms"), logs: taker("logs") };
  const limited = ({ symptoms, logs }: SearchTerms): SearchTerms => ({
    symptoms: take.symptoms.of(symptoms),
    logs: take.logs.of(logs),
  });
  const own = limited(whole);
  const sections = whole.sections
    .slice(0, MOST.sections)
    .map((section) => ({ ...section, ...limited(section) }));
  const checks = checksOf(whole);
  const problems = [
    ...leftOut(file, whole.sections.length - sections.length, "sections", whole.sections),
    ...leftOut(file, whole.alerts.length - MOST.alerts, "alerts"),
    ...leftOut(file, whole.checks.length - checks.length, "checks"),
    ...leftOut(file, take.symptoms.left(), "symptoms"),
    ...leftOut(file, take.logs.left(), "logs"),
  ];
  if (problems.length === 0) return { page: whole, problems };
  return {
    page: {
      ...whole,
      ...own,
      alerts: whole.alerts.slice(0, MOST.alerts),
      checks,
      sections,
    },
    problems,
  };
}

/** So many problems of one page are listed; the last one counts the others. */
export function limitProblems(problems: readonly PageProblem[]): readonly PageProblem[] {
  const [first] = problems;
  if (problems.length <= MOST.problems || first === undefined) return problems;
  const left = problems.length - MOST.problems;
  const shown = problems.slice(0, MOST.problems);
  return [
    ...shown,
    { file: first.file, line: 1, reason: `and ${left} more problems of this page` },
  ];
}

/** The first of them, as far as their texts have room. */
function checksOf({ checks }: Page): Page["checks"] {
  let room = TEXT_OF_CHECKS;
  return checks.slice(0, MOST.checks).filter(({ value }) => {
    const length = JSON.stringify(value)?.length ?? 0;
    if (length > room) return false;
    room -= length;
    return true;
  });
}

/** Takes from several lists until it has as many as are used. */
function taker(kind: "symptoms" | "logs") {
  let room = MOST[kind];
  let left = 0;
  return {
    of(all: readonly string[]): readonly string[] {
      const taken = all.filter((each) => each.length <= LONGEST[kind]).slice(0, room);
      room -= taken.length;
      left += all.length - taken.length;
      return taken;
    },
    left: () => left,
  };
}

function leftOut(
  file: string,
  count: number,
  kind: Exclude<keyof typeof MOST, "problems">,
  sections: Page["sections"] = [],
): PageProblem[] {
  if (count <= 0) return [];
  const line = sections[MOST.sections]?.line ?? 1;
  const longest = kind === "symptoms" || kind === "logs" ? ` of ${LONGEST[kind]} characters` : "";
  const reason = `${count} of its ${kind} are not used: a page has at most ${MOST[kind]}${longest}`;
  return [{ file, line, reason }];
}

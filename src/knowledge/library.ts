/** All pages of all knowledge folders, and how an alert or an id finds its page or section. */

import { baseName } from "./base-name.ts";
import type { Page, PageProblem, Section } from "./page.ts";
import { sectionKey } from "./sections/section-key.ts";

export type Library = {
  pages: readonly Page[];
  /** How many pages there are, those that could not be read among them. */
  found: number;
  sections: readonly Section[];
  problems: readonly PageProblem[];
  /**
   * The page of an alert: the one whose front matter names it, else the one whose file
   * is named like it, else the one with a heading that is its name.
   */
  runbookFor(alertName: string): Page | undefined;
  /**
   * What to read for an alert, in order: the page's sections, or, in a page with a heading
   * per alert, the section under that heading and those below it. Empty when nothing is there.
   */
  runbookSections(alertName: string): readonly Section[];
  /** By its id, or by its key (section-key.ts). */
  section(idOrKey: string): Section | undefined;
  sectionsOf(page: Page): readonly Section[];
};

/** `604 of 608 pages read`. */
export function pagesRead({ pages, found }: Pick<Library, "pages" | "found">): string {
  return `${pages.length} of ${found} pages read`;
}

/** That pages are missing, as a sentence of a list; empty when none is. */
export function pagesLeftOut(library: Pick<Library, "pages" | "found">): string[] {
  if (library.pages.length === library.found) return [];
  return [`Not all runbooks can be searched: ${pagesRead(library)}.`];
}

/** Puts pages together; two pages that claim one alert are a problem, and the first keeps it. */
export function buildLibrary(
  pages: readonly Page[],
  problems: readonly PageProblem[],
  found: number = pages.length,
): Library {
  const sections = pages.flatMap((page) => page.sections);
  const byId = new Map(sections.map((section) => [section.id, section]));
  const byKey = new Map(sections.map((section) => [sectionKey(section.id), section]));
  const claims = claimedAlerts(pages);
  const files = firstByName(pages, (page) => [baseName(page.file)]);
  const headings = firstByName(sections, ({ title }) => alertNamesIn(title));
  const byFile = new Map(pages.map((page) => [page.file, page]));

  const ownPage = (alert: string): Page | undefined =>
    claims.pages.get(alert) ?? files.get(alert.toLowerCase());
  const heading = (alert: string): Section | undefined => headings.get(alert.toLowerCase());

  return {
    pages,
    found,
    sections,
    problems: [...problems, ...claims.problems],
    runbookFor: (alert) => ownPage(alert) ?? byFile.get(heading(alert)?.file ?? ""),
    runbookSections: (alert) => {
      const page = ownPage(alert);
      if (page !== undefined) return page.sections;
      const start = heading(alert);
      return start === undefined ? [] : withThoseBelow(start, byFile.get(start.file));
    },
    section: (idOrKey) => byId.get(idOrKey) ?? byKey.get(idOrKey),
    sectionsOf: (page) => page.sections,
  };
}

function claimedAlerts(pages: readonly Page[]): {
  pages: Map<string, Page>;
  problems: PageProblem[];
} {
  const claimed = new Map<string, Page>();
  const problems: PageProblem[] = [];
  for (const page of pages) {
    for (const alert of new Set(page.alerts)) {
      const first = claimed.get(alert);
      if (first === undefined) claimed.set(alert, page);
      else problems.push(twoClaims(alert, page, first));
    }
  }
  return { pages: claimed, problems };
}

function twoClaims(alert: string, page: Page, first: Page): PageProblem {
  const reason = `alert ${alert} already has its runbook in ${first.file}, which is used`;
  return { file: page.file, line: 1, reason };
}

function firstByName<T>(things: readonly T[], namesOf: (thing: T) => string[]): Map<string, T> {
  const first = new Map<string, T>();
  for (const thing of things) {
    for (const name of namesOf(thing)) {
      const key = name.toLowerCase();
      if (!first.has(key)) first.set(key, thing);
    }
  }
  return first;
}

/** No alert has a longer name; a longer word would only take time. */
const LONGEST_NAME = 200;

/** Pages by others put the alert's name into a heading, alone or among other words. */
function alertNamesIn(title: string): string[] {
  const names = title
    .split(/[\s`"'():,/]+/)
    .filter((word) => word.length <= LONGEST_NAME)
    .filter((word) => /^[A-Za-z]+[a-z0-9]+[A-Z]\w*$/.test(word));
  return names.length === 1 ? names : [];
}

function withThoseBelow(start: Section, page: Page | undefined): readonly Section[] {
  const sections = page?.sections ?? [];
  const from = sections.indexOf(start);
  const rest = sections.slice(from + 1);
  const next = rest.findIndex(({ level }) => level <= start.level);
  return [start, ...(next === -1 ? rest : rest.slice(0, next))];
}

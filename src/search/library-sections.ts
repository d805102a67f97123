/** The library's sections as the search takes them. */

import type { Library } from "../knowledge/library.ts";
import type { Page, Section } from "../knowledge/page.ts";
import type { SearchSection } from "./section.ts";

/** What can be found: every section that has something to show. */
export function searchSections(library: Library): SearchSection[] {
  return library.pages.flatMap(pageSections);
}

/** A page's part of it, in the page's order. */
export function pageSections(page: Page): SearchSection[] {
  const shown = page.sections.filter(({ text }) => text !== "");
  return shown.map((section, n) => toSearch(section, page, n === 0));
}

/** What the front matter says of the whole page leads to its first section. */
function toSearch(section: Section, page: Page, isFirst: boolean): SearchSection {
  const { id, file, title, headings, text, symptoms, logs } = section;
  const common = { id, file, title, headings, text, alerts: page.alerts };
  if (!isFirst) return { ...common, symptoms, logs };
  return { ...common, symptoms: [...page.symptoms, ...symptoms], logs: [...page.logs, ...logs] };
}

/** The library's sections as the search takes them. */

import type { Library } from "../knowledge/library.ts";
import type { Page, Section } from "../knowledge/page.ts";
import type { SearchSection } from "./section.ts";

/** What can be found: every section that has something to show. */
export function searchSections(library: Library): SearchSection[] {
  return library.pages.flatMap((page) =>
    page.sections.filter(({ text }) => text !== "").map((section) => toSearch(section, page)),
  );
}

/** What the front matter says of the whole page leads to its first section. */
function toSearch(section: Section, page: Page): SearchSection {
  const first = page.sections.find(({ text }) => text !== "") === section;
  return {
    id: section.id,
    file: section.file,
    title: section.title,
    headings: section.headings,
    text: section.text,
    alerts: page.alerts,
    symptoms: first ? [...page.symptoms, ...section.symptoms] : section.symptoms,
    logs: first ? [...page.logs, ...section.logs] : section.logs,
  };
}

/** A section by the name of its page and its own, since "Meaning" alone could be any page's. */

import { line } from "../../block-kit/text.ts";
import type { Section } from "../../knowledge/page.ts";
import { saysTheSame } from "../../knowledge/section-path.ts";

type SectionNaming = Pick<Section, "title" | "headings" | "file">;

/** "The disk is full: Meaning"; the page alone where the section has no other name. */
export function sectionName(section: SectionNaming): string {
  const page = pageNameOf(section);
  return isWholePage(section, page) ? page : `${page}: ${section.title}`;
}

/** The same with what tells it apart first, for places that cut the end. */
export function sectionLabel(section: SectionNaming): string {
  const page = pageNameOf(section);
  return isWholePage(section, page) ? page : `${section.title} · ${page}`;
}

/** Never empty: Slack refuses a message without a word. */
function pageNameOf({ headings: [page = ""], file }: SectionNaming): string {
  return [page, file].find((name) => line(name) !== "") ?? "(no name)";
}

function isWholePage({ title }: SectionNaming, page: string): boolean {
  return title === "" || saysTheSame(title, page);
}

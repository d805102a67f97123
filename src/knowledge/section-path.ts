/** Where a section stands, for people: the headings that lead to it. */

import type { Section } from "./page.ts";

/**
 * "The disk is full › Meaning": the headings from the page's title to the section's own, without empty ones.
 * Of two that follow each other with the same words ("Disk Full › DiskFull") the lower one stands, for it is
 * as the page itself writes it. The file where no heading says anything; not escaped, and of any length.
 */
export function sectionPath({ headings, file }: Pick<Section, "headings" | "file">): string {
  const shown = headings.filter((heading, index) => {
    const next = headings[index + 1];
    return heading.trim() !== "" && (next === undefined || !saysTheSame(heading, next));
  });
  return shown.join(" › ") || file;
}

/** Whether two names differ in case and in what parts words alone: spaces, hyphens and underscores. "C" is not "C++". */
export function saysTheSame(one: string, other: string): boolean {
  const letters = lettersOf(one);
  return letters !== "" && letters === lettersOf(other);
}

function lettersOf(text: string): string {
  return text.toLowerCase().replace(/[\s_-]+/g, "");
}

/** Under which heading tabs stand: all of one set under the same, whatever headings one of them holds. */

import { inlineText } from "./inline.ts";

const TABS = /(?:<|\{\{[<%]\s*|\{%-?\s*)(\/|end)?tabs(?=[\s>%])(?![^<>%]*\/\s*[>%])/gi;

/** Follows which sets of tabs are open. */
export function followTabs() {
  const levels: number[] = [];
  return {
    /** A line outside code, and the level of the heading above it. */
    see(line: string, level: number): void {
      for (const [, closing] of line.matchAll(TABS)) {
        if (closing !== undefined) levels.pop();
        // Within another tab, they stand below it.
        else levels.push(Math.max(level, (levels.at(-1) ?? 0) + 1));
      }
    },
    /** Of the heading above the innermost set, or above the line where there is none. */
    level: (ofLine: number): number => levels.at(-1) ?? ofLine,
  };
}

/** What a site fills in is named in a tab's name as in any heading. */
export function headingOfTab(tab: string, level: number): string {
  const heading = `${"#".repeat(Math.min(6, level + 1))} ${tab}`;
  return tab.includes("{{") ? inlineText(heading) : heading;
}

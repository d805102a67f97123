/** Under which heading tabs stand: all of one set under the same, whatever headings one of them holds. */

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

/** Whether a section takes so long to parse that showing it would hold up everything else. */

import { parseMarkdown } from "../../knowledge/markdown/markdown.ts";

/** Shorter sections take a few milliseconds, whatever they hold. */
const LONG_SECTION = 2_000;
/** Of CPU time: what no piece of work may take (docs/threat-model.md). A usual part takes a third of it. */
const MOST_MS = 200;
/** And the most in times of plain prose, of which a part may have this much: it takes a third of the limit. */
const MOST_PROSE = 3;
const PROSE = `${"Plain words of a usual line, as people write them.\n".repeat(10)}\n`.repeat(118);

/**
 * A section is read once more whenever it is shown, which the event loop waits for. On a machine that is slow
 * or busy all takes longer: what usual prose takes there just then is no fault of the section.
 */
export function isSlowSection(
  markdown: string,
  cpuTimeOf: (markdown: string) => number = parsingTime,
): boolean {
  if (markdown.length <= LONG_SECTION) return false;
  const takesLong = (): boolean => {
    const taken = cpuTimeOf(markdown);
    return taken > MOST_MS && taken > MOST_PROSE * cpuTimeOf(PROSE);
  };
  // The first times may have gone into compiling the parser, or into cleaning up.
  return takesLong() && takesLong() && takesLong();
}

/** Milliseconds of this thread's CPU time. */
function parsingTime(markdown: string): number {
  const before = process.threadCpuUsage();
  parseMarkdown(markdown);
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1_000;
}

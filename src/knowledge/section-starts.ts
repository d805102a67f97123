/**
 * Which headings begin a section of their own. A change log of megabytes has tens of thousands; all of them are
 * indexed on the event loop, so that there the lowest levels stay a part of the section that they stand in.
 */

import type { Heading } from "mdast";

/** Headings of one page that begin sections; the largest pages in public have some hundred. */
const MOST = 5_000;

export function sectionStarts(
  headings: readonly Heading[],
  most: number = MOST,
): ReadonlySet<Heading> {
  if (headings.length <= most) return new Set(headings);
  for (let depth = 5; depth >= 1; depth -= 1) {
    const upper = headings.filter((heading) => heading.depth <= depth);
    // A single title above all of them would leave one section.
    if (upper.length <= most && upper.length > most / 20) return new Set(upper);
    if (upper.length <= most) return new Set(everyFew(headings, { depth: depth + 1, most }));
  }
  return new Set(everyFew(headings, { depth: 1, most }));
}

/** Those above the depth, and of the others down to it as many as there is room for, evenly. */
function everyFew(
  headings: readonly Heading[],
  { depth, most }: { depth: number; most: number },
): Heading[] {
  const candidates = headings.filter((heading) => heading.depth <= depth);
  const upper = candidates.filter((heading) => heading.depth < depth).length;
  const each = Math.ceil((candidates.length - upper) / Math.max(1, most - upper));
  let count = 0;
  return candidates.filter((heading) => {
    if (heading.depth < depth) {
      count = 0;
      return true;
    }
    count += 1;
    return count % each === 1 % each;
  });
}

/**
 * Which headings begin a section of their own. All of them, as a rule; a page of megabytes may have hundreds of
 * thousands, and each is indexed on the event loop. Then the lowest level that has no room, and what is below
 * it, stay a part of the section that they stand in: as few as must, evenly.
 */

import type { Heading } from "mdast";

/** Headings of one page that begin sections: a generated reference of 8 MB has one in 400 characters. */
const MOST = 20_000;
const LOWEST = 6;

/** At most `most` of the headings, all of them where they are no more. */
export function sectionStarts(
  headings: readonly Heading[],
  most: number = MOST,
): ReadonlySet<Heading> {
  if (headings.length <= most) return new Set(headings);
  let upper: readonly Heading[] = [];
  for (let depth = 1; depth <= LOWEST; depth += 1) {
    const down = headings.filter((heading) => heading.depth <= depth);
    if (down.length > most) return new Set(withSomeOf(down, { upper, depth, most }));
    upper = down;
  }
  return new Set(upper);
}

interface SpareStarts {
  /** The headings above this depth, for all of which there is room. */
  readonly upper: readonly Heading[];
  readonly depth: number;
  readonly most: number;
}

/** All above the depth, and as many of it as there is room for. */
function withSomeOf(
  headings: readonly Heading[],
  { upper, depth, most }: SpareStarts,
): readonly Heading[] {
  const room = most - upper.length;
  const count = headings.length - upper.length;
  let at = 0;
  return headings.filter((heading) => {
    if (heading.depth < depth) return true;
    at += 1;
    return Math.ceil((at * room) / count) > Math.ceil(((at - 1) * room) / count);
  });
}

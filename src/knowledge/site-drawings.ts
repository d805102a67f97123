/** The empty lines of a drawing, at which a block of HTML would end. Each line stays one line. */

import { endsFence, fenceOf } from "./site-fences.ts";

const DRAWING = /<(\/?)svg\b/gi;

/** The same lines, as many as before. */
export function joinDrawings(lines: readonly string[]): readonly string[] {
  if (!lines.some((line) => /<svg\b/i.test(line))) return lines;
  let fence: string | undefined;
  let drawings = 0;
  const lastEnd = lines.findLastIndex((line) => /<\/svg\b/i.test(line));
  return lines.map((line, at) => {
    if (fence !== undefined) {
      if (endsFence(line, fence)) fence = undefined;
      return line;
    }
    fence = fenceOf(line);
    if (fence !== undefined) return line;
    const isWithin = drawings > 0 && at < lastEnd;
    for (const [, end] of line.matchAll(DRAWING))
      drawings = Math.max(0, drawings + (end === "" ? 1 : -1));
    return isWithin && line.trim() === "" ? "<!---->" : line;
  });
}

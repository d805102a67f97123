/**
 * The empty lines of a drawing, at which a block of HTML would end, and the lines of its first tag, which
 * begins no block unless it ends in its line. Each line stays one line.
 */

import { endsFence, type Fence, fenceOf, linesOfFences } from "../lines/fences.ts";

const DRAWING = /<(\/?)svg\b/gi;

/** The same lines, as many as before. */
export function joinDrawings(given: readonly string[]): readonly string[] {
  if (!given.some((line) => /<svg\b/i.test(line))) return given;
  const lines = given.some((line) => OPENS_BELOW.test(line)) ? withWholeTags(given) : given;
  let fence: Fence | undefined;
  let drawings = 0;
  let isGiven = false;
  const lastEnd = lines.findLastIndex((line) => /<\/svg\b/i.test(line));
  return lines.map((line, at) => {
    if (fence !== undefined) {
      if (endsFence(line, fence)) fence = undefined;
      return line;
    }
    fence = fenceOf(line);
    if (fence !== undefined) return line;
    const isWithin = drawings > 0 && at < lastEnd;
    isGiven = isWithin ? isGiven : GIVEN.test(`${lines[at - 1] ?? ""} ${line}`);
    for (const [, end] of line.matchAll(DRAWING))
      drawings = Math.max(0, drawings + (end === "" ? 1 : -1));
    if (isWithin && line.trim() === "") return "<!---->";
    const mayHoldShapes = isWithin ? !isGiven : at <= lastEnd && line.length > LONG;
    return mayHoldShapes ? withoutShapes(line, isWithin) : line;
  });
}

/** `icon={<svg …>`: JavaScript that is read as a whole, and of which every tag must be ended. */
const GIVEN = /=\{\s*\(?\s*<svg\b/i;

/** A paragraph of so many signs would be cut, and a drawing with it; within one, short lines are many. */
const LONG = 5_000;
/** What is drawn says nothing; texts and titles do. */
const SHAPES =
  /<\/?(?:path|use|g|rect|circle|ellipse|line|polyline|polygon|stop|(?:linear|radial)Gradient|clipPath|mask)(?:\s[^<>]*)?>/gi;
const DRAWN = /<svg\b.*?(?:<\/svg>|$)/gi;

/** The line, from which only shapes are taken that stand in a drawing. */
function withoutShapes(line: string, isWithin: boolean): string {
  if (isWithin && !/<\/?svg\b/i.test(line)) {
    const words = line.replace(SHAPES, "");
    // An empty line would end the block, and a remark a paragraph that holds the drawing.
    return words.trim() === "" ? line.replace(/\S.*/, "<g/>") : words;
  }
  return line.replace(DRAWN, (drawing) => drawing.replace(SHAPES, ""));
}

const OPENS_BELOW = /^\s*<svg\b[^<>]*$/i;
const MOST_LINES = 30;

function withWholeTags(lines: readonly string[]): readonly string[] {
  const written: string[] = [];
  const isCode = linesOfFences(lines);
  while (written.length < lines.length) {
    const at = written.length;
    const line = lines[at] ?? "";
    const isGiven = GIVEN.test(`${lines[at - 1] ?? ""} ${line}`);
    const isOpen = isCode[at] !== true && !isGiven && OPENS_BELOW.test(line);
    const end = isOpen
      ? lines.slice(at, at + MOST_LINES).findIndex((each) => each.includes(">"))
      : -1;
    const tag = lines.slice(at, at + end + 1);
    if (end < 1 || tag.some((each) => each.trim() === "")) written.push(line);
    else
      written.push(tag.map((each) => each.trim()).join(" "), ...tag.slice(1).map(() => "<!---->"));
  }
  return written;
}

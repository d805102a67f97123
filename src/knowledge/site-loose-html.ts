/**
 * HTML as browsers read it and CommonMark's parser does not: an address without quotes, and the empty lines
 * of a drawing, at which a block of HTML would end. Each line stays one line; code is left alone.
 */

import { endsFence, fenceOf } from "./site-fences.ts";

/** `<a href=https://host/path>`: the parser takes the slash for the tag's end. */
const UNQUOTED = /<[a-z][\w-]*\s[^<>\n]*=[^\s"'`=<>]*\//i;
const TAG =
  /(`+[^`]*`+)|<[a-z][\w-]*(?:\s+[\w:-]+(?:=(?:"[^"]*"|'[^']*'|[^\s"'`=<>]+))?){1,30}\s*>/gi;
const ATTRIBUTE = /(\s[\w:-]+=)(?:"[^"]*"|'[^']*'|([^\s"'`=<>]+))/g;
const DRAWING = /<(\/?)svg\b/gi;

/** The same lines, as many as before. */
export function strictHtml(lines: readonly string[]): readonly string[] {
  if (!lines.some((line) => UNQUOTED.test(line) || /<svg\b/i.test(line))) return lines;
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
    if (isWithin && line.trim() === "") return "<!---->";
    return UNQUOTED.test(line) ? line.replace(TAG, quoted) : line;
  });
}

function quoted(tag: string, code?: string): string {
  if (code !== undefined) return code;
  return tag.replace(ATTRIBUTE, (all, name: string, value?: string) =>
    value === undefined ? all : `${name}"${value}"`,
  );
}

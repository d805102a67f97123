/**
 * What a page of Nunjucks keeps for a filter or an include that shows code: `{% set code %}`, the code, `{% endset %}`
 * and `{{ code | highlight("js") | safe }}` -> a fence in its place. As many lines as before.
 */

import { linesOfFences, markAround } from "../lines/fences.ts";

const BEGINS = /^\s*\{%-?\s*set\s+(\w+)\s*-?%\}\s*(?:\{%-?\s*raw\s*-?%\})?(.*)$/;
const ENDS = /\{%-?\s*endset\s*-?%\}\s*$/;
const SHOWN = /^\s*\{\{-?\s*(\w+)\s*\|\s*highlight\(\s*["']([\w+-]*)["'].*\}\}\s*$/;
/** An include shows what has this name. */
const NAME_OF_CODE = /code/i;
/** A line that ends with a tag. */
const TAGS = /^\s*<[a-z/].*>\s*$/i;
const RAW = /\{%-?\s*(?:end)?raw\s*-?%\}/g;

/** The same lines, in which such code is fenced. */
export function plainSetBlocks(lines: readonly string[]): readonly string[] {
  if (!lines.some((line) => BEGINS.test(line))) return lines;
  const isFenced = linesOfFences(lines);
  const lastEnd = lines.findLastIndex((line) => ENDS.test(line));
  const written = [...lines];
  const names = new Set(lines.flatMap((line) => SHOWN.exec(line)?.[1] ?? []));
  for (let at = 0; at < lastEnd; at += 1) {
    const [, name, first = ""] = BEGINS.exec(lines[at] ?? "") ?? [];
    if (name === undefined || isFenced[at] === true || first.includes("endset")) continue;
    let end = at + 1;
    while (!ENDS.test(lines[end] ?? "")) end += 1;
    // What stands beside a tag would have no line of its own.
    const isApart =
      first.trim() === "" && (lines[end] ?? "").replace(ENDS, "").replace(RAW, "").trim() === "";
    if (isApart && (names.has(name) || NAME_OF_CODE.test(name))) fence(written, at, end);
    at = end;
  }
  return written;
}

function fence(lines: string[], at: number, end: number): void {
  const code = lines.slice(at + 1, end).map((line) => line.replace(RAW, ""));
  const mark = markAround(code);
  const shown = SHOWN.exec(lines[end + 1] ?? "");
  // Tags around the code may go on behind it: an empty line would end their HTML.
  if (shown !== null && TAGS.test(lines[at - 1] ?? "")) {
    lines.splice(at, end - at + 2, "<!---->", "<pre>", ...code.map(escaped), "</pre>");
    return;
  }
  const above = shown === null ? [] : [""];
  const count = end - at + 1 + above.length;
  lines.splice(at, count, ...above, `${mark}${shown?.[2] ?? ""}`, ...code, mark);
}

/** As in HTML, in which a remark stands for an empty line. */
function escaped(code: string): string {
  return code.trim() === "" ? "<!---->" : code.replace(/&/g, "&amp;").replace(/</g, "&lt;");
}

/**
 * Tables in an item whose delimiters a formatter has set further in than their head: to GFM (4.10) such a line is
 * more of the words above, and the rows are no table. As many lines as before.
 */

import { linesOfFences } from "../lines/fences.ts";
import { CODE_INDENT, indentOf, widthOf } from "../lines/indentation.ts";
import { cellsOf, DELIMITERS } from "../lines/table-rows.ts";

const BOTH_SIDES = /^\s*\|.*\|\s*$/;
const LONGEST = 20_000;

/** The same lines, in which delimiters and rows stand as far in as their head. */
export function plainDeepRows(lines: readonly string[]): readonly string[] {
  if (!lines.some((_, at) => isDeep(lines, at))) return lines;
  const isCode = linesOfFences(lines);
  let indent: string | undefined;
  return lines.map((line, at) => {
    const head = lines[at - 1] ?? "";
    if (isCode[at] === true || !BOTH_SIDES.test(line)) indent = undefined;
    else if (isDeep(lines, at)) indent = head.slice(0, indentOf(head));
    return indent === undefined ? line : indent + line.trimStart();
  });
}

/** Delimiters of a head that stands right above them, with none above it. */
function isDeep(lines: readonly string[], at: number): boolean {
  const line = lines[at] ?? "";
  const head = lines[at - 1] ?? "";
  if (!DELIMITERS.test(line) || !BOTH_SIDES.test(line) || head.length > LONGEST) return false;
  return (
    widthOf(line) >= widthOf(head) + CODE_INDENT &&
    BOTH_SIDES.test(head) &&
    !BOTH_SIDES.test(lines[at - 2] ?? "") &&
    cellsOf(head) === cellsOf(line)
  );
}

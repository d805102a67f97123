/**
 * Tables as kramdown draws them and GFM (4.10) does not: without a line of delimiters, with one that has fewer cells
 * than the head or odd signs in it, or going on behind an empty line. As many lines as before.
 */

import { mayBeIndentedCode } from "./indentation.ts";
import { linesOfFences } from "./site-fences.ts";
import { cellsOf, DELIMITERS } from "./site-table-rows.ts";

/** A separator of kramdown: such signs in any order, and a dash among them. */
const LOOSE_DELIMITERS = /^(?=[^-]*-)[+|: \t-]+$/;
const BOTH_SIDES = /^\|(?!\|).*(?<!\\)\|\s*$/;
/** What may stand above the empty line before a table: no item, whose text the table would become. */
const OWN_BLOCK = /^(?!\s|[-*+>]\s|\d{1,9}[.)]\s)/;
const LONGEST = 20_000;

interface Rows {
  readonly from: number;
  readonly to: number;
}

/** The same lines, with such tables in GFM. */
export function gfmTables(lines: readonly string[]): readonly string[] {
  if (!lines.some((line) => line.includes("|"))) return lines;
  const written = [...lines];
  const isCode = linesOfFences(lines);
  const isRow = (at: number): boolean => isCode[at] !== true && mayBeRow(lines[at] ?? "");
  let above: { readonly end: number; readonly columns: number } | undefined;
  for (let from = 0; from < lines.length; from += 1) {
    if (!isRow(from) || mayBeIndentedCode(lines[from] ?? "")) continue;
    let to = from + 1;
    while (to < lines.length && isRow(to)) to += 1;
    const isBlock = isBlank(lines[from - 1]) && isBlank(lines[to]);
    const end = isBlock ? readRows(written, { from, to }, above) : undefined;
    if (end !== undefined) above = { end, columns: cellsOf(lines[from] ?? "") };
    from = to;
  }
  return written;
}

function mayBeRow(line: string): boolean {
  return line.includes("|") && line.length < LONGEST;
}

function isBlank(line: string | undefined): boolean {
  return line === undefined || line.trim() === "";
}

/** Where the table ends that these lines are; undefined when they are none. */
function readRows(
  lines: string[],
  { from, to }: Rows,
  above: { readonly end: number; readonly columns: number } | undefined,
): number | undefined {
  const rows = lines.slice(from, to);
  const [head = "", delimiters = ""] = rows;
  const columns = cellsOf(head);
  if (rows.length > 2 && LOOSE_DELIMITERS.test(delimiters)) {
    const isKnown = DELIMITERS.test(delimiters) && cellsOf(delimiters) >= columns;
    if (isKnown || rows.slice(0, 3).every((row) => row.trimStart().startsWith("|"))) return to;
    if (cellsOf(rows[2] ?? "") === columns) lines[from + 1] = delimitersOf(columns);
    return to;
  }
  if (rows.some((row) => DELIMITERS.test(row) || cellsOf(row) !== columns)) return undefined;
  if (columns > 2 && above?.columns === columns && from - above.end <= 2) {
    const blank = from - above.end;
    lines.splice(above.end, to - above.end, ...rows, ...Array.from({ length: blank }, () => ""));
    return to - blank;
  }
  if (rows.length < 2 || columns < 2 || !rows.every((row) => BOTH_SIDES.test(row)))
    return undefined;
  if (from < 1 || !OWN_BLOCK.test(lines[from - 2] ?? "")) return undefined;
  lines[from - 1] = head;
  lines[from] = delimitersOf(columns);
  return to;
}

function delimitersOf(columns: number): string {
  return `|${" --- |".repeat(columns)}`;
}

/**
 * Tables as kramdown draws them and GFM (4.10) does not: without a line of delimiters, with one that has fewer cells
 * than the head or odd signs in it, or going on behind an empty line. As many lines as before.
 */

import { linesOfFences } from "../lines/fences.ts";
import { mayBeIndentedCode } from "../lines/indentation.ts";
import { cellsOf, DELIMITERS } from "../lines/table-rows.ts";

/** A separator of kramdown: such signs in any order, and a dash among them. */
const LOOSE_DELIMITERS = /^(?=[^-]*-)[+|: \t-]+$/;
/** Translators set the colons apart: `|: --- |: --- |`. */
const APART_DELIMITERS = /^\|(?=[^-]*: )(?:\s*:?\s*-+\s*:?\s*\|)+\s*$/;
const BOTH_SIDES = /^\|(?!\|).*(?<!\\)\|\s*$/;
/** What may stand above the empty line before a table: no item, whose text the table would become. */
const OWN_BLOCK = /^(?!\s|[-*+>]\s|\d{1,9}[.)]\s)/;
const LONGEST = 20_000;
/** Delimiters that nobody has filled in: `|||`. */
const UNFILLED = /^\s*\|{3,}\s*$/;

/** With a row above it and one below, each as wide as that. */
function filled(lines: readonly string[], at: number): string {
  const line = lines[at] ?? "";
  const columns = line.trim().length - 1;
  const rows = [lines[at - 1], lines[at + 1]].map((row) => row?.replace(/^\s*(?:[-*+]\s+)?/, ""));
  const isTable = rows.every(
    (row) => row !== undefined && BOTH_SIDES.test(row) && cellsOf(row) === columns,
  );
  return isTable ? line.slice(0, line.indexOf("|")) + delimitersOf(columns) : line;
}

interface Rows {
  readonly from: number;
  readonly to: number;
}

interface Table {
  readonly end: number;
  readonly columns: number;
}

/** The same lines, with such tables in GFM. */
export function gfmTables(lines: readonly string[]): readonly string[] {
  if (!lines.some((line) => line.includes("|"))) return lines;
  const isCode = linesOfFences(lines);
  const written = lines.map((line, at) =>
    UNFILLED.test(line) && isCode[at] !== true ? filled(lines, at) : line,
  );
  const isRow = (at: number): boolean => isCode[at] !== true && mayBeRow(lines[at] ?? "");
  let above: Table | undefined;
  for (let from = 0; from < lines.length; from += 1) {
    if (!isRow(from) || mayBeIndentedCode(lines[from] ?? "")) continue;
    let to = from + 1;
    while (to < lines.length && isRow(to)) to += 1;
    const isBlock = isBlank(lines[from - 1]) && isBlank(lines[to]);
    if (isBlock) above = readRows(written, { from, to }, above) ?? above;
    from = to;
  }
  return written;
}

/** Words of a quote, of which the next line is more, whatever it holds. */
const QUOTED = /^ {0,3}>[ \t]*(?![-*+]\s|\d{1,9}[.)]\s|[>#|`~])\S/;

/** The same lines; a table right below a quote stands in it, since it would go on as its words. */
export function tablesBelowQuotes(lines: readonly string[]): readonly string[] {
  if (!lines.some((_, at) => isHeadBelowQuote(lines, at))) return lines;
  const isCode = linesOfFences(lines);
  let isTable = false;
  return lines.map((line, at) => {
    isTable = isTable ? mayBeRow(line) : isCode[at] !== true && isHeadBelowQuote(lines, at);
    return isTable ? `> ${line.trimStart()}` : line;
  });
}

function isHeadBelowQuote(lines: readonly string[], at: number): boolean {
  const [line = "", delimiters = ""] = [lines[at], lines[at + 1]];
  return (
    /^ {0,3}\|/.test(line) &&
    /^ {0,3}\|/.test(delimiters) &&
    DELIMITERS.test(delimiters) &&
    QUOTED.test(lines[at - 1] ?? "") &&
    cellsOf(line) === cellsOf(delimiters)
  );
}

function mayBeRow(line: string): boolean {
  return line.includes("|") && line.length < LONGEST;
}

function isBlank(line: string | undefined): boolean {
  return line === undefined || line.trim() === "";
}

/** The table that these lines are; undefined when they are none. The cheap questions come first: pages may be all rows. */
function readRows(
  lines: string[],
  { from, to }: Rows,
  above: Table | undefined,
): Table | undefined {
  const rows = lines.slice(from, to);
  const [head = "", delimiters = ""] = rows;
  if (rows.length > 2 && LOOSE_DELIMITERS.test(delimiters)) {
    const columns = cellsOf(head);
    const isKnown = DELIMITERS.test(delimiters) && cellsOf(delimiters) >= columns;
    if (APART_DELIMITERS.test(delimiters) && cellsOf(delimiters) === columns)
      lines[from + 1] = delimitersOf(columns);
    if (isKnown || rows.slice(0, 3).every((row) => row.trimStart().startsWith("|")))
      return { end: to, columns };
    if (cellsOf(rows[2] ?? "") === columns) lines[from + 1] = delimitersOf(columns);
    return { end: to, columns };
  }
  const isNear = above !== undefined && from - above.end <= 2;
  const isWhole =
    rows.length > 1 && mayBeWhole(rows, from < 1 ? undefined : (lines[from - 2] ?? ""));
  if (!isNear && !isWhole) return undefined;
  const columns = cellsOf(head);
  if (rows.some((row) => cellsOf(row) !== columns || DELIMITERS.test(row))) return undefined;
  if (isNear && columns > 2 && above.columns === columns)
    return { end: moveUp(lines, rows, { from, to: above.end }), columns };
  if (!isWhole || columns < 2) return undefined;
  lines[from - 1] = head;
  lines[from] = delimitersOf(columns);
  return { end: to, columns };
}

/** Rows of a table that only lack their delimiters; `above` is what stands above the empty line before them. */
function mayBeWhole(rows: readonly string[], above: string | undefined): boolean {
  return above !== undefined && OWN_BLOCK.test(above) && rows.every((row) => BOTH_SIDES.test(row));
}

/** Writes the rows right below their table, the empty lines behind them; gives where they end. */
function moveUp(lines: string[], rows: readonly string[], { from, to }: Rows): number {
  for (const [at, row] of rows.entries()) lines[to + at] = row;
  lines.fill("", to + rows.length, from + rows.length);
  return to + rows.length;
}

function delimitersOf(columns: number): string {
  return `|${" --- |".repeat(columns)}`;
}

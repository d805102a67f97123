/**
 * Pipes in the code of a table's cells. GitHub parts cells there (GFM 4.10), other generators do not: a row
 * that has more cells than its header so is meant as those read it.
 */

import { endsFence, type Fence, fenceOf } from "./fences.ts";
import { CODE_INDENT, widthOf } from "./indentation.ts";

/** The line below a table's head. */
export const DELIMITERS = /^[\s>]*(?:\|[ \t]*)?:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*(?:\|[ \t]*)?$/;
/** A remark that begins in a cell of its own and cannot end there; the row goes on. */
const LONE_REMARK = /\|[ \t]*<!--[ \t]*\|/;
/** A longer line is no row that people write. */
const LONGEST = 20_000;

/** What begins a block of its own, and is no row. */
const BLOCK = /^\s*(?:$|[-*+]\s|\d+[.)]\s|#{1,6}\s|>|`{3}|~{3})/;

/** Which lines are rows of a table, its head and its delimiters included; they may begin without a pipe. */
export function rowsOfTables(lines: readonly string[]): boolean[] {
  const rows = lines.map(() => false);
  for (const [at, line] of lines.entries()) {
    if (rows[at - 1] === true) rows[at] = !BLOCK.test(line);
    else if (isBelowHead(lines, at)) rows.fill(true, at - 1, at + 1);
  }
  return rows;
}

function isBelowHead(lines: readonly string[], at: number): boolean {
  const [head = "", line = ""] = [lines[at - 1], lines[at]];
  if (!line.includes("|") || !head.includes("|") || !DELIMITERS.test(line)) return false;
  return cellsOf(head) === cellsOf(line);
}

/** The same lines, as many as before. */
export function wholeRows(lines: readonly string[]): readonly string[] {
  if (!lines.some((line) => line.includes("|") && DELIMITERS.test(line))) return lines;
  let fence: Fence | undefined;
  let columns = 0;
  let indent = 0;
  return lines.map((given, at) => {
    const line =
      columns > 0 && fence === undefined ? withoutIndent(given, { indent, columns }) : given;
    if (fence !== undefined) {
      if (endsFence(line, fence)) fence = undefined;
      return line;
    }
    fence = fenceOf(line);
    if (fence !== undefined || !line.includes("|")) columns = 0;
    else if (columns === 0 && isHead(lines, at)) return withCells(line, lines[at + 1] ?? "", " ");
    else if (DELIMITERS.test(line) && lines[at - 1]?.includes("|") === true) {
      const head = columns === 0 && isHead(lines, at - 1) ? (lines[at - 1] ?? "") : line;
      const whole = withCells(line, head, " --- ");
      columns = cellsOf(whole);
      indent = widthOf(whole);
      return whole;
    } else if (columns > 0 && line.length < LONGEST) {
      return wholeRow(line, columns).replace(LONE_REMARK, "|  |");
    }
    return line;
  });
}

/** Below a head without pipes at its side, an empty first cell makes a row look like code by its indentation. */
function withoutIndent(row: string, table: { indent: number; columns: number }): string {
  if (!/^\s{4,}\|/.test(row) || widthOf(row) < table.indent + CODE_INDENT) return row;
  const bare = row.trimStart();
  const whole = `| ${bare}`;
  return " ".repeat(table.indent) + (cellsOf(whole) > table.columns ? bare : whole);
}

/** A head with delimiters below it and a row below them: kramdown and Hugo count no cells there, GFM does. */
function isHead(lines: readonly string[], at: number): boolean {
  const rows = lines.slice(at, at + 3);
  const [head = "", delimiters = "", row = ""] = rows;
  if (rows.length < 3 || !DELIMITERS.test(delimiters)) return false;
  return rows.every(hasSide) || (isUnfilled(head, delimiters) && isWide(row, delimiters));
}

/** Nobody has written words into the last cell of `spec | `. */
function isUnfilled(head: string, delimiters: string): boolean {
  return isRow(head) && /\|[ \t]*$/.test(head) && cellsOf(head) < cellsOf(delimiters);
}

function isWide(row: string, delimiters: string): boolean {
  return isRow(row) && cellsOf(row) === cellsOf(delimiters);
}

function isRow(line: string): boolean {
  return line.length < LONGEST && line.includes("|");
}

function hasSide(row: string): boolean {
  return /^[\s>]*\|/.test(row) && row.length < LONGEST;
}

/** With as many cells as the other row has, if that has more. */
function withCells(row: string, other: string, cell: string): string {
  const lacking = cellsOf(other) - cellsOf(row);
  if (lacking <= 0) return row;
  return `${row.trimEnd().replace(/(?<!\\)\|$/, "")}|${`${cell}|`.repeat(lacking)}`;
}

function wholeRow(row: string, columns: number): string {
  if (cellsOf(row) <= columns) return row;
  const whole = withoutPipesInCode(row);
  return cellsOf(whole) < columns ? row : whole;
}

/** Code ends at the next run of as many backticks as it began with. */
function withoutPipesInCode(row: string): string {
  const runs = Array.from(row.matchAll(/`+/g), ({ 0: signs, index }) => ({ signs, index }));
  const next = new Map<string, number>();
  const ends = runs
    .toReversed()
    .map(({ signs, index }) => {
      const end = next.get(signs);
      next.set(signs, index);
      return end;
    })
    .toReversed();
  let plain = "";
  let from = 0;
  for (const [at, { index }] of runs.entries()) {
    const end = ends[at];
    if (index < from || end === undefined) continue;
    plain += row.slice(from, index) + row.slice(index, end).replace(/(?<!\\)\|/g, "\\|");
    // Behind the backticks that end it, which begin nothing.
    from = end + (/^`+/.exec(row.slice(end))?.[0].length ?? 0);
    plain += row.slice(end, from);
  }
  return plain + row.slice(from);
}

/** How many cells a row has: its pipes, but those behind a backslash and those at its sides, part them. */
export function cellsOf(row: string): number {
  const first = row.indexOf("|");
  if (first < 0) return 1;
  let cells = first === 0 || /^[\s>]*$/.test(row.slice(0, first)) ? 0 : 1;
  let last = first;
  for (let at = first; at >= 0; at = row.indexOf("|", at + 1)) {
    last = at;
    if (row[at - 1] !== "\\") cells += 1;
  }
  if (row[last - 1] === "\\") return cells;
  const isSide = last === row.length - 1 || row.slice(last + 1).trim() === "";
  return Math.max(isSide ? cells - 1 : cells, 1);
}

/**
 * Tables that are drawn with signs, as Pandoc writes them: grids of `+---+`, and columns under dashes. Each
 * becomes a table of GitHub in its first lines, and empty lines behind it. Source: Pandoc's manual.
 */

import { followVerbatim } from "../lines/fences.ts";
import { cellText, emptyRow, gfmRows } from "./drawn-cells.ts";
import { followLists } from "./lists.ts";

/** Longer lines are none that people draw. */
const LONGEST = 2_000;
const BORDER = /^ {0,3}\+(?:[-=:]+\+)+ *$/;
const HEAD_BORDER = /^ {0,3}\+[=:]/;
/** `-----  ------`: where columns are. */
const COLUMNS = /^ {0,3}-{2,}(?: +-{2,})+ *$/;
const RULE = /^ {0,3}-{3,} *$/;
const HAS_DRAWING = /^ *(?:\+[-=:]{2,}\+|-{2,} +-{2,})/m;

interface DrawnTable {
  readonly rows: readonly (readonly string[])[];
  /** The line behind it. */
  readonly end: number;
}

/** The same lines, as many as before. */
export function plainDrawnTables(lines: readonly string[]): readonly string[] {
  if (!lines.some((line) => HAS_DRAWING.test(line))) return lines;
  const verbatim = followVerbatim();
  const indentOf = followLists();
  // A drawing in an item stands as far in as its words; code has none.
  const indents = lines.map((line) => (verbatim.holds(line) ? undefined : indentOf(line)));
  const written: string[] = [];
  while (written.length < lines.length) {
    const at = written.length;
    const indent = indents[at];
    const drawing = indent === undefined ? undefined : drawingAt(lines, at, indent);
    if (drawing === undefined) written.push(lines[at] ?? "");
    else for (const row of tableOf(drawing, drawing.end - at)) written.push(`${indent}${row}`);
  }
  return written;
}

function drawingAt(lines: readonly string[], at: number, indent: string): DrawnTable | undefined {
  const isFirst = (lines[at - 1] ?? "").trim() === "";
  const line = lines[at] ?? "";
  if (!isFirst || line.length > LONGEST) return undefined;
  if (BORDER.test(line.slice(indent.length))) return gridAt(lines, at, indent);
  return indent === "" ? columnsAt(lines, at) : undefined;
}

/** As many lines as the drawing had. */
function tableOf({ rows }: DrawnTable, height: number): string[] {
  const table = gfmRows(rows);
  return [...table, ...Array.from({ length: height - table.length }, () => "")];
}

/** Undefined where cells reach over several columns or rows, which no table of GitHub can. */
function gridAt(lines: readonly string[], at: number, indent: string): DrawnTable | undefined {
  const border = (lines[at] ?? "").slice(indent.length);
  const edges = Array.from(border.matchAll(/\+/g), ({ index }) => index);
  const rows: (readonly string[])[] = [];
  let parts: (readonly string[])[] = [];
  let hasHead = false;
  let end = at + 1;
  for (; end < lines.length; end += 1) {
    const line = (lines[end] ?? "").slice(indent.length);
    if (BORDER.test(line)) {
      if (line.split("+").length !== edges.length + 1) return undefined;
      if (parts.length > 0) rows.push(rowOf(parts, edges.length - 1));
      parts = [];
      if (HEAD_BORDER.test(line) && rows.length > 0) hasHead = true;
      continue;
    }
    if (!/^ {0,3}\|/.test(line)) break;
    const cells = cellsOf(line, edges);
    if (cells === undefined) return undefined;
    parts.push(cells);
  }
  if (parts.length > 0 || rows.length === 0) return undefined;
  return { rows: hasHead ? rows : [emptyRow(edges.length - 1), ...rows], end };
}

/** By the places of the edges; letters of double width move them, and pipes part the cells then. */
function cellsOf(line: string, edges: readonly number[]): string[] | undefined {
  if (line.length > LONGEST) return undefined;
  if (edges.every((edge) => line[edge] === "|")) {
    return edges.slice(1).map((edge, at) => line.slice((edges[at] ?? 0) + 1, edge));
  }
  const cells = line.trim().split("|").slice(1, -1);
  return cells.length === edges.length - 1 ? cells : undefined;
}

function rowOf(parts: readonly (readonly string[])[], width: number): string[] {
  return Array.from({ length: width }, (_, column) =>
    cellText(parts.map((part) => part[column] ?? "")),
  );
}

/** Head, dashes and rows up to an empty line; between two rules, rows are parted by empty lines. */
function columnsAt(lines: readonly string[], at: number): DrawnTable | undefined {
  const isRuled = RULE.test(lines[at] ?? "");
  const dashes = dashesBelow(lines, isRuled ? at + 1 : at, isRuled ? 6 : 1);
  if (dashes === undefined) return undefined;
  const columns = Array.from((lines[dashes] ?? "").matchAll(/-+/g), ({ index }) => index);
  const cut = (line: string): string[] =>
    columns.map((from, column) => line.slice(column === 0 ? 0 : from, columns[column + 1]));
  const head = lines.slice(isRuled ? at + 1 : at, dashes);
  const isOpen = head.length === 0;
  const last = endOfColumns(lines, dashes, isRuled || isOpen);
  if (last === undefined) return undefined;
  const body = lines.slice(dashes + 1, last);
  const isTorn = (line: string): boolean =>
    line.length > LONGEST ||
    columns.some((from) => from > 0 && /\S\S/.test(line.slice(from - 1, from + 1)));
  if (body.length === 0 || [...head, ...body].some(isTorn)) return undefined;
  const groups = isRuled ? groupsOf(body) : body.map((line) => [line]);
  const rows = [head, ...groups].map((group) => rowOf(group.map(cut), columns.length));
  const isEnded = RULE.test(lines[last] ?? "") || COLUMNS.test(lines[last] ?? "");
  return {
    rows: isOpen ? [emptyRow(columns.length), ...rows.slice(1)] : rows,
    end: isEnded ? last + 1 : last,
  };
}

function dashesBelow(lines: readonly string[], from: number, most: number): number | undefined {
  for (let at = from; at <= from + most && at < lines.length; at += 1) {
    const line = lines[at] ?? "";
    if (COLUMNS.test(line)) return at;
    if (line.trim() === "" || line.includes("|")) return undefined;
  }
  return undefined;
}

/** Of a table between rules, its last one. */
function endOfColumns(
  lines: readonly string[],
  dashes: number,
  isRuled: boolean,
): number | undefined {
  for (let at = dashes + 1; at < lines.length; at += 1) {
    const line = lines[at] ?? "";
    if (RULE.test(line) || COLUMNS.test(line)) return at;
    if (/^ {0,3}(?:#{1,6}\s|`{3}|~{3})/.test(line)) return undefined;
    if (!isRuled && line.trim() === "") return at;
  }
  return isRuled ? undefined : lines.length;
}

function groupsOf(lines: readonly string[]): string[][] {
  const groups: string[][] = [[]];
  for (const line of lines) {
    if (line.trim() === "") groups.push([]);
    else groups.at(-1)?.push(line);
  }
  return groups.filter((group) => group.length > 0);
}

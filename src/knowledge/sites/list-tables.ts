/**
 * Tables that are written as lists, `:::{list-table}` of MyST: each item is a row, and each item in it a cell ->
 * tables of GitHub in their first lines, and empty lines behind them. Source: docutils' manual, "list-table".
 */

import { columnsOf } from "../lines/fences.ts";
import { CODE_INDENT } from "../lines/indentation.ts";
import { labelLine } from "../markdown/remarks.ts";
import { cellText, emptyRow, gfmRows } from "./drawn-cells.ts";
import { type ListRow, listRows } from "./list-rows.ts";
import { holdsCode } from "./myst.ts";
import { givenOptions } from "./options.ts";
import { readSiteLines } from "./site-reader.ts";

const BEGINS = /^((?:\s*>)*\s*)(?:`{3,}|~{3,}|:{3,})\s*\{(?:list|flat)-table\}\s*(.*?)\s*$/;
/** A directive or a fence, and the name in its braces. */
const OPENS = /^((?:\s*>)*\s*)(`{3,}(?=[^`]*$)|~{3,}|:{3,}(?=\s*\{))\s*(?:\{([\w:.+-]+)\})?/;
const ENDS = /^((?:\s*>)*\s*)(`{3,}|~{3,}|:{3,})\s*$/;
const NESTED = /^\s*(?:`{3,}|~{3,}|:{3,})\s*\{/;

interface DirectiveMark {
  readonly mark: string;
  readonly column: number;
  /** What it holds is shown as it stands. */
  readonly isCode: boolean;
}

/** The same lines, as many as before. */
export function plainListTables(lines: readonly string[]): readonly string[] {
  if (!lines.some((line) => BEGINS.test(line))) return lines;
  const written = [...lines];
  const open: DirectiveMark[] = [];
  const endOf = followEnds(lines);
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? "";
    const last = open.at(-1);
    if (last !== undefined && isEnd(line, last)) open.pop();
    if (last !== undefined && (last.isCode || isEnd(line, last))) continue;
    const opening = openingOf(line);
    const end = opening !== undefined && BEGINS.test(line) ? endOf(opening, at) : undefined;
    if (end === undefined) {
      if (opening !== undefined) open.push(opening);
      continue;
    }
    const table = tableLines(lines, at, end);
    if (table !== undefined) written.splice(at, table.length, ...table);
    at = end;
  }
  return written;
}

function openingOf(line: string): DirectiveMark | undefined {
  const [, before = "", mark, name] = OPENS.exec(line) ?? [];
  if (mark === undefined) return undefined;
  return { mark, column: columnsOf(before), isCode: name === undefined || holdsCode(name) };
}

/** As that of a fence, it may stand three columns further in. */
function isEnd(line: string, { mark, column }: DirectiveMark): boolean {
  const [, before = "", signs = ""] = ENDS.exec(line) ?? [];
  return signs.startsWith(mark) && columnsOf(before) < column + CODE_INDENT;
}

/** Gives the line that ends what begins in a line; what has no end is looked for once. */
function followEnds(
  lines: readonly string[],
): (opening: DirectiveMark, at: number) => number | undefined {
  const inVain = new Set<string>();
  return (opening, at) => {
    const key = `${opening.mark} ${opening.column}`;
    if (inVain.has(key)) return undefined;
    for (let below = at + 1; below < lines.length; below += 1) {
      if (isEnd(lines[below] ?? "", opening)) return below;
    }
    inVain.add(key);
    return undefined;
  };
}

/** As many lines as there were; undefined where its list is none of rows and cells, or there is no room. */
function tableLines(lines: readonly string[], at: number, end: number): string[] | undefined {
  const [, prefix = "", caption = ""] = BEGINS.exec(lines[at] ?? "") ?? [];
  const quotes = prefix.replace(/[^>]/g, "").length;
  const own = lines.slice(at, end).map((line) => withoutQuotes(line, quotes));
  const { own: options, count } = givenOptions(own, 0);
  const rows = listRows(own.slice(1 + count));
  if (rows === undefined) return undefined;
  const plain = [
    ...(isBlank(lines[at - 1]) ? [] : [""]),
    ...(caption === "" ? [] : [labelLine(caption), ""]),
    ...shownRows(rows, Number(options.get("header-rows") ?? 0) > 0),
    ...(isBlank(lines[end + 1]) ? [] : [""]),
  ];
  const height = end - at + 1;
  if (plain.length > height) return undefined;
  const rest = Array.from({ length: height - plain.length }, () => "");
  return [...plain, ...rest].map((line) => (line === "" ? prefix.trimEnd() : prefix + line));
}

function isBlank(line = ""): boolean {
  return /^[\s>]*$/.test(line);
}

function withoutQuotes(line: string, quotes: number): string {
  return quotes === 0 ? line : line.replace(new RegExp(`^(?:\\s*>){0,${quotes}}`), "");
}

function shownRows(rows: readonly ListRow[], hasHead: boolean): string[] {
  const width = rows.reduce((most, { length }) => Math.max(most, length), 0);
  const whole = rows.map((row) => [...row.map(shownCell), ...emptyRow(width - row.length)]);
  return gfmRows(hasHead ? whole : [emptyRow(width), ...whole]);
}

function shownCell(lines: readonly string[]): string {
  const plain = lines.some((line) => NESTED.test(line)) ? readSiteLines(lines) : lines;
  const text = cellText(plain.map((line) => ` ${line}`));
  return text === "" ? " " : text;
}

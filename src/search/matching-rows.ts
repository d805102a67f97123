/**
 * The rows of a section's tables that are about a pasted text: a table of forty error texts answers with
 * one of them, and that must not stand below the fold.
 */

import { logsIn } from "./rank-logs.ts";

export interface PastedText {
  readonly text: string;
  /** The log text that the section was found by, as its page has it. */
  readonly log?: string;
}

export interface MatchingRows {
  /** The heading of each table with its rows that match. */
  readonly markdown: string;
  /** The rows in plain words, a line each. */
  readonly text: string;
}

/** Of a table, and tables. */
const MOST = 3;
/** A table of more lines than this is data, and comparing them all would hold others up. */
const MOST_LINES = 5_000;

/**
 * The rows whose text stands in what was pasted; else those that are an example of the log text, with
 * another topic or time. Undefined when there are none.
 */
export function matchingRows(
  markdown: string,
  { text, log }: PastedText,
): MatchingRows | undefined {
  const tables = tablesIn(markdown.split("\n", MOST_LINES));
  const held = withRows(tables, logsIn(text));
  if (held !== undefined || log === undefined) return held;
  return withRows(tables, (span) => logsIn(span)(log));
}

type IsAbout = (span: string) => boolean;

function withRows(tables: readonly TableLines[], isAbout: IsAbout): MatchingRows | undefined {
  const found = tables
    .map(({ head, rows }) => ({ head, rows: rows.filter((row) => spansOf(row).some(isAbout)) }))
    .filter(({ rows }) => rows.length > 0)
    .slice(0, MOST)
    .map(({ head, rows }) => ({ head, rows: rows.slice(0, MOST) }));
  if (found.length === 0) return undefined;
  return {
    markdown: found.map(({ head, rows }) => [...head, ...rows].join("\n")).join("\n\n"),
    text: found.flatMap(({ rows }) => rows.map(plainRow)).join("\n"),
  };
}

/** Without bars, code marks and the addresses of links. */
function plainRow(row: string): string {
  const cells = cellsOf(row).map((cell) => cell.replace(/`/g, "").replace(LINK, "$1").trim());
  return cells.filter((cell) => cell !== "").join(" ");
}

function cellsOf(row: string): string[] {
  return row.split(/(?<!\\)\|/);
}

const LINK = /\[([^\]]*)\]\([^)]*\)/g;

interface TableLines {
  readonly head: readonly string[];
  readonly rows: readonly string[];
}

const ROW = /^\s*\|/;
/** The line below a table's heading. */
const RULE = /^\s*\|[\s:|-]+$/;

function tablesIn(lines: readonly string[]): TableLines[] {
  const tables: TableLines[] = [];
  for (const [at, line] of lines.entries()) {
    const title = lines[at - 1] ?? "";
    if (!RULE.test(line) || !ROW.test(title)) continue;
    const rows: string[] = [];
    for (let row = lines[at + 1]; row !== undefined && ROW.test(row); ) {
      rows.push(row);
      row = lines[at + 1 + rows.length];
    }
    tables.push({ head: [title, line], rows });
  }
  return tables;
}

/** What stands in code in a row's first cell is the text that people paste. */
function spansOf(row: string): string[] {
  return Array.from((cellsOf(row)[1] ?? "").matchAll(/(`+)(.+?)\1/g), ([, , span = ""]) => span);
}

/**
 * The rows of a section's tables that are about a pasted text: a table of forty error texts answers with
 * one of them, and that must not stand below the fold.
 */

import { holdsLog } from "./rank-logs.ts";

export interface PastedText {
  readonly text: string;
  /** The log text that the section was found by, as its page has it. */
  readonly log?: string;
}

const MOST_ROWS = 3;

/** Markdown: the heading of each table with its rows that match; undefined when none does. */
export function matchingRows(markdown: string, pasted: PastedText): string | undefined {
  const found = tablesIn(markdown.split("\n")).flatMap(({ head, rows }) => {
    const matching = rows.filter((row) => isAbout(row, pasted)).slice(0, MOST_ROWS);
    return matching.length === 0 ? [] : [[...head, ...matching].join("\n")];
  });
  return found.length === 0 ? undefined : found.slice(0, MOST_ROWS).join("\n\n");
}

interface TableLines {
  readonly head: readonly string[];
  readonly rows: readonly string[];
}

const ROW = /^\s*\|/;
/** The line below a table's heading. */
const RULE = /^\s*\|[\s:|-]+$/;

function tablesIn(lines: readonly string[]): TableLines[] {
  return lines.flatMap((line, at) => {
    if (!RULE.test(line) || !ROW.test(lines[at - 1] ?? "")) return [];
    const below = lines.slice(at + 1);
    const end = below.findIndex((row) => !ROW.test(row));
    return [{ head: [lines[at - 1] ?? "", line], rows: end === -1 ? below : below.slice(0, end) }];
  });
}

/** What stands in code in a row's first cell is the text that people paste. */
function isAbout(row: string, { text, log }: PastedText): boolean {
  const first = row.split(/(?<!\\)\|/)[1] ?? "";
  return Array.from(first.matchAll(/(`+)(.+?)\1/g), ([, , span = ""]) => span).some(
    (span) => holdsLog(text, span) || (log !== undefined && holdsLog(span, log)),
  );
}

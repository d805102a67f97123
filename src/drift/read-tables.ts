/** Reference tables of a guide: a row for each option, or for each metric. */

import type { Table, TableRow } from "mdast";
import { toString as toText } from "mdast-util-to-string";

/** What a row says of its subject, by the head of each column in lower case. */
export interface TableFact {
  readonly subject: "option" | "metric";
  readonly name: string;
  readonly cells: ReadonlyMap<string, string>;
  readonly line: number;
}

const SUBJECTS: ReadonlyMap<string, TableFact["subject"]> = new Map([
  ["flag", "option"],
  ["metric", "metric"],
]);

/** Nothing for a table about anything else. */
export function readTable(table: Table): TableFact[] {
  const [head, ...rows] = table.children;
  const columns = head === undefined ? [] : cellsOf(head).map((cell) => cell.toLowerCase());
  const subject = SUBJECTS.get(columns[0] ?? "");
  if (subject === undefined) return [];
  return rows.map((row) => {
    const cells = cellsOf(row);
    return {
      subject,
      // `-c, --config` is one option by two names.
      name: (cells[0] ?? "").replace(/^-\w, /, ""),
      cells: new Map(columns.map((column, at) => [column, cells[at] ?? ""])),
      line: row.position?.start.line ?? 1,
    };
  });
}

function cellsOf(row: TableRow): string[] {
  return row.children.map((cell) => toText(cell).trim());
}

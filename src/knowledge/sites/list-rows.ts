/** A list in whose items stand lists -> rows of cells. */

import { columnsOf } from "../lines/fences.ts";

/** The lines of each cell. */
export type ListRow = readonly (readonly string[])[];

const ITEM = /^(\s*)[-*+](?:\s+(?=\S)|\s*$)/;

interface Item {
  readonly column: number;
  readonly words: string;
  /** The column in which its words begin. */
  readonly from: number;
}

/** The rows of such a list; undefined where something stands outside its cells. */
export function listRows(lines: readonly string[]): readonly ListRow[] | undefined {
  const rows: string[][][] = [];
  let rowColumn: number | undefined;
  let cellColumn: number | undefined;
  for (const line of lines) {
    if (line.trim() === "") {
      rows.at(-1)?.at(-1)?.push("");
      continue;
    }
    const item = itemOf(line, 0);
    const isRow = item !== undefined && item.column === (rowColumn ?? item.column);
    if (isRow) {
      rowColumn = item.column;
      rows.push([]);
    }
    // The first cell may begin right behind the mark of its row, or in the next line.
    const cell = isRow ? itemOf(item.words, item.from) : item;
    const isCell = cell !== undefined && cell.column === (cellColumn ?? cell.column);
    const row = rows.at(-1);
    if (isCell && row !== undefined) {
      cellColumn = cell.column;
      row.push([cell.words]);
    } else if (isRow && item.words !== "") return undefined;
    else if (!isRow && row?.at(-1) === undefined) return undefined;
    else if (!isRow) row?.at(-1)?.push(withoutColumns(line, (cellColumn ?? 0) + 2));
  }
  return rows.length === 0 || rows.some((row) => row.length === 0) ? undefined : rows;
}

/** An item of a line whose first sign stands in this column. */
function itemOf(line: string, start: number): Item | undefined {
  const [before, space = ""] = ITEM.exec(line) ?? [];
  if (before === undefined) return undefined;
  const column = start + columnsOf(space);
  return { column, words: line.slice(before.length), from: start + columnsOf(before) };
}

/** The line without so many columns of its indentation. */
function withoutColumns(line: string, columns: number): string {
  const words = line.trimStart();
  const width = columnsOf(line.slice(0, line.length - words.length));
  return " ".repeat(Math.max(0, width - columns)) + words;
}

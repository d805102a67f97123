/** Markdown's tables -> rich_text. */

import type { RichTextBlockElement, RichTextElement } from "@slack/types";
import type { Table, TableCell, TableRow } from "mdast";
import { toString as textOf } from "mdast-util-to-string";
import { phrasesOf, styledText } from "./rich-phrases.ts";

/**
 * A table as a list, one item per row: a thread is narrow, and columns of plain text would break
 * there. The headings of two columns stand once above the rows; more carry theirs in each cell,
 * and stand above the rows as well where a column is empty.
 */
export function tableParts(table: Table): RichTextBlockElement[] {
  const [head, ...rows] = table.children;
  const names = (head?.children ?? []).map((cell) => textOf(cell));
  if (rows.length === 0) return [line(names.filter((name) => name !== "").join(", "))];
  const elements = rows.map((row) => ({
    type: "rich_text_section" as const,
    elements: row.children.flatMap((cell, column) => cellWords(cell, { column, names })),
  }));
  const above = namesAbove(names, rows);
  return [...above, { type: "rich_text_list", style: "bullet", indent: 0, elements }];
}

/** The headings of two columns, and those that no cell would show. */
function namesAbove(names: readonly string[], rows: readonly TableRow[]): RichTextBlockElement[] {
  const heading = names.filter((name) => name !== "");
  if (heading.length === 0) return [];
  if (names.length === 2) return [line(names.join(" → "))];
  const isLost = (name: string, column: number): boolean =>
    name !== "" && column > 0 && rows.every(({ children }) => isEmpty(children[column]));
  return names.some(isLost) ? [line(`Columns: ${heading.join(", ")}`)] : [];
}

function isEmpty(cell: TableCell | undefined): boolean {
  return cell === undefined || phrasesOf(cell.children).length === 0;
}

function line(words: string): RichTextBlockElement {
  return { type: "rich_text_section", elements: [styledText(`${words}\n`, { italic: true })] };
}

function cellWords(
  cell: TableCell,
  { column, names }: { column: number; names: readonly string[] },
): RichTextElement[] {
  const words = phrasesOf(cell.children, column === 0 ? { bold: true } : {});
  const name = names[column] ?? "";
  const isNamed = names.length !== 2 && name !== "";
  const named = isNamed ? [styledText(`${name}: `, { italic: true })] : [];
  if (column === 0) return [...named, ...(words.length > 0 ? words : [styledText("–")])];
  if (words.length === 0) return [];
  return [styledText(isNamed ? "; " : " → "), ...named, ...words];
}

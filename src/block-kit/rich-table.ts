/** Markdown's tables -> rich_text. */

import type { RichTextBlockElement, RichTextElement } from "@slack/types";
import type { Table, TableCell } from "mdast";
import { toString as textOf } from "mdast-util-to-string";
import { phrasesOf, styledText } from "./rich-phrases.ts";

/**
 * A table as a list, one item per row: a thread is narrow, and columns of plain text would break
 * there. Two columns read "first → second"; more carry the name of their column.
 */
export function tableParts(table: Table): RichTextBlockElement[] {
  const [head, ...rows] = table.children;
  const names = (head?.children ?? []).map((cell) => textOf(cell));
  if (rows.length === 0)
    return [{ type: "rich_text_section", elements: [styledText(`${names.join(", ")}\n`)] }];
  const elements = rows.map((row) => ({
    type: "rich_text_section" as const,
    elements: row.children.flatMap((cell, column) => cellWords(cell, { column, names })),
  }));
  return [{ type: "rich_text_list", style: "bullet", indent: 0, elements }];
}

function cellWords(
  cell: TableCell,
  { column, names }: { column: number; names: readonly string[] },
): RichTextElement[] {
  const words = phrasesOf(cell.children, column === 0 ? { bold: true } : {});
  if (column === 0) return words.length > 0 ? words : [styledText("–")];
  if (words.length === 0) return [];
  const name = names[column] ?? "";
  if (names.length === 2 || name === "") return [styledText(" → "), ...words];
  return [
    styledText(column === 1 ? " → " : "; "),
    styledText(`${name}: `, { italic: true }),
    ...words,
  ];
}

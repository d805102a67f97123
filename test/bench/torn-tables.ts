/** What is left of tables that a reader tore to pieces: their words are all there, and nobody can read them. */

import type { Nodes } from "mdast";
import { toString as toText } from "mdast-util-to-string";

const DELIMITERS = /^[\s>]*(?:\|\s*)?:?-+:?\s*(?:\|\s*:?-+:?\s*)+(?:\|\s*)?$/;
const FENCE = /^[\s>]*(?:`{3}|~{3})/;

/** The lines of a shown text that its file has as rows of a table, and tables without a word. */
export function tornTables(tree: Nodes, shown: string, source: string): string[] {
  const rows = rowsOf(source);
  const torn: string[] = [];
  const visit = (node: Nodes): void => {
    if (node.type === "table" && toText(node).trim() === "" && !holdsPicture(node))
      torn.push("| |: a table without words");
    const { start, end } = node.position ?? {};
    if (node.type === "paragraph") {
      const lines = shown.slice(start?.offset, end?.offset).split("\n");
      torn.push(...lines.filter((line) => rows.has(keyOf(line))));
    } else if ("children" in node) for (const child of node.children) visit(child);
  };
  if (rows.size > 0 || shown.includes("|")) visit(tree);
  return torn;
}

/** A table may lay out pictures alone. */
function holdsPicture(node: Nodes): boolean {
  if (node.type === "image" || node.type === "imageReference") return true;
  return "children" in node && node.children.some((child) => holdsPicture(child));
}

/** The rows below a table's delimiters, to the next empty line. */
function rowsOf(source: string): ReadonlySet<string> {
  const rows = new Set<string>();
  const lines = source.split("\n");
  let isRow = false;
  let isCode = false;
  for (const [at, line] of lines.entries()) {
    if (FENCE.test(line)) isCode = !isCode;
    const head = lines[at - 1] ?? "";
    const isDelimiters =
      line.includes("|") && DELIMITERS.test(line) && cellsOf(head) === cellsOf(line);
    if (isRow) isRow = line.includes("|");
    if (isRow && !isCode && !DELIMITERS.test(line)) rows.add(keyOf(line));
    if (isDelimiters && !isCode) isRow = true;
  }
  rows.delete("");
  return rows;
}

function cellsOf(row: string): number {
  return row.replace(/^[\s>]*\||\|\s*$/g, "").split(/(?<!\\)\|/).length;
}

/** The last word of the first cell and the letters of those in the middle, whatever is written around them. */
function keyOf(row: string): string {
  const [first = "", ...more] = row.replace(/^[\s>]*\|?|\|\s*$/g, "").split(/(?<!\\)\|/);
  const name = first.match(/\p{L}[\p{L}\d.]*/gu)?.at(-1);
  if (name === undefined || more.length < 2) return "";
  return [name, ...more.slice(0, -1).map((cell) => cell.replace(/\P{L}/gu, ""))].join("|");
}

/**
 * Tables of HTML -> tables of Markdown. A cell there holds words on one line; in HTML it may hold
 * paragraphs, lists and code. What needs its lines makes a list of the table: an item for each row, with
 * the heading before each cell.
 */

import type {
  BlockContent,
  ListItem,
  Nodes,
  Paragraph,
  PhrasingContent,
  RootContent,
  Table,
  TableCell,
  TableRow,
} from "mdast";
import { trimmedWords } from "./code-lines.ts";

/** What the converter may put into a cell, whatever its type says. */
type CellContent = RootContent;

const BLOCKS: ReadonlySet<string> = new Set([
  "paragraph",
  "heading",
  "code",
  "list",
  "table",
  "blockquote",
  "thematicBreak",
]);

/** The nodes with their tables in a form that Markdown can write. */
export function plainTables<T extends Nodes>(nodes: readonly T[]): T[] {
  return nodes
    .filter((node) => !isEmptyTable(node))
    .map((node) => {
      if (!("children" in node)) return node;
      const inner = Object.assign({}, node, { children: plainTables<Nodes>(node.children) });
      return inner.type === "table" ? (plainTable(inner) as Nodes as T) : inner;
    });
}

/** Whether it is a table without words and pictures, as editors leave them behind. */
export function isEmptyTable(node: Nodes): boolean {
  return node.type === "table" && !saysSomething(node);
}

function saysSomething(node: Nodes): boolean {
  if ("value" in node) return node.value.trim() !== "";
  if (!("children" in node)) return node.type !== "break";
  return node.children.some(saysSomething);
}

/** A row with more cells than its table's head would lose them on the way through HTML. */
export function withWideHeads<T extends Nodes>(node: T): T {
  if (!("children" in node)) return node;
  const children = node.children.map((child: Nodes) => withWideHeads(child));
  if (node.type !== "table") return Object.assign({}, node, { children });
  const [head, ...rows] = children as TableRow[];
  const width = Math.max(0, ...rows.map((row) => row.children.length));
  const missing = head === undefined ? 0 : width - head.children.length;
  if (head === undefined || missing <= 0) return node;
  const empty = Array.from(
    { length: missing },
    (): TableCell => ({ type: "tableCell", children: [] }),
  );
  const wide: TableRow = { ...head, children: [...head.children, ...empty] };
  const align = [...(node.align ?? []), ...empty.map(() => null)];
  return Object.assign({}, node, { align, children: [wide, ...rows] });
}

function plainTable(table: Table): RootContent {
  const cells = table.children.flatMap((row) => row.children);
  if (!cells.some(hasBlocks)) return table;
  if (cells.some(needsLines)) return asList(table);
  const children = table.children.map((row): TableRow => {
    const flat = row.children.map(
      (cell): TableCell => ({ ...cell, children: oneLine(contentOf(cell)) }),
    );
    return { ...row, children: flat };
  });
  return { ...table, children };
}

function contentOf({ children }: TableCell): readonly CellContent[] {
  return children;
}

function hasBlocks(cell: TableCell): boolean {
  return contentOf(cell).some(({ type }) => BLOCKS.has(type));
}

function needsLines(cell: TableCell): boolean {
  return contentOf(cell).some(
    (node) =>
      node.type === "table" ||
      (node.type === "list" && node.children.length > 1) ||
      (node.type === "code" && node.value.trim().includes("\n")),
  );
}

/** Blocks as words behind each other, with a break between two. */
function oneLine(nodes: readonly CellContent[]): PhrasingContent[] {
  const parts = nodes.flatMap((node, at): PhrasingContent[] => {
    const words = wordsOf(node);
    const before = nodes[at - 1];
    const isApart = before !== undefined && (BLOCKS.has(node.type) || BLOCKS.has(before.type));
    return isApart && words.length > 0 ? [{ type: "break" }, ...words] : words;
  });
  return parts[0]?.type === "break" ? parts.slice(1) : parts;
}

function wordsOf(node: CellContent): PhrasingContent[] {
  if (node.type === "code") return [{ type: "inlineCode", value: node.value.trim() }];
  if (!BLOCKS.has(node.type)) return [node as PhrasingContent];
  return "children" in node ? oneLine(node.children) : [];
}

function asList(table: Table): RootContent {
  const [head, ...rows] = table.children;
  const names = (head?.children ?? []).map((cell) => oneLine(contentOf(cell)));
  const isNamed = names.length > 1 && rows.length > 0;
  const items = (isNamed ? rows : table.children).map((row): ListItem => {
    const children = row.children.flatMap((cell, column) =>
      cellBlocks(cell, isNamed ? (names[column] ?? []) : []),
    );
    return { type: "listItem", spread: true, children };
  });
  return { type: "list", ordered: false, spread: true, children: items };
}

/** A cell's blocks, its heading in bold before them. */
function cellBlocks(cell: TableCell, name: readonly PhrasingContent[]): BlockContent[] {
  const blocks: BlockContent[] = [];
  let words: PhrasingContent[] = [];
  const close = (): void => {
    const said = trimmedWords(words);
    if (said.length > 0) blocks.push({ type: "paragraph", children: said });
    words = [];
  };
  for (const node of contentOf(cell)) {
    if (BLOCKS.has(node.type)) {
      close();
      blocks.push(node as BlockContent);
    } else words.push(node as PhrasingContent);
  }
  close();
  return name.length === 0 || blocks.length === 0 ? blocks : withName(blocks, name);
}

function withName(
  [first, ...rest]: readonly BlockContent[],
  name: readonly PhrasingContent[],
): BlockContent[] {
  const said: PhrasingContent[] = [
    { type: "strong", children: [...name] },
    { type: "text", value: ": " },
  ];
  if (first?.type === "paragraph") {
    return [{ ...first, children: [...said, ...first.children] }, ...rest];
  }
  const alone: Paragraph = { type: "paragraph", children: said };
  return first === undefined ? [alone] : [alone, first, ...rest];
}

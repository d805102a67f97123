/**
 * A section of a hundred screens -> parts of it. A section is read once more whenever it is shown, which the
 * event loop waits for; and a reader wants the part that has the answer. What stands in one block only, such
 * as code, stays whole.
 */

import type { List, Nodes, PhrasingContent, RootContent, Table } from "mdast";
import { toString as toText } from "mdast-util-to-string";

/** Of a part, in characters of plain prose: the parser takes 75 ms for them. Usual sections have a tenth of it. */
const LONGEST = 60_000;
/** A link or a cell takes the parser as long as so many characters. */
const OF_NODE = 25;

export interface SectionPart {
  readonly blocks: readonly RootContent[];
  /** The part begins within this table, whose head stands before it. */
  readonly table?: Table;
}

/** All blocks of a section in order, mostly in one part; `converted` ones do not stand in the file as they are. */
export function sectionParts(
  blocks: readonly RootContent[],
  converted: ReadonlySet<RootContent>,
): SectionPart[] {
  const sizes = blocks.map(sizeOf);
  if (sizes.reduce((sum, size) => sum + size, 0) <= LONGEST) return [{ blocks }];
  const parts: SectionPart[] = [];
  let part: RootContent[] = [];
  let size = 0;
  const close = (): void => {
    if (part.length > 0) parts.push({ blocks: part });
    part = [];
    size = 0;
  };
  for (const [at, block] of blocks.entries()) {
    // A definition shows nothing; each part is given those that it needs.
    if (block.type === "definition") continue;
    const own = sizes[at] ?? 0;
    if (size + own > LONGEST) close();
    const inner = own > LONGEST ? partsOf(converted.has(block) ? unplaced(block) : block) : [];
    for (const each of inner) parts.push(each);
    if (inner.length > 0) continue;
    part.push(block);
    size += own;
  }
  close();
  return parts.length === 0 ? [{ blocks: [] }] : parts;
}

/** A block that is longer than a part, in parts; none for what must stay whole. */
function partsOf(block: RootContent): SectionPart[] {
  if (block.type === "list") return listParts(block);
  if (block.type === "table") return tableParts(block);
  if (block.type === "blockquote") {
    const children = groups(block.children);
    return children.map((some) => ({ blocks: [{ type: "blockquote", children: some }] }));
  }
  if (block.type !== "paragraph") return [];
  const words = block.children.flatMap(inPieces);
  return groups(words).map((some) => ({ blocks: [{ type: "paragraph", children: some }] }));
}

/** Without a place, a block is written anew. */
function unplaced<T extends RootContent>(block: T): T {
  const { position, ...bare } = block;
  return position === undefined ? block : (bare as T);
}

/** Long words of one kind, cut where one of them ends. */
function inPieces(node: PhrasingContent): PhrasingContent[] {
  if (node.type !== "text" || node.value.length <= LONGEST / 2) return [node];
  const pieces = node.value.match(PIECE) ?? [];
  return pieces.map((value): PhrasingContent => ({ type: "text", value }));
}

const PIECE = new RegExp(`[^]{1,${LONGEST / 4}}(?:\\S{0,200}\\s)?`, "g");

function sizeOf(node: RootContent): number {
  const { start, end } = node.position ?? {};
  const length =
    start?.offset === undefined || end?.offset === undefined
      ? toText(node).length
      : end.offset - start.offset;
  return length + OF_NODE * countNodes(node);
}

function countNodes(node: Nodes): number {
  if (!("children" in node)) return 1;
  return node.children.reduce((sum, child: Nodes) => sum + countNodes(child), 1);
}

function listParts(list: List): SectionPart[] {
  let number = list.start ?? 1;
  return groups(list.children).map((children) => {
    const start = list.ordered === true ? { start: number } : {};
    number += children.length;
    return { blocks: [{ ...list, ...start, ...placeOf(list, children), children }] };
  });
}

function tableParts(table: Table): SectionPart[] {
  const [head, ...rows] = table.children;
  if (head === undefined || rows.length === 0) return [];
  return groups(rows).map((some, at) => {
    const isWhole = at === 0 || table.position === undefined;
    const children = isWhole ? [head, ...some] : some;
    const blocks: Table[] = [{ ...table, ...placeOf(table, children), children }];
    return isWhole ? { blocks } : { blocks, table };
  });
}

function groups<T extends RootContent>(nodes: readonly T[]): T[][] {
  const all: T[][] = [];
  let size = LONGEST;
  for (const node of nodes) {
    size += sizeOf(node) + 1;
    if (size > LONGEST) {
      all.push([]);
      size = sizeOf(node);
    }
    all.at(-1)?.push(node);
  }
  return all;
}

function placeOf(
  { position }: RootContent,
  nodes: readonly RootContent[],
): Pick<RootContent, "position"> {
  const start = nodes[0]?.position?.start;
  const end = nodes.at(-1)?.position?.end;
  const isPlaced = position !== undefined && start !== undefined && end !== undefined;
  return isPlaced ? { position: { start, end } } : {};
}

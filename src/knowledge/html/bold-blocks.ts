/**
 * `<b>` around lists, tables, code or several paragraphs, as people write it behind a summary: a browser shows all
 * of that in bold. Markdown has bold words only, and what is written so would run together, fences among them.
 */

import type { raw } from "hast-util-raw";

type BoldTree = ReturnType<typeof raw>;
type BoldNodes = Extract<BoldTree, { type: "element" }>["children"];

const EMPHASIS = /^(?:b|big|center|em|font|i|ins|small|strong|u)$/;
const BLOCK = /^(?:blockquote|dl|ol|pre|table|ul)$/;
/** Alone, its words may be bold; beside others, they would run together. */
const PARAGRAPH = /^(?:details|div|p|section)$/;

/** The same tree, in which what emphasizes blocks only holds them. */
export function withoutBoldBlocks<T extends BoldTree>(node: T): T {
  return read(node).node as T;
}

function read(node: BoldTree): { node: BoldTree; hasBlock: boolean } {
  if (!("children" in node)) return { node, hasBlock: false };
  const isEmphasis = node.type === "element" && EMPHASIS.test(node.tagName);
  const own = isEmphasis ? withoutLoneParagraph(node.children) : node.children;
  const parts = own.map((child) => read(child as BoldTree));
  const hasBlock = parts.some((part) => part.hasBlock) || (isEmphasis && holdsSeveral(own));
  const whole: BoldTree = Object.assign({}, node, { children: parts.map((part) => part.node) });
  if (whole.type !== "element") return { node: whole, hasBlock };
  if (hasBlock && isEmphasis) whole.tagName = "div";
  return { node: whole, hasBlock: hasBlock || BLOCK.test(whole.tagName) };
}

/** An empty line makes a paragraph of bold words alone, which would take the space before them along. */
function withoutLoneParagraph(nodes: BoldNodes): BoldNodes {
  const [only, ...others] = seenOf(nodes);
  if (only?.type !== "element" || only.tagName !== "p" || others.length > 0) return nodes;
  return only.children;
}

function seenOf<N extends BoldTree>(nodes: readonly N[]): N[] {
  return nodes.filter((node) => node.type !== "text" || node.value.trim() !== "");
}

/** Whether a paragraph stands beside other words. */
function holdsSeveral(nodes: readonly BoldTree[]): boolean {
  const seen = seenOf(nodes);
  return seen.length > 1 && seen.some((node) => isParagraph(node));
}

function isParagraph(node: BoldTree): boolean {
  return node.type === "element" && PARAGRAPH.test(node.tagName);
}

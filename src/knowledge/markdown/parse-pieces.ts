/**
 * A page of megabytes -> its syntax tree, parsed in pieces: the parser keeps some hundred bytes for each
 * character that it has read, and looks through them now and then.
 */

import type { Nodes, Root, RootContent } from "mdast";
import { type DefinedNames, knowing, namesIn } from "./defined-names.ts";
import { type MarkdownExtension, parseMarkdown } from "./markdown.ts";
import { pageLinks } from "./page-links.ts";

/** Characters of a piece; what is not longer than two of them is parsed at once. */
const PIECE = 100_000;
/** A block that fills its piece is tried in one so many times larger. */
const GROWTH = 4;

/** The same blocks as of the whole; throws a RangeError for text that is nested too deeply for the stack. */
export function parsePage(markdown: string, piece: number = PIECE): Root {
  if (markdown.length <= 2 * piece) return parseMarkdown(markdown);
  const tree = parsePieces(markdown, { names: namesIn(markdown), piece });
  const { definitions, footnotes } = pageLinks(tree);
  const defined = { definitions: namesOf(definitions), footnotes: namesOf(footnotes) };
  // What only looked like a definition, as in code, defines nothing.
  return refersTo(tree, defined) ? tree : parsePieces(markdown, { names: defined, piece });
}

function namesOf(identifiers: ReadonlyMap<string, unknown>): Set<string> {
  return new Set([...identifiers.keys()].map((name) => name.toUpperCase()));
}

/** Whether everything that the tree refers to is there. */
function refersTo(node: Nodes, names: DefinedNames): boolean {
  if (node.type === "linkReference" || node.type === "imageReference") {
    if (!names.definitions.has(node.identifier.toUpperCase())) return false;
  }
  if (node.type === "footnoteReference" && !names.footnotes.has(node.identifier.toUpperCase())) {
    return false;
  }
  return !("children" in node) || node.children.every((child: Nodes) => refersTo(child, names));
}

/**
 * A piece ends anywhere, and the next one begins again with the block that was last in it: all blocks before
 * that one are whole, since a block ends where the next begins.
 */
function parsePieces(
  markdown: string,
  { names, piece }: { names: DefinedNames; piece: number },
): Root {
  const children: RootContent[] = [];
  const more: readonly MarkdownExtension[] = [knowing(names)];
  let from = 0;
  let line = 0;
  let size = piece;
  while (from < markdown.length) {
    const end = lineEnd(markdown, from + size);
    const blocks = parseMarkdown(markdown.slice(from, end), more).children;
    const last = end < markdown.length ? blocks.pop() : undefined;
    const next = last === undefined ? end : lineStart(markdown, from + startOf(last).offset);
    if (next === from) {
      size *= GROWTH;
      continue;
    }
    const lines = last === undefined ? 0 : startOf(last).line - 1;
    for (const block of blocks) children.push(moved(block, { from, line }));
    if (last === undefined && end < markdown.length) line += countLines(markdown, from, end);
    line += lines;
    from = next;
    size = piece;
  }
  return { type: "root", children };
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end === -1 ? text.length : end + 1;
}

function lineStart(text: string, at: number): number {
  return text.lastIndexOf("\n", at - 1) + 1;
}

function startOf({ position }: RootContent): { line: number; offset: number } {
  const { line = 1, offset = 0 } = position?.start ?? {};
  return { line, offset };
}

function countLines(text: string, from: number, to: number): number {
  return text.slice(from, to).split("\n").length - 1;
}

/** The node with the places that it has in the page. */
function moved<T extends Nodes>(node: T, by: { from: number; line: number }): T {
  const points = node.position === undefined ? [] : [node.position.start, node.position.end];
  for (const point of points) {
    point.line += by.line;
    if (point.offset !== undefined) point.offset += by.from;
  }
  if ("children" in node) for (const child of node.children) moved(child, by);
  return node;
}

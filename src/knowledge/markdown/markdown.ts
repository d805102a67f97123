/** Markdown (GitHub's flavour) -> syntax tree, and back. */

import type { Nodes, Root, RootContent } from "mdast";
import { markdownLibrary } from "./markdown-library.cjs";

/** What the parser can be given beside Markdown itself. */
export type MarkdownExtension = ReturnType<typeof markdownLibrary>["syntax"][number];

/** Parses Markdown; throws a RangeError for text that is nested too deeply for the stack. */
export function parseMarkdown(markdown: string, more: readonly MarkdownExtension[] = []): Root {
  const root = parsed(markdown, more);
  if (!/[\p{L}\d]~(?!~)/u.test(markdown)) return root;
  const tildes = new Set(tildesOf(root, markdown));
  if (tildes.size === 0) return root;
  if (markdown.includes(SIGN)) return withRanges(root, markdown);
  const signs = markdown.replace(/~/g, (tilde, at: number) => (tildes.has(at) ? SIGN : tilde));
  return withTildes(withRanges(parsed(signs, more), signs));
}

function parsed(markdown: string, more: readonly MarkdownExtension[]): Root {
  const { fromMarkdown, syntax, tree } = markdownLibrary();
  return fromMarkdown(markdown, { extensions: [...syntax, ...more], mdastExtensions: tree });
}

/** Stands for a tilde that is none of Markdown's, while the rest is parsed: Unicode gives it to nobody. */
const SIGN = "\uFDD0";

/** Where the tildes stand that only GitHub takes for signs, and so what other signs they part. */
function tildesOf(node: Nodes, markdown: string): number[] {
  if (!("children" in node)) return [];
  const within = node.children.flatMap((child: Nodes) => tildesOf(child, markdown));
  const { start, end } = node.position ?? {};
  if (node.type !== "delete" || !isRange(node, markdown)) return within;
  return [start?.offset ?? 0, (end?.offset ?? 0) - 1, ...within];
}

function withTildes<T extends Nodes>(node: T): T {
  for (const [key, value] of Object.entries(node)) {
    if (typeof value === "string") Object.assign(node, { [key]: value.replaceAll(SIGN, "~") });
  }
  if ("children" in node) for (const child of node.children) withTildes(child);
  return node;
}

/**
 * `18~19, 24~25` are two ranges, and the number in `H~2~O` stands low: only GitHub strikes what single
 * tildes have between them, and nobody means that behind a letter or digit.
 */
function withRanges<T extends Nodes>(node: T, markdown: string): T {
  if (!("children" in node)) return node;
  const children = node.children.flatMap((child: Nodes): readonly Nodes[] => {
    const read = withRanges(child, markdown);
    if (read.type !== "delete" || !isRange(read, markdown)) return [read];
    const tilde: Nodes = { type: "text", value: "~" };
    return [tilde, ...read.children, tilde];
  });
  return Object.assign(node, { children });
}

function isRange({ position }: Nodes, markdown: string): boolean {
  const at = position?.start.offset ?? 0;
  return /^[\p{L}\d]~[^~]/u.test(markdown.slice(Math.max(0, at - 1), at + 2));
}

/** Writes nodes of a tree as Markdown that parses to the same tree. */
export function writeMarkdown(nodes: readonly RootContent[]): string {
  const root: Root = withEndsInCells(onceEach({ type: "root", children: [...nodes] }));
  const { toMarkdown, writing } = markdownLibrary();
  return toMarkdown(root, { bullet: "-", fences: true, extensions: writing }).trimEnd();
}

/** The end of a line in a cell, which Markdown has no sign for, as the tag that pages write there; names have none. */
function withEndsInCells<T extends Nodes>(node: T, isInCell = false): T {
  if (!("children" in node)) return node;
  const inCell = isInCell || node.type === "tableCell";
  const last = node.children.length - 1;
  const children = node.children.map((child: Nodes, at): Nodes => {
    const isBetween = inCell && at > 0 && at < last;
    if (node.type === "table" && at === 0) return child;
    if (child.type === "break" && isBetween) return { type: "html", value: "<br>" };
    return withEndsInCells(child, inCell);
  });
  return Object.assign({}, node, { children });
}

/** Emphasis within emphasis says nothing more. */
const EMPHASES: ReadonlySet<string> = new Set(["emphasis", "strong", "delete"]);
/** They hold words and no others of them, but HTML may have it so. */
const OF_WORDS: ReadonlySet<string> = new Set(["paragraph", "heading"]);

/** Without what is nested for nothing: each level of it doubles the time to write it. */
function onceEach<T extends Nodes>(node: T, around: readonly string[] = []): T {
  if (!("children" in node)) return node;
  const isNoted = EMPHASES.has(node.type) || OF_WORDS.has(node.type);
  const inside = isNoted ? [...new Set([...around, node.type])] : around;
  const isVain = ({ type }: Nodes): boolean =>
    inside.includes(type) || (inside.length > 0 && OF_WORDS.has(type));
  const children = node.children.flatMap((child: Nodes): readonly Nodes[] => {
    const written = onceEach(child, inside);
    return isVain(child) && "children" in written ? written.children : [written];
  });
  return { ...node, children: withWholeCode(children) };
}

/** Two pieces of code side by side, or one of nothing, have no way to be written: their backticks are one. */
function withWholeCode(nodes: readonly Nodes[]): Nodes[] {
  const whole: Nodes[] = [];
  for (const node of nodes) {
    const last = whole.at(-1);
    if (node.type !== "inlineCode") whole.push(node);
    else if (last?.type === "inlineCode")
      whole[whole.length - 1] = { ...last, value: last.value + node.value };
    else if (node.value !== "") whole.push(node);
  }
  return whole;
}

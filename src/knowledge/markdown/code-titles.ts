/**
 * What a site shows above code, ```` ```ini title="server.properties" ````: the file it stands in, or what it does.
 * Markdown has no such title, so it stands in bold before the code.
 */

import type { Code, Nodes, PhrasingContent, RootContent } from "mdast";
import { writeMarkdown } from "./markdown.ts";

/** `title="a.ts"` of Docusaurus and many others, `filename="a.ts"` of Nextra, `tab="npm"` of Fumadocs. */
const NAMED = /(?:^|[\s{,])(?:title|filename|tab)=(?:"([^"]+)"|'([^']+)')/;
/** ```` ```ts [a.ts] ```` of VitePress and Nuxt. */
const IN_BRACKETS = /(?:^|\s)\[([^\][]+)\]/;

/** The title of code; undefined for code without one. */
export function codeTitle({ lang, meta }: Pick<Code, "lang" | "meta">): string | undefined {
  const words = `${lang ?? ""} ${meta ?? ""}`;
  if (!/[=[]/.test(words)) return undefined;
  const [, double, single] = NAMED.exec(words) ?? [];
  const title = double ?? single ?? IN_BRACKETS.exec(words)?.[1];
  const plain = title?.replace(FILLED_IN, "$1").trim();
  return plain === "" ? undefined : plain;
}

/** What a site fills in, `{{ version }}`, by its name: a title has no code. */
const FILLED_IN = /\{\{-?\s*([^{}|\s]+)\s*(?:\|[^{}]*)?\}\}/g;

/** The same block with a line before each titled code in it; the block itself where it has none. */
export function withCodeTitles(block: RootContent): RootContent[] {
  const label = block.type === "code" ? labelOf(block) : undefined;
  return label === undefined ? [titledWithin(block)] : [label, block];
}

function titledWithin<T extends Nodes>(node: T): T {
  if (!("children" in node) || !holdsTitle(node)) return node;
  const children = (node.children as RootContent[]).flatMap(withCodeTitles);
  return Object.assign({}, node, { children });
}

function holdsTitle(node: Nodes): boolean {
  if (node.type === "code") return codeTitle(node) !== undefined;
  return "children" in node && node.children.some((child: Nodes) => holdsTitle(child));
}

function labelOf(code: Code): RootContent | undefined {
  const value = codeTitle(code);
  if (value === undefined) return undefined;
  return {
    type: "paragraph",
    children: [{ type: "strong", children: wordsOf(value) }],
  };
}

/** Some sites read a title as HTML: `title="<code>mv -v</code> says more"`. */
const CODE_IN_TITLE = /<code>([^<>]+)<\/code>/;

function wordsOf(title: string): PhrasingContent[] {
  return title
    .split(CODE_IN_TITLE)
    .map((value, at): PhrasingContent => ({ type: at % 2 === 1 ? "inlineCode" : "text", value }))
    .filter((node) => !("value" in node) || node.value !== "");
}

/** A piece of the page from one offset to another, in which the titles of these blocks' code stand in lines of their own. */
export function sliceWithTitles(
  markdown: string,
  { start, end, blocks }: { start: number; end: number; blocks: readonly Nodes[] },
): string {
  let written = "";
  let from = start;
  for (const code of blocks.flatMap(titledCode)) {
    const offset = code.position?.start.offset;
    const label = labelOf(code);
    if (offset === undefined || offset < from || label === undefined) continue;
    const line = markdown.lastIndexOf("\n", offset - 1) + 1;
    // A mark of a list stands before its item's first line alone.
    const below = markdown.slice(line, offset).replace(/[^\s>]/g, " ");
    const above = markdown.slice(markdown.lastIndexOf("\n", line - 2) + 1, line);
    const isApart =
      line <= start || !/[^\s>]/.test(above) || below !== markdown.slice(line, offset);
    const gap = isApart ? "" : `\n${below}`;
    written += `${markdown.slice(from, offset)}${gap}${writeMarkdown([label])}\n${below}`;
    from = offset;
  }
  return written + markdown.slice(from, end);
}

function titledCode(node: Nodes): Code[] {
  if (node.type === "code") return codeTitle(node) === undefined ? [] : [node];
  return "children" in node ? node.children.flatMap((child: Nodes) => titledCode(child)) : [];
}

/**
 * HTML in Markdown -> the same tree as Markdown: a table, a list or a warning in HTML is read by people
 * like every other. The parser is that of browsers (parse5, by hast-util-raw).
 *
 * Only what HTML touches is converted: from the node in which a tag opens to the one in which the last of
 * them closes. Everything else keeps its place in the file.
 */

import { raw } from "hast-util-raw";
import { type State, toMdast } from "hast-util-to-mdast";
import type {
  Definition,
  FootnoteDefinition,
  FootnoteReference,
  Html,
  Nodes,
  Parents,
  Root,
  RootContent,
  TableRow,
} from "mdast";
import { toHast } from "mdast-util-to-hast";
import { withCodeTitles } from "../markdown/code-titles.ts";
import { continuedLevel } from "../markdown/continuations.ts";
import { withBadgesApart } from "./badges.ts";
import { withoutBoldBlocks } from "./bold-blocks.ts";
import { withClassRemarks } from "./class-remarks.ts";
import { withCodeLines } from "./code-lines.ts";
import { dataLines, isElementOfSite } from "./data-lines.ts";
import { withSpacesOutside } from "./edges.ts";
import { type Element, HANDLERS } from "./handlers.ts";
import { withInlineMarkdown } from "./inline.ts";
import { type HtmlAround, htmlAround, withoutMistakes } from "./mistakes.ts";
import { hasHtml, withNotesApart } from "./notes.ts";
import { withEndedTags } from "./raw-tags.ts";
import { regionsOf } from "./regions.ts";
import { PAUSE, withPauses } from "./runs.ts";
import { isEmptyTable, plainTables, withWideHeads } from "./tables.ts";
import { isHtmlTag, mustEnd } from "./tags.ts";
import { withValuesAsCode } from "./values.ts";
import { withWholeDrawings } from "./whole-drawings.ts";
import { plainComments, withoutComments } from "./xml-comments.ts";

export interface ReadHtml {
  readonly tree: Root;
  /** Nodes that do not stand in the file as they are. */
  readonly converted: ReadonlySet<RootContent>;
}

/** The tree with HTML read; comments are dropped, and `<topic>` that is no tag stays as words. */
export function readHtml(tree: Root): ReadHtml {
  const converted = new Set<RootContent>();
  const definitions = tree.children.filter((node) => node.type === "definition");
  const children: RootContent[] = [];
  for (const region of regionsOf(tree.children).flatMap(withNotesApart)) {
    if (!region.some(hasHtml)) {
      for (const node of region) {
        // Nobody sees a table without a word; a mark keeps it from being shown as it stands in the file.
        const shown: RootContent = isEmptyTable(node) ? { type: "html", value: "" } : node;
        if (shown !== node) converted.add(shown);
        children.push(shown);
      }
      continue;
    }
    const read = convert(region.flatMap(withCodeTitles), definitions);
    // Tags that show nothing leave a mark, so that nobody shows them as they stand in the file.
    if (read.length === 0 && !region.every(isRemark)) read.push({ type: "html", value: "" });
    for (const node of read) {
      converted.add(node);
      children.push(node);
    }
  }
  return { tree: { ...tree, children }, converted };
}

function isRemark(node: RootContent): boolean {
  return node.type === "html" && /^\s*<!--(?:(?!-->)[\s\S])*-->\s*$/.test(node.value);
}

/** A footnote's mark would become a link to a list of notes that a section does not have. */
function kept(_: unknown, mark: FootnoteReference): Element {
  return mark as unknown as Element;
}

/** Of remarks, only that the section of a heading goes on is of use. */
function markOf(_: State, { value }: { readonly value: string }): Html | undefined {
  const mark: Html = { type: "html", value: `<!--${value}-->` };
  return continuedLevel(mark) === undefined ? undefined : mark;
}

function convert(
  region: readonly RootContent[],
  definitions: readonly Definition[],
): RootContent[] {
  const around = htmlAround(region);
  const children = region.map((node): RootContent => {
    if (node.type !== "html") return withWords(node, around);
    if (!isWords(node) || isElementOfSite(node.value))
      return { ...node, value: plainHtml(node.value, around) };
    if (LONE_END.test(node.value)) return { ...node, value: "" };
    return (
      dataLines(node.value) ?? {
        type: "paragraph",
        children: [{ type: "text", value: node.value }],
      }
    );
  });
  const [only] = children;
  if (only?.type === "footnoteDefinition" && children.length === 1) {
    const inner = convert(only.children, definitions) as FootnoteDefinition["children"];
    return [{ ...only, children: inner }];
  }
  const root: Root = withWideHeads({ type: "root", children: [...children, ...definitions] });
  const html = raw(
    toHast(root, { allowDangerousHtml: true, handlers: { footnoteReference: kept } }),
    { passThrough: ["footnoteReference"] },
  );
  const read = toMdast(
    withPauses(
      withBadgesApart(withCaptions(withClassRemarks(withSpacesOutside(withoutBoldBlocks(html))))),
    ),
    {
      document: true,
      handlers: HANDLERS,
      nodeHandlers: {
        comment: markOf,
        [PAUSE]: () => undefined,
        footnoteReference: (_: State, node: unknown) => node as FootnoteReference,
      },
    },
  );
  if (read.type !== "root") return [];
  return plainTables(withCodeLines(withRowsInTables(read.children))).map(withValuesAsCode);
}

/** A row whose table a mistake of its page has ended too early. */
function withRowsInTables(nodes: readonly RootContent[]): RootContent[] {
  const whole: RootContent[] = [];
  for (const node of nodes) {
    const row: TableRow | undefined =
      node.type === "tableCell" ? { type: "tableRow", children: [node] } : undefined;
    const read = row ?? node;
    const last = whole.at(-1);
    if (read.type !== "tableRow") whole.push(read);
    else if (last?.type === "table") last.children.push(read);
    else whole.push({ type: "table", children: [read] });
  }
  return whole;
}

/** No placeholder ends: `</show>` shows nothing, whatever it ends. */
const LONE_END = /^\s*(?:<\/[a-zA-Z][\w.-]*\s*>\s*)+$/;

type Tree = ReturnType<typeof raw>;

/** A table's caption stands before it: Markdown has none. */
function withCaptions<T extends Tree>(node: T): T {
  if (!("children" in node)) return node;
  const children = node.children.flatMap((child) => {
    const read = withoutTitledTerms(withCaptions(child as Tree));
    if (read.type !== "element" || read.tagName !== "table") return [read];
    const isCaption = (part: Tree) => part.type === "element" && part.tagName === "caption";
    const captions = read.children.filter(isCaption).map((part) => ({ ...part, tagName: "p" }));
    return [...captions, { ...read, children: read.children.filter((part) => !isCaption(part)) }];
  });
  return Object.assign({}, node, { children });
}

/** A list of terms with headings in it is no list to its reader: each heading begins a section. */
function withoutTitledTerms<T extends Tree>(node: T): T {
  if (node.type !== "element" || node.tagName !== "dl" || !hasHeading(node)) return node;
  const plain = <P extends Tree>(part: P): P => {
    if (part.type !== "element" || !/^d[ltd]$/.test(part.tagName) || !hasHeading(part)) return part;
    return { ...part, tagName: "div", children: part.children.map((each) => plain(each as Tree)) };
  };
  return plain(node);
}

function hasHeading(node: Tree): boolean {
  if (node.type === "element" && /^h[1-6]$/.test(node.tagName)) return true;
  return "children" in node && node.children.some((child) => hasHeading(child));
}

/** `<p align="center"` at the end of a line, whose end its author has forgotten: the next tag is none of it. */
const NO_END = /(<[a-z][\w-]{0,50}(?:[ \t]+[\w-]+="[^"<>\n]*")+)[ \t]*\n(?=[ \t]*<[a-z])/gi;
/**
 * No name of a tag or an attribute has such letters, or goes on with a sign, `i<n.length;i++`, `=</path/to/it>`; a
 * browser would swallow what follows them.
 */
const NO_NAME =
  /<(?=[a-zA-Z][\w-]{0,50}\s{0,9}(?=\p{L})\P{ASCII}|[a-zA-Z][\w.]{0,50};|\/[a-zA-Z][\w.-]{0,50}\/\w)/gu;

/** `<true/false>`: a tag ends behind its slash. */
const NO_TAG = /<(?=[a-zA-Z][\w-]{0,50}\/[\w-])/g;

function plainHtml(html: string, around: HtmlAround): string {
  return withInlineMarkdown(
    withPlaceholders(withoutMistakes(plainComments(html.replace(NO_END, "$1>\n")), around)),
  );
}

/** `<topic>` within a block of HTML, where a browser would swallow it: no tag of HTML, and nothing ends it. */
function withPlaceholders(written: string): string {
  if (/<(?:svg|math)\b/i.test(written)) return written;
  const html = withEndedTags(written).replace(NO_NAME, "&lt;").replace(NO_TAG, "&lt;");
  const ended = new Set(Array.from(html.matchAll(/<\/([a-zA-Z][\w.-]*)/g), ([, name]) => name));
  return html.replace(/<([a-zA-Z][\w.-]*)([^<>="'/]*)>/g, (tag, name: string, rest: string) =>
    isHtmlTag(name) || ended.has(name) ? tag : `&lt;${name}${rest}&gt;`,
  );
}

/** In a paragraph, HTML is a tag alone; in these, it holds words. */
const BLOCKS_WITHIN = /^(?:listItem|blockquote)$/;

/** HTML that is no HTML, such as `<topic>`, as the words that it is. */
function withWords<T extends Nodes>(node: T, around: HtmlAround): T {
  if (!("children" in node)) return node;
  const children = withoutVainTags(withWholeDrawings(withoutComments(node.children))).map(
    (child: Nodes) =>
      child.type === "html" && (isWords(child) || isPlaceholder(child, around.ended))
        ? { type: "text", value: child.value }
        : child.type === "html" && BLOCKS_WITHIN.test(node.type)
          ? { ...child, value: plainHtml(child.value, around) }
          : isStrayEnd(child, node)
            ? { type: "break" }
            : withWords(child, around),
  );
  return Object.assign({}, node, { children });
}

/** `</p>` among the words of a paragraph parts them. */
function isStrayEnd(node: Nodes, { type, children }: Parents): boolean {
  const isEnd = type === "paragraph" && node.type === "html" && /^<\/p\s*>$/i.test(node.value);
  return isEnd && node !== children.at(-1);
}

/** `<unlink></unlink>`: with nothing in it, what is no tag of HTML shows nothing either. */
function withoutVainTags(nodes: readonly Nodes[]): readonly Nodes[] {
  const isEmptyPair = (open: Nodes | undefined, close: Nodes | undefined): boolean =>
    open?.type === "html" &&
    close?.type === "html" &&
    isWords(open) &&
    /^<\w/.test(open.value) &&
    close.value === `</${/^<([\w-]+)/.exec(open.value)?.[1]}>`;
  const opened = new Set<string>();
  const ended = pairedTags(nodes);
  return nodes.filter((node, at) => {
    if (node.type !== "html" || !isWords(node)) return true;
    // With words in it, a browser shows these alone.
    if (ended.has(node)) return false;
    const [, end, name = ""] = /^<(\/?)([\w-]+)/.exec(node.value) ?? [];
    if (end === "") opened.add(name);
    // An end of what never began is no placeholder.
    else if (!opened.has(name)) return false;
    return !isEmptyPair(node, nodes[at + 1]) && !isEmptyPair(nodes[at - 1], node);
  });
}

/** Tags that nobody knows, and their ends. */
function pairedTags(nodes: readonly Nodes[]): ReadonlySet<Nodes> {
  const open = new Map<string, Nodes>();
  const paired = new Set<Nodes>();
  for (const node of nodes) {
    if (node.type !== "html" || !isWords(node)) continue;
    const [, end, name = ""] = /^<(\/?)([\w-]+)/.exec(node.value) ?? [];
    const begun = open.get(name);
    if (end === "") open.set(name, node);
    else if (begun !== undefined) {
      paired.add(begun).add(node);
      open.delete(name);
    }
  }
  return paired;
}

/** `<title>`, `<address>` among words: of HTML, but nothing in all of the region ends it. */
function isPlaceholder({ value }: Html, ended: ReadonlySet<string>): boolean {
  const name = /^<([a-z]\w*)>$/.exec(value)?.[1];
  if (name === undefined || ended.has(name)) return false;
  return mustEnd(name) || (name === "option" && !ended.has("select"));
}

/** `<auto-table path="a.ts" />`, `<is-land on:visible import="a.js">`: no placeholder is given something. */
const CUSTOM_ELEMENT = /^<[a-z]+(?:-\w+)+\s(?:[^<>]*\w=["']|[a-z]+:[a-z]+[\s>])[^<>]*>?/;

/** `<issue number="">` of a template: nobody has filled it in, and it says nothing. */
const UNFILLED = /^<[a-z][\w-]*(?:\s+[\w-]+=(?:""|''))+\s*\/?>$/;

function isWords({ value }: Html): boolean {
  const tag = /^<\/?([a-zA-Z][\w-]*)/.exec(value)?.[1];
  const isOwn = CUSTOM_ELEMENT.test(value) || UNFILLED.test(value);
  return tag !== undefined && !isHtmlTag(tag) && !isOwn;
}

declare module "mdast" {
  interface HeadingData {
    /** The anchor that the page gives the heading. */
    id?: string;
  }
}

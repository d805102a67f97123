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
import { htmlAround } from "./mistakes.ts";
import { hasHtml, withNotesApart } from "./notes.ts";
import { regionsOf } from "./regions.ts";
import { PAUSE, withPauses } from "./runs.ts";
import { isEmptyTable, plainTables, withWideHeads } from "./tables.ts";
import { isWords, plainHtml, withWords } from "./unknown-tags.ts";
import { withValuesAsCode } from "./values.ts";

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

declare module "mdast" {
  interface HeadingData {
    /** The anchor that the page gives the heading. */
    id?: string;
  }
}

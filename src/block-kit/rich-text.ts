/**
 * Markdown -> rich_text, the block in which text can neither mention, link nor break out.
 *
 * A rich_text element shows its text as it is: no escaping, so a label with a backtick or
 * `<!channel>` in a filled command stays what it is. Only links of our Markdown become links.
 */

import type {
  RichTextBlock,
  RichTextBlockElement,
  RichTextElement,
  RichTextList,
} from "@slack/types";
import type { BlockContent, FootnoteDefinition, List, ListItem, RootContent } from "mdast";
import { toString as textOf } from "mdast-util-to-string";
import { parseMarkdown } from "../knowledge/markdown/markdown.ts";
import { resolveReferences } from "../knowledge/markdown/page-links.ts";
import { sizeOf } from "./fit.ts";
import { shrinkRichText } from "./fit-rich-text.ts";
import { numberedOn } from "./number-on.ts";
import { phrasesOf, styledText } from "./rich-phrases.ts";
import { tableParts } from "./rich-table.ts";
import { offsetOf } from "./rich-words.ts";
import { clean } from "./text.ts";

type RichTextPart = RichTextBlockElement;

export interface RichText {
  readonly block: RichTextBlock;
  /** What the block takes of a message's total. */
  readonly size: number;
  /** True when the text did not fit and ends early: between two paragraphs, items or code blocks. */
  readonly truncated: boolean;
}

export interface RichTextOptions {
  /** The most the block may take of a message's total. */
  readonly budget: number;
  /** Applied to each fenced code block: fills in the placeholders. */
  readonly fillCode?: (code: string) => string;
}

/** Renders Markdown; a code block is shown whole or not at all. */
export function richText(markdown: string, options: RichTextOptions): RichText {
  const fillCode = options.fillCode ?? ((text: string) => text);
  const tree = parseMarkdown(markdown);
  const nodes = numberedOn(resolveReferences(tree).children, markdown);
  const parts = nodes.flatMap((node) => partsOf(node, fillCode));
  const whole = blockOf(joinLists(parts));
  const size = sizeOf(whole);
  if (size <= options.budget) return { block: whole, size, truncated: false };
  const [shown = blockOf([])] = shrinkRichText(whole, options.budget);
  return { block: shown, size: sizeOf(shown), truncated: true };
}

function blockOf(elements: RichTextPart[]): RichTextBlock {
  return { type: "rich_text", elements };
}

/** Items that follow each other are one list, so that Slack spaces and numbers them as one. */
function joinLists(parts: readonly RichTextPart[]): RichTextPart[] {
  const joined: RichTextPart[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (last?.type === "rich_text_list" && part.type === "rich_text_list" && isNext(last, part)) {
      joined[joined.length - 1] = { ...last, elements: [...last.elements, ...part.elements] };
    } else joined.push(part);
  }
  return joined;
}

function isNext(list: RichTextList, next: RichTextList): boolean {
  if (list.style !== next.style || list.indent !== next.indent) return false;
  return list.style === "bullet" || offsetOf(next) === offsetOf(list) + list.elements.length;
}

type FillCode = (code: string) => string;

function partsOf(node: RootContent, fillCode: FillCode): RichTextPart[] {
  switch (node.type) {
    case "paragraph":
      return section(phrasesOf(node.children), "\n");
    case "heading":
      return section([styledText(textOf(node), { bold: true })], "\n");
    case "code":
      return preformatted(fillCode(node.value));
    case "list":
      return listParts(node, 0, fillCode);
    case "blockquote":
      return node.children.flatMap((child) => quoted(child, fillCode));
    case "table":
      return tableParts(node);
    case "footnoteDefinition":
      return footnote(node, fillCode);
    case "html":
    case "definition":
    case "thematicBreak":
    case "yaml":
      return [];
    // None of these stands at this level; should one, its words are shown.
    case "listItem":
    case "tableRow":
    case "tableCell":
    case "break":
    case "delete":
    case "emphasis":
    case "footnoteReference":
    case "image":
    case "imageReference":
    case "inlineCode":
    case "link":
    case "linkReference":
    case "strong":
    case "text":
      return section([styledText(textOf(node))], "\n");
  }
}

function section(elements: RichTextElement[], end: string): RichTextPart[] {
  const shown = elements.filter((element) => element.type !== "text" || element.text !== "");
  if (shown.length === 0) return [];
  return [{ type: "rich_text_section", elements: [...shown, styledText(end)] }];
}

function preformatted(value: string): RichTextPart[] {
  const shown = clean(value);
  if (shown.trim() === "") return [];
  return [{ type: "rich_text_preformatted", elements: [{ type: "text", text: shown }] }];
}

/**
 * What a quotation holds, each with the bar beside it that marks one: Slack's quotes hold lines of text
 * only, its lists and code blocks have the same bar as a border.
 */
function quoted(child: BlockContent | RootContent, fillCode: FillCode): RichTextPart[] {
  return partsOf(child, fillCode).map(withBar);
}

function withBar(part: RichTextPart): RichTextPart {
  if (part.type === "rich_text_quote") return part;
  return part.type === "rich_text_section"
    ? { type: "rich_text_quote", elements: withoutEnd(part.elements) }
    : { ...part, border: 1 };
}

/** A section ends with a line break, a quote by itself. */
function withoutEnd(elements: readonly RichTextElement[]): RichTextElement[] {
  const last = elements.at(-1);
  if (last?.type !== "text" || !last.text.endsWith("\n")) return [...elements];
  const rest = last.text.slice(0, -1);
  return [...elements.slice(0, -1), ...(rest === "" ? [] : [{ ...last, text: rest }])];
}

/** "[1] text", below what refers to it. */
function footnote(node: FootnoteDefinition, fillCode: FillCode): RichTextPart[] {
  const [first, ...rest] = node.children.flatMap((child) => partsOf(child, fillCode));
  const mark = styledText(`[${node.label ?? node.identifier}] `);
  if (first?.type !== "rich_text_section") return first === undefined ? [] : [first, ...rest];
  return [{ ...first, elements: [mark, ...first.elements] }, ...rest];
}

/** Slack's lists hold one line per item; what an item holds beyond that follows the list. */
function listParts(list: List, indent: number, fillCode: FillCode): RichTextPart[] {
  const style = list.ordered === true ? "ordered" : "bullet";
  const start = list.start ?? 1;
  return list.children.flatMap((item, index) =>
    itemParts(item, { style, indent, offset: start + index - 1, fillCode }),
  );
}

/** Slack's deepest list. */
const DEEPEST = 8;

interface ItemOptions {
  readonly style: "ordered" | "bullet";
  readonly indent: number;
  readonly offset: number;
  readonly fillCode: FillCode;
}

function itemParts(item: ListItem, options: ItemOptions): RichTextPart[] {
  const [first, ...rest] = item.children;
  const words = first?.type === "paragraph" ? phrasesOf(first.children) : [];
  const own = item.checked == null ? words : [styledText(item.checked ? "☑ " : "☐ "), ...words];
  const others = first?.type === "paragraph" || first === undefined ? rest : [first, ...rest];
  const elements = own.length > 0 ? own : [styledText(" ")];
  const line: RichTextList = {
    type: "rich_text_list",
    style: options.style,
    indent: Math.min(options.indent, DEEPEST),
    elements: [{ type: "rich_text_section", elements }],
    ...(options.style === "ordered" && options.offset > 0 ? { offset: options.offset } : {}),
  };
  return [
    line,
    ...others.flatMap((child) =>
      child.type === "list"
        ? listParts(child, options.indent + 1, options.fillCode)
        : partsOf(child, options.fillCode),
    ),
  ];
}

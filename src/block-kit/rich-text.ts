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
import type { BlockContent, List, ListItem, RootContent } from "mdast";
import { toString as textOf } from "mdast-util-to-string";
import { parseMarkdown } from "../knowledge/markdown.ts";
import { sizeOf } from "./fit.ts";
import { shrinkRichText } from "./fit-rich-text.ts";
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
  const parts = parseMarkdown(markdown).children.flatMap((node) => partsOf(node, fillCode));
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

function partsOf(node: RootContent, fillCode: (code: string) => string): RichTextPart[] {
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
      return quote(node.children);
    case "table":
      return tableParts(node);
    case "html":
    case "definition":
    case "footnoteDefinition":
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

function quote(children: readonly (BlockContent | RootContent)[]): RichTextPart[] {
  const value = clean(children.map((child) => textOf(child)).join("\n"));
  return value === "" ? [] : [{ type: "rich_text_quote", elements: [styledText(value)] }];
}

/** Slack's lists hold one line per item; what an item holds beyond that follows the list. */
function listParts(list: List, indent: number, fillCode: (code: string) => string): RichTextPart[] {
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
  readonly fillCode: (code: string) => string;
}

function itemParts(item: ListItem, options: ItemOptions): RichTextPart[] {
  const [first, ...rest] = item.children;
  const own = first?.type === "paragraph" ? phrasesOf(first.children) : [];
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

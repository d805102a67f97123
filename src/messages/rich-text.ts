/**
 * Markdown -> rich_text, the block in which text can neither mention, link nor break out.
 *
 * A rich_text element shows its text as it is: no escaping, so a label with a backtick or
 * `<!channel>` in a filled command stays what it is. Only links of our Markdown become links.
 */

import type {
  RichTextBlock,
  RichTextElement,
  RichTextList,
  RichTextPreformatted,
  RichTextQuote,
  RichTextSection,
} from "@slack/types";
import type { BlockContent, List, ListItem, PhrasingContent, RootContent, Table } from "mdast";
import { toString as textOf } from "mdast-util-to-string";
import { parseMarkdown } from "../knowledge/markdown.ts";
import { visibleSize } from "./fit.ts";
import { clean } from "./text.ts";

type Part = RichTextSection | RichTextList | RichTextPreformatted | RichTextQuote;
type Style = NonNullable<Extract<RichTextElement, { type: "text" }>["style"]>;

export interface RichText {
  readonly block: RichTextBlock;
  /** Characters shown, for packing several texts into one message. */
  readonly size: number;
  /** True when the text did not fit and ends early, always between two blocks. */
  readonly truncated: boolean;
}

export interface RichTextOptions {
  /** The most characters to show. */
  readonly budget: number;
  /** Applied to each fenced code block: fills in the placeholders. */
  readonly fillCode?: (code: string) => string;
}

/** Renders Markdown; a code block is shown whole or not at all. */
export function richText(markdown: string, options: RichTextOptions): RichText {
  const fillCode = options.fillCode ?? ((text: string) => text);
  const parts: Part[] = [];
  let size = 0;
  for (const node of parseMarkdown(markdown).children) {
    const next = partsOf(node, fillCode);
    const nextSize = visibleSize(next);
    if (size + nextSize > options.budget && parts.length > 0) {
      return { block: { type: "rich_text", elements: parts }, size, truncated: true };
    }
    parts.push(...next);
    size += nextSize;
  }
  return { block: { type: "rich_text", elements: parts }, size, truncated: false };
}

function partsOf(node: RootContent, fillCode: (code: string) => string): Part[] {
  switch (node.type) {
    case "paragraph":
      return section(inline(node.children), "\n");
    case "heading":
      return section([text(textOf(node), { bold: true })], "\n");
    case "code":
      return preformatted(fillCode(node.value));
    case "list":
      return listParts(node, 0, fillCode);
    case "blockquote":
      return quote(node.children);
    case "table":
      return preformatted(tableText(node));
    case "html":
    case "definition":
    case "thematicBreak":
      return [];
    default:
      return section([text(textOf(node))], "\n");
  }
}

function section(elements: RichTextElement[], end: string): Part[] {
  const shown = elements.filter((element) => element.type !== "text" || element.text !== "");
  if (shown.length === 0) return [];
  return [{ type: "rich_text_section", elements: [...shown, text(end)] }];
}

function preformatted(value: string): Part[] {
  const shown = clean(value);
  if (shown.trim() === "") return [];
  return [{ type: "rich_text_preformatted", elements: [{ type: "text", text: shown }] }];
}

function quote(children: readonly (BlockContent | RootContent)[]): Part[] {
  const value = clean(children.map((child) => textOf(child)).join("\n"));
  return value === "" ? [] : [{ type: "rich_text_quote", elements: [text(value)] }];
}

/** Slack's lists hold one line per item; what an item holds beyond that follows the list. */
function listParts(list: List, indent: number, fillCode: (code: string) => string): Part[] {
  const style = list.ordered === true ? "ordered" : "bullet";
  const start = list.start ?? 1;
  return list.children.flatMap((item, index) =>
    itemParts(item, { style, indent, offset: start + index - 1, fillCode }),
  );
}

interface ItemOptions {
  readonly style: "ordered" | "bullet";
  readonly indent: number;
  readonly offset: number;
  readonly fillCode: (code: string) => string;
}

function itemParts(item: ListItem, options: ItemOptions): Part[] {
  const [first, ...rest] = item.children;
  const own = first?.type === "paragraph" ? inline(first.children) : [];
  const others = first?.type === "paragraph" || first === undefined ? rest : [first, ...rest];
  const elements = own.length > 0 ? own : [text(" ")];
  const line: RichTextList = {
    type: "rich_text_list",
    style: options.style,
    indent: options.indent,
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

function inline(nodes: readonly PhrasingContent[], style: Style = {}): RichTextElement[] {
  return nodes.flatMap((node): RichTextElement[] => {
    switch (node.type) {
      case "text":
        return [text(node.value.replace(/\n/g, " "), style)];
      case "inlineCode":
        return [text(node.value, { ...style, code: true })];
      case "strong":
        return inline(node.children, { ...style, bold: true });
      case "emphasis":
        return inline(node.children, { ...style, italic: true });
      case "delete":
        return inline(node.children, { ...style, strike: true });
      case "link":
        return link(node.url, textOf(node), style);
      case "break":
        return [text("\n")];
      default:
        return [text(textOf(node), style)];
    }
  });
}

/** Only web addresses become links; a path inside the runbooks stays as its words. */
function link(url: string, label: string, style: Style): RichTextElement[] {
  const shown = clean(label) || url;
  if (!/^https?:\/\//i.test(url)) return [text(shown, style)];
  return [{ type: "link", url, text: shown }];
}

function text(value: string, style: Style = {}): RichTextElement {
  const shown = clean(value);
  return Object.keys(style).length === 0
    ? { type: "text", text: shown }
    : { type: "text", text: shown, style };
}

function tableText(table: Table): string {
  const rows = table.children.map((row) => row.children.map((cell) => textOf(cell)));
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? "").length)),
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

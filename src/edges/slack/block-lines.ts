/**
 * The blocks of another app's post, line by line: what people see below each other, labels in fields,
 * and where buttons lead. Unlike the words of a message, a line that stands there twice counts twice,
 * since each alert of a post may have the same ones.
 */

import { plainWords } from "./message-texts.ts";

export interface BlockLines {
  readonly lines: readonly string[];
  /** Of sections that show a name above a value. */
  readonly fields: readonly { readonly title: string; readonly value: string }[];
  readonly links: readonly string[];
}

type ReadableBlock = Readonly<Record<string, unknown>>;

const MOST_BLOCKS = 50;
/** Characters of one text; Slack takes 12,000 at most. */
const MOST_TEXT = 12_000;
const MOST_ELEMENTS = 200;
/** Blocks in blocks, lists in lists; deeper than this nobody reads. */
const DEEPEST = 6;

/** Takes what stands in a message or an attachment as `blocks`, which may be anything. */
export function readBlocks(blocks: unknown): BlockLines {
  const parts = listOf(blocks)
    .slice(0, MOST_BLOCKS)
    .map((block) => readBlock(block, 0));
  return {
    lines: parts.flatMap(({ lines }) => lines),
    fields: parts.flatMap(({ fields }) => fields),
    links: parts.flatMap(({ links }) => links),
  };
}

function listOf(value: unknown): ReadableBlock[] {
  if (!Array.isArray(value)) return [];
  return value
    .slice(0, MOST_ELEMENTS)
    .filter((each): each is ReadableBlock => typeof each === "object" && each !== null);
}

function readBlock(block: ReadableBlock, depth: number): BlockLines {
  const { type, text, fields, elements, accessory, rows, child_blocks: children } = block;
  if (depth > DEEPEST) return { lines: [], fields: [], links: [] };
  if (Array.isArray(children)) {
    const inner = listOf(children).map((each) => readBlock(each, depth + 1));
    return {
      lines: inner.flatMap(({ lines }) => lines),
      fields: inner.flatMap((each) => each.fields),
      links: inner.flatMap(({ links }) => links),
    };
  }
  if (type === "rich_text") return { lines: richLines(elements, 0), fields: [], links: [] };
  const shown = listOf(fields).map(textOf);
  const pairs = shown.map(pairOf);
  const beside = type === "actions" || type === "context_actions" ? [] : listOf(elements);
  return {
    lines: [
      ...linesOf(textOf(text)),
      ...shown.flatMap((each, index) => (pairs[index] === undefined ? linesOf(each) : [])),
      ...linesOf(beside.map(textOf).join(" ")),
      ...listOf(rows).flatMap((row) => linesOf(cellsOf(row))),
    ],
    fields: pairs.flatMap((each) => each ?? []),
    links: [...listOf(elements), ...listOf([accessory])].flatMap(({ url }) =>
      typeof url === "string" ? [url] : [],
    ),
  };
}

/** A text, a text object, or what holds one. */
function textOf(value: unknown): string {
  if (typeof value === "string") return plainWords(value.slice(0, MOST_TEXT));
  if (typeof value !== "object" || value === null) return "";
  const { text, elements } = value as ReadableBlock;
  return Array.isArray(elements) ? richLines(elements, 0).join(" ") : textOf(text);
}

function linesOf(text: string): string[] {
  return text.split("\n").filter((each) => each.trim() !== "");
}

/** A row of a table is a list of cells. */
function cellsOf(row: ReadableBlock): string {
  return Array.isArray(row) ? row.map(textOf).join(" ") : textOf(row);
}

/** "*Severity:*" above "critical". */
function pairOf(text: string): { readonly title: string; readonly value: string } | undefined {
  const [title = "", ...value] = text.split("\n");
  const name = /^\*{0,2}([^*:]{1,100}?):?\*{0,2}:?$/.exec(title.trim())?.[1];
  if (name === undefined || value.length === 0) return undefined;
  return { title: name, value: withoutMarks(value.join("\n").trim()) };
}

function withoutMarks(text: string): string {
  return text.replace(/^[`*_]{1,3}/, "").replace(/[`*_]{1,3}$/, "");
}

/** The sentences of rich text, of which Slack keeps each word with another style by itself. */
function richLines(elements: unknown, depth: number): string[] {
  if (depth > DEEPEST) return [];
  return listOf(elements).flatMap((element) => {
    const inner = listOf(element["elements"]);
    if (element["type"] === "rich_text_list") {
      return richLines(inner, depth + 1).map((each) => `• ${each}`);
    }
    if (inner.length === 0) return linesOf(wordOf(element));
    return linesOf(inner.map(wordOf).join(""));
  });
}

function wordOf(element: ReadableBlock): string {
  const { type, text, name, url } = element;
  if (typeof text === "string") return text.slice(0, MOST_TEXT);
  if (type === "emoji" && typeof name === "string") return `:${name}:`;
  return typeof url === "string" ? url : "";
}

/** Rich text in words, as mrkdwn: for the plain form of a message, which says the same. */

import type {
  RichTextBlock,
  RichTextBlockElement,
  RichTextElement,
  RichTextList,
} from "@slack/types";
import { escaped } from "./text.ts";

export interface FittedWords {
  readonly text: string;
  /** True when some of it did not fit; a code block is there whole or not at all. */
  readonly truncated: boolean;
}

/** As many of the block's parts as take at most `most` characters. */
export function richWords(block: RichTextBlock, most: number): FittedWords {
  const lines: string[] = [];
  let room = most;
  for (const part of block.elements) {
    for (const words of wordsOf(part)) {
      room -= words.length + 1;
      if (room < 0) return { text: lines.join("\n"), truncated: true };
      lines.push(words);
    }
  }
  return { text: lines.join("\n"), truncated: false };
}

/** How many items were numbered before this list; @slack/types 3.2 does not know the field. */
export function offsetOf(list: RichTextList): number {
  return "offset" in list && typeof list.offset === "number" ? list.offset : 0;
}

/** One text for each thing that must not be torn apart. */
function wordsOf(part: RichTextBlockElement): string[] {
  switch (part.type) {
    case "rich_text_section":
      return [inline(part.elements).trimEnd()];
    case "rich_text_list":
      return items(part);
    case "rich_text_quote":
      return [`> ${inline(part.elements).replace(/\n/g, "\n> ")}`];
    case "rich_text_preformatted": {
      const code = part.elements.map((each) => each.text ?? "").join("");
      return [`\`\`\`\n${whole(code)}\n\`\`\``];
    }
  }
}

function items(list: RichTextList): string[] {
  const indent = "    ".repeat(list.indent ?? 0);
  return list.elements.map((item, index) => {
    const mark = list.style === "ordered" ? `${offsetOf(list) + index + 1}.` : "•";
    return `${indent}${mark} ${inline(item.elements)}`.trimEnd();
  });
}

/** Inline elements as mrkdwn. */
export function inlineWords(elements: readonly RichTextElement[]): string {
  return inline(elements).trim();
}

function inline(elements: readonly RichTextElement[]): string {
  return elements.map(wordOf).join("");
}

function wordOf(element: RichTextElement): string {
  if (element.type === "link") {
    const { url, text = url } = element;
    return whole(text === url ? url : `${text} (${url})`);
  }
  if (element.type === "user") return `<@${element.user_id}>`;
  if (element.type === "date") {
    return `<!date^${element.timestamp}^${element.format}|${element.fallback ?? ""}>`;
  }
  if (element.type !== "text") return "";
  const isCode = element.style?.code === true && element.text.trim() !== "";
  return isCode ? `\`${whole(element.text).replace(/`/g, "\u02CB")}\`` : whole(element.text);
}

function whole(text: string): string {
  return escaped(text, text.length);
}

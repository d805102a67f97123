/** One paragraph in which every text is shown as it is. */

import type { KnownBlock, RichTextElement } from "@slack/types";
import { bold, mono, plain } from "./blocks.ts";

/** One line of rich text. */
export function richLine(elements: readonly RichTextElement[]): KnownBlock {
  return {
    type: "rich_text",
    elements: [{ type: "rich_text_section", elements: [...elements] }],
  };
}

/** The same in bold type, code left as it is. */
export function bolder(element: RichTextElement): RichTextElement {
  if (element.type === "text" && element.style?.code !== true) return bold(element.text);
  return element.type === "date" ? { ...element, style: { bold: true } } : element;
}

/**
 * Shows what stands between backticks as code, so that it can be copied without them.
 */
export function withCode(note: string): RichTextElement[] {
  return note
    .split("`")
    .map((text, index) => (index % 2 === 1 ? mono(text) : plain(text)))
    .filter((element) => element.type !== "text" || element.text !== "");
}

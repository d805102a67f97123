/** Rich text within Slack's sizes: texts are cut, code blocks are whole or absent. */

import type {
  RichTextBlock,
  RichTextBlockElement,
  RichTextElement,
  RichTextList,
  RichTextSection,
} from "@slack/types";
import { LIMITS } from "./limits.ts";
import { cut } from "./text.ts";

/** Takes out empty texts, which Slack refuses, and cuts those that nobody would read. */
export function fitRichText(block: RichTextBlock): RichTextBlock[] {
  const elements = block.elements.flatMap(fitPart);
  return elements.length === 0 ? [] : [{ ...block, elements }];
}

/** As much of its beginning as takes at most `room` characters as JSON; nothing if none does. */
export function shrinkRichText(block: RichTextBlock, room: number): RichTextBlock[] {
  const frame = sizeOf({ ...block, elements: [] });
  const elements = leading(block.elements, room - frame);
  const next = block.elements[elements.length];
  if (next?.type === "rich_text_list") {
    elements.push(...shrinkList(next, room - frame - sizeOf(elements)));
  }
  return elements.length === 0 ? [] : [{ ...block, elements }];
}

function shrinkList(list: RichTextList, room: number): RichTextList[] {
  const elements = leading(list.elements, room - sizeOf({ ...list, elements: [] }));
  return elements.length === 0 ? [] : [{ ...list, elements }];
}

function leading<T>(parts: readonly T[], room: number): T[] {
  let left = room;
  const end = parts.findIndex((part) => {
    left -= sizeOf(part) + 1;
    return left < 0;
  });
  return parts.slice(0, end === -1 ? parts.length : end);
}

function sizeOf(value: unknown): number {
  return JSON.stringify(value).length;
}

function fitPart(part: RichTextBlockElement): RichTextBlockElement[] {
  switch (part.type) {
    case "rich_text_section":
    case "rich_text_quote": {
      const elements = shownOf(part.elements);
      return elements.length === 0 ? [] : [{ ...part, elements }];
    }
    case "rich_text_preformatted": {
      const elements = part.elements.filter((each) => each.type !== "text" || each.text !== "");
      return elements.length === 0 ? [] : [{ ...part, elements }];
    }
    case "rich_text_list": {
      const items = part.elements.map(fitItem);
      return items.length === 0 ? [] : [{ ...part, elements: items }];
    }
  }
}

/** An item without words keeps its place in the numbering. */
function fitItem(item: RichTextSection): RichTextSection {
  const elements = shownOf(item.elements);
  return { ...item, elements: elements.length === 0 ? [{ type: "text", text: " " }] : elements };
}

function shownOf(elements: readonly RichTextElement[]): RichTextElement[] {
  return elements.flatMap((element): RichTextElement[] => {
    if (element.type !== "text") return [element];
    return element.text === ""
      ? []
      : [{ ...element, text: cut(element.text, LIMITS.richTextElement) }];
  });
}

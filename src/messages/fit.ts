/**
 * The last proof before a message leaves: every size within Slack's limits.
 *
 * Renderers keep within the limits by themselves; this is for the label of 10,000 characters that
 * nobody thought of. What does not fit is cut with "…" or dropped from the end, and the message
 * says that something is missing: a shortened message arrives, a refused one does not.
 */

import type { ContextBlock, KnownBlock, SectionBlock, TableBlock } from "@slack/types";
import { LIMITS } from "./limits.ts";
import type { Message } from "./message.ts";
import { count, cut } from "./text.ts";

export function fit(message: Message): Message {
  const blocks = message.blocks.filter(hasContent).map(fitBlock);
  return {
    text: cut(message.text, LIMITS.messageText),
    blocks: within(blocks),
  };
}

/** Characters of all strings that a person can see in these blocks. */
export function visibleSize(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, each) => sum + visibleSize(each), 0);
  if (value === null || typeof value !== "object") return 0;
  return Object.entries(value).reduce((sum, [key, each]) => {
    const isText = typeof each === "string" && (key === "text" || key === "url");
    return sum + (isText ? each.length : visibleSize(each));
  }, 0);
}

function within(blocks: readonly KnownBlock[]): KnownBlock[] {
  const kept: KnownBlock[] = [];
  let size = 0;
  for (const block of blocks) {
    const next = visibleSize(block);
    // One block and 100 characters stay free for the sentence that says what is missing.
    const full = kept.length >= LIMITS.messageBlocks - 1 || size + next > LIMITS.messageTotal - 100;
    if (full) {
      const left = blocks.length - kept.length;
      kept.push(note(`${count(left, "part")} left out: too long for one Slack message`));
      break;
    }
    kept.push(block);
    size += next;
  }
  return kept;
}

function note(text: string): KnownBlock {
  return { type: "context", elements: [{ type: "plain_text", text, emoji: false }] };
}

/** Slack refuses empty texts and empty element lists. */
function hasContent(block: KnownBlock): boolean {
  switch (block.type) {
    case "section":
      return (block.text?.text ?? "") !== "" || (block.fields ?? []).length > 0;
    case "header":
      return block.text.text !== "";
    case "context":
    case "actions":
    case "rich_text":
      return block.elements.length > 0;
    default:
      return true;
  }
}

function fitBlock(block: KnownBlock): KnownBlock {
  switch (block.type) {
    case "section":
      return fitSection(block);
    case "header":
      return { ...block, text: { ...block.text, text: cut(block.text.text, LIMITS.headerText) } };
    case "context":
      return fitContext(block);
    case "table":
      return fitTable(block);
    case "actions":
      return { ...block, elements: block.elements.slice(0, LIMITS.actionsElements) };
    default:
      return block;
  }
}

function fitSection(block: SectionBlock): SectionBlock {
  const fields = block.fields
    ?.slice(0, LIMITS.sectionFields)
    .map((field) => ({ ...field, text: cut(field.text, LIMITS.fieldText) }));
  return {
    ...block,
    ...(block.text === undefined
      ? {}
      : { text: { ...block.text, text: cut(block.text.text, LIMITS.sectionText) } }),
    ...(fields === undefined ? {} : { fields }),
  };
}

function fitContext(block: ContextBlock): ContextBlock {
  const elements = block.elements
    .slice(0, LIMITS.contextElements)
    .map((element) =>
      "text" in element ? { ...element, text: cut(element.text, LIMITS.contextText) } : element,
    );
  return { ...block, elements };
}

function fitTable(block: TableBlock): TableBlock {
  const rows = block.rows
    .slice(0, LIMITS.tableRows)
    .map((row) => row.slice(0, LIMITS.tableColumns));
  return { ...block, rows };
}

/**
 * The last proof before a message leaves: every size within Slack's limits.
 *
 * Renderers keep within the limits by themselves; this is for the label of 10,000 characters that
 * nobody thought of. What does not fit is cut with "…" or dropped from the end, and the message
 * says that something is missing: a shortened message arrives, a refused one does not.
 */

import type {
  ActionsBlock,
  ContextBlock,
  HeaderBlock,
  KnownBlock,
  SectionBlock,
  TableBlock,
} from "@slack/types";
import { fitRichText, shrinkRichText } from "./fit-rich-text.ts";
import { LIMITS } from "./limits.ts";
import type { Message } from "./message.ts";
import { count, cut, cutMrkdwn } from "./text.ts";

export function fit(message: Message): Message {
  return {
    text: cutMrkdwn(message.text, LIMITS.messageText),
    blocks: within(message.blocks.flatMap(fitBlock)),
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

/** What a block takes of the message's total. A table has a limit of its own for its cells. */
export function sizeOf(block: KnownBlock): number {
  return block.type === "table" ? visibleSize(block) : JSON.stringify(block).length;
}

/** Room for the sentence that says what is missing. */
const NOTE_SIZE = 200;

function within(blocks: readonly KnownBlock[]): KnownBlock[] {
  const total = blocks.reduce((sum, block) => sum + sizeOf(block), 0);
  if (total <= LIMITS.messageTotal && blocks.length <= LIMITS.messageBlocks) return [...blocks];
  const kept: KnownBlock[] = [];
  let room = LIMITS.messageTotal - NOTE_SIZE;
  for (const block of blocks) {
    const isFull = kept.length >= LIMITS.messageBlocks - 1;
    const whole = !isFull && sizeOf(block) <= room;
    if (!whole) {
      const left = count(blocks.length - kept.length, "part");
      const part = isFull || block.type !== "rich_text" ? [] : shrinkRichText(block, room);
      return [...kept, ...part, note(`${left} left out or cut: too long for one Slack message`)];
    }
    kept.push(block);
    room -= sizeOf(block);
  }
  return kept;
}

function note(text: string): KnownBlock {
  return { type: "context", elements: [{ type: "plain_text", text, emoji: false }] };
}

/** The block within its own limits; nothing when it shows nothing, which Slack refuses. */
export function fitBlock(block: KnownBlock): KnownBlock[] {
  if (block.type === "section") return fitSection(block);
  if (block.type === "header") return fitHeader(block);
  if (block.type === "context") return fitContext(block);
  if (block.type === "table") return [fitTable(block)];
  if (block.type === "actions") return fitActions(block);
  return block.type === "rich_text" ? fitRichText(block) : [block];
}

function fitHeader(block: HeaderBlock): KnownBlock[] {
  return block.text.text === "" ? [] : [{ ...block, text: fitText(block.text, LIMITS.headerText) }];
}

interface TextObject {
  readonly type: string;
  readonly text: string;
}

function fitText<T extends TextObject>(object: T, most: number): T {
  const { type, text } = object;
  return { ...object, text: type === "mrkdwn" ? cutMrkdwn(text, most) : cut(text, most) };
}

function fitSection(block: SectionBlock): KnownBlock[] {
  const { text, fields = [], ...rest } = block;
  const shown = fields
    .filter((field) => field.text !== "")
    .slice(0, LIMITS.sectionFields)
    .map((field) => fitText(field, LIMITS.fieldText));
  const isText = text !== undefined && text.text !== "";
  if (!isText && shown.length === 0) return [];
  return [
    {
      ...rest,
      ...(isText ? { text: fitText(text, LIMITS.sectionText) } : {}),
      ...(shown.length > 0 ? { fields: shown } : {}),
    },
  ];
}

function fitContext(block: ContextBlock): KnownBlock[] {
  const elements = block.elements
    .filter((element) => !("text" in element) || element.text !== "")
    .slice(0, LIMITS.contextElements)
    .map((element) => ("text" in element ? fitText(element, LIMITS.contextText) : element));
  return elements.length === 0 ? [] : [{ ...block, elements }];
}

function fitActions(block: ActionsBlock): KnownBlock[] {
  const elements = block.elements.slice(0, LIMITS.actionsElements);
  return elements.length === 0 ? [] : [{ ...block, elements }];
}

/** Rows that go beyond the limit of all cells together are left out. */
function fitTable(block: TableBlock): TableBlock {
  const rows: TableBlock["rows"] = [];
  let room = LIMITS.tableText;
  for (const row of block.rows.slice(0, LIMITS.tableRows)) {
    const shown = row.slice(0, LIMITS.tableColumns);
    room -= visibleSize(shown);
    if (room < 0) break;
    rows.push(shown);
  }
  return { ...block, rows };
}

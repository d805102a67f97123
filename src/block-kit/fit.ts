/**
 * The last proof before a message leaves: every size within Slack's limits.
 *
 * Renderers keep within the limits by themselves; this is for the label of 10,000 characters that
 * nobody thought of. What does not fit is cut with "…" or dropped from the end, and the message
 * says that something is missing: a shortened message arrives, a refused one does not.
 */

import { fitBlock, visibleSize } from "./fit-block.ts";
import { shrinkRichText } from "./fit-rich-text.ts";
import { LIMITS } from "./limits.ts";
import type { KnownBlock, Message } from "./message.ts";
import { count, cutMrkdwn } from "./text.ts";

/** The message within every limit of Slack: what is too long is cut, what is too much left out. */
export function fit(message: Message): Message {
  return {
    text: cutMrkdwn(message.text, LIMITS.messageText),
    blocks: within(asMany(message.blocks.flatMap(fitBlock))),
  };
}

/** Blocks whose cells or points have limits of their own take only their words of the total. */
const COUNTED_BY_WORDS = new Set(["table", "data_table", "data_visualization"]);

/** What a block takes of the message's total. */
export function sizeOf(block: KnownBlock): number {
  return COUNTED_BY_WORDS.has(block.type) ? visibleSize(block) : JSON.stringify(block).length;
}

/** How often a kind of block may stand in one message. */
const MOST_OF_A_KIND: ReadonlyMap<string, number> = new Map([
  ["data_visualization", LIMITS.charts],
  ["table", LIMITS.tables],
]);

/** Charts and tables beyond what a message may hold are left out: their words stand in the text. */
function asMany(blocks: readonly KnownBlock[]): KnownBlock[] {
  const seen = new Map<string, number>();
  return blocks.filter(({ type }) => {
    const before = seen.get(type) ?? 0;
    seen.set(type, before + 1);
    return before < (MOST_OF_A_KIND.get(type) ?? Number.POSITIVE_INFINITY);
  });
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

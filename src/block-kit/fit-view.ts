/** The last proof before a view leaves: every size of a modal or Home tab within Slack's limits. */

import { fitBlock } from "./fit-block.ts";
import { LIMITS } from "./limits.ts";
import type { KnownBlock } from "./message.ts";
import { count, cut, line } from "./text.ts";
import type { View } from "./view.ts";

/** Throws for metadata that is too long: cut, it would come back as something else. */
export function fitView(view: View): View {
  const { callbackId, title, submit, close, metadata, blocks } = view;
  if (metadata !== undefined && metadata.length > LIMITS.viewMetadata) {
    throw new Error(`the metadata of the view ${callbackId} has ${metadata.length} characters`);
  }
  return {
    callbackId,
    title: line(title, LIMITS.viewTitle),
    ...(submit === undefined ? {} : { submit: cut(submit, LIMITS.viewTitle) }),
    ...(close === undefined ? {} : { close: cut(close, LIMITS.viewTitle) }),
    ...(metadata === undefined ? {} : { metadata }),
    blocks: within(blocks.flatMap(inView)),
  };
}

const MESSAGES_ONLY = new Set<KnownBlock["type"]>(["table", "data_table", "data_visualization"]);

/** Charts, tables and containers are for messages only; what stands in a container stands alone here. */
function inView(block: KnownBlock): KnownBlock[] {
  if (block.type === "container") return block.child_blocks.flatMap(inView);
  return MESSAGES_ONLY.has(block.type) ? [] : fitBlock(block);
}

function within(blocks: View["blocks"]): View["blocks"] {
  if (blocks.length <= LIMITS.viewBlocks) return blocks;
  const kept = blocks.slice(0, LIMITS.viewBlocks - 1);
  const left = count(blocks.length - kept.length, "part");
  const text = `${left} left out: too many for one view`;
  return [...kept, { type: "context", elements: [{ type: "plain_text", text, emoji: false }] }];
}

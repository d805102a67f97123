/** Would Slack take this message, or this view? The answer carries Slack's own error code. */

import { SLACK } from "./block-limits.ts";
import { checkBlocks } from "./check-blocks.ts";
import { Complaints } from "./complaints.ts";
import { type Json, objects, text } from "./json.ts";

export interface PayloadRefusal {
  readonly error: string;
  /** As in `response_metadata.messages`. */
  readonly messages: readonly string[];
}

/** For chat.postMessage, chat.update, chat.postEphemeral and response URLs. */
export function checkMessage(body: Json): PayloadRefusal | undefined {
  const blocks = body["blocks"];
  if (blocks !== undefined && blocks !== null && blocks !== "") {
    if (!Array.isArray(blocks)) return { error: "invalid_blocks_format", messages: [] };
    const refusal = checkMessageBlocks(blocks);
    if (refusal !== undefined) return refusal;
  }
  return checkAttachments(body);
}

/** For views.open, views.push, views.update and views.publish. */
export function checkView(view: Json): PayloadRefusal | undefined {
  const complaints = new Complaints();
  const path = "/view";
  const modal = text(view, "type") === "modal";
  const plain = { path, max: SLACK.viewTitle, plain: true };
  if (modal) {
    complaints.textObject(view, "title", { ...plain, required: true });
    complaints.textObject(view, "submit", plain);
    complaints.textObject(view, "close", plain);
    const asks = objects(view, "blocks").some((block) => text(block, "type") === "input");
    if (asks && view["submit"] === undefined) {
      complaints.add(path, "missing required field: submit");
    }
  }
  complaints.string(view, "private_metadata", { path, max: SLACK.privateMetadata });
  complaints.string(view, "callback_id", { path, max: SLACK.actionId });
  complaints.string(view, "external_id", { path, max: SLACK.externalId });
  const blocks = view["blocks"];
  if (Array.isArray(blocks)) {
    checkBlocks(blocks, "view", { path: `${path}/blocks`, complaints });
  } else complaints.add(path, "missing required field: blocks");
  return complaints.messages.length === 0
    ? undefined
    : { error: "invalid_arguments", messages: complaints.messages };
}

/** Tables and charts are bounded by their rows, cells and points instead. */
const HAS_OWN_TOTAL = new Set(["table", "data_table", "data_visualization"]);

function checkMessageBlocks(blocks: readonly unknown[]): PayloadRefusal | undefined {
  const counted = blocks.filter((block) => !HAS_OWN_TOTAL.has(text(block, "type")));
  if (JSON.stringify(counted).length > SLACK.blocksTotal) {
    return { error: "msg_blocks_too_long", messages: [] };
  }
  const complaints = new Complaints();
  checkBlocks(blocks, "message", { path: "/blocks", complaints });
  return complaints.messages.length === 0
    ? undefined
    : { error: "invalid_blocks", messages: complaints.messages };
}

function checkAttachments(body: Json): PayloadRefusal | undefined {
  const attachments = objects(body, "attachments");
  if (attachments.length > SLACK.attachments) {
    return { error: "too_many_attachments", messages: [] };
  }
  const complaints = new Complaints();
  for (const [index, attachment] of attachments.entries()) {
    const blocks = attachment["blocks"];
    const path = `/attachments/${index}/blocks`;
    if (Array.isArray(blocks)) checkBlocks(blocks, "message", { path, complaints });
  }
  return complaints.messages.length === 0
    ? undefined
    : { error: "invalid_attachments", messages: complaints.messages };
}

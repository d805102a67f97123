/**
 * Gives blocks and elements the ids that Slack makes up where the app left them out; without them
 * no click could say where it came from.
 */

import { randomBytes } from "node:crypto";
import { isJson, type Json, text } from "./json.ts";

/** The blocks in their order; what is no object stays as it is. */
export function decorateBlocks(blocks: readonly unknown[]): unknown[] {
  return blocks.map((block) => (isJson(block) ? decorateBlock(block) : block));
}

function decorateBlock(block: Json): Json {
  const children = block["child_blocks"];
  return {
    ...block,
    ...withId(block, "block_id"),
    ...decorateList(block, "elements"),
    ...decorateList(block, "actions"),
    ...decorateOne(block, "element"),
    ...decorateOne(block, "accessory"),
    ...(Array.isArray(children) ? { child_blocks: decorateBlocks(children) } : {}),
  };
}

function decorateList(block: Json, name: string): Json {
  const elements = block[name];
  if (!Array.isArray(elements)) return {};
  return {
    [name]: elements.map((element) => (isJson(element) ? decorateElement(element) : element)),
  };
}

function decorateOne(block: Json, name: string): Json {
  const element = block[name];
  return isJson(element) ? { [name]: decorateElement(element) } : {};
}

/** Texts, images and parts of rich text are no actors and get no id. */
const PASSIVE = /^(plain_text|mrkdwn|image|rich_text_.*|card|url)$/;

function decorateElement(element: Json): Json {
  if (text(element, "type") === "card") return decorateBlock(element);
  if (PASSIVE.test(text(element, "type"))) return element;
  return { ...element, ...withId(element, "action_id") };
}

function withId(value: Json, name: "block_id" | "action_id"): Json {
  const own = text(value, name);
  return { [name]: own === "" ? randomBytes(4).toString("base64url").slice(0, 5) : own };
}

/** A message as the page draws it, read once from what the sandbox sent. */

import { isJson } from "../slack/json.ts";
import type { Json } from "../slack/page-protocol.ts";

export interface ShownMessage {
  readonly ts: string;
  /** Of the thread's first message; "" outside threads. */
  readonly threadTs: string;
  readonly user: string;
  readonly botId: string;
  /** The name a foreign app gave itself for this post. */
  readonly username: string;
  /** Slack's mrkdwn. */
  readonly text: string;
  readonly blocks: readonly Json[];
  readonly attachments: readonly Json[];
  readonly reactions: readonly Json[];
  readonly isEdited: boolean;
  readonly isEphemeral: boolean;
  readonly replyCount: number;
  readonly replyUsers: readonly string[];
  readonly latestReply: string;
}

/** What is missing reads as empty. */
export function readMessage(json: Json, isEphemeral = false): ShownMessage {
  const users = json["reply_users"];
  return {
    ts: str(json["ts"]),
    threadTs: str(json["thread_ts"]),
    user: str(json["user"]),
    botId: str(json["bot_id"]),
    username: str(json["username"]),
    text: str(json["text"]),
    blocks: list(json["blocks"]),
    attachments: list(json["attachments"]),
    reactions: list(json["reactions"]),
    isEdited: json["edited"] !== undefined,
    isEphemeral,
    replyCount: typeof json["reply_count"] === "number" ? json["reply_count"] : 0,
    replyUsers: Array.isArray(users) ? users.map(str) : [],
    latestReply: str(json["latest_reply"]),
  };
}

/** Whether it stands in a thread, and does not begin one. */
export function isThreadReply(message: ShownMessage): boolean {
  return message.threadTs !== "" && message.threadTs !== message.ts;
}

/** A text or number as text, anything else as empty. */
export function str(value: unknown): string {
  return typeof value === "string" ? value : typeof value === "number" ? String(value) : "";
}

/** The objects of a list, none where it is no list. */
export function list(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.filter(isJson) : [];
}

/** The text of a text object, or "". */
export function plainText(value: unknown): string {
  return isJson(value) ? str(value["text"]) : "";
}

/** conversations.history and conversations.replies, with Slack's paging and its care for metadata. */

import { flag, type Json, text } from "./json.ts";
import type { MessageLog } from "./message-log.ts";
import { type MethodAnswer, refuse } from "./view-methods.ts";

const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 999;

/** Newest first, replies left out. */
export function readHistory(log: MessageLog, body: Json): MethodAnswer {
  return page(log.channel(text(body, "channel")).toReversed(), body);
}

/** The thread's first message, then its replies, oldest first. */
export function readReplies(log: MessageLog, body: Json): MethodAnswer {
  const thread = log.thread(text(body, "channel"), text(body, "ts"));
  return thread.length === 0 ? refuse("thread_not_found") : page(thread, body);
}

function page(messages: readonly Json[], body: Json): MethodAnswer {
  const matching = messages.filter((message) => isWithin(text(message, "ts"), body));
  const cursor = text(body, "cursor");
  const from = cursor === "" ? 0 : Number(Buffer.from(cursor, "base64url").toString());
  if (!Number.isInteger(from)) return refuse("invalid_cursor");
  const wanted = Number(text(body, "limit")) || DEFAULT_LIMIT;
  const to = from + Math.min(wanted, MAX_LIMIT);
  const more = to < matching.length;
  const next = more ? Buffer.from(String(to)).toString("base64url") : "";
  return {
    ok: true,
    messages: matching.slice(from, to).map((message) => withMetadata(message, body)),
    has_more: more,
    response_metadata: { next_cursor: next },
  };
}

function isWithin(ts: string, body: Json): boolean {
  const oldest = text(body, "oldest");
  const latest = text(body, "latest");
  const inclusive = flag(body, "inclusive");
  const afterOldest = oldest === "" || Number(ts) > Number(oldest) || (inclusive && ts === oldest);
  const beforeLatest = latest === "" || Number(ts) < Number(latest) || (inclusive && ts === latest);
  return afterOldest && beforeLatest;
}

/** Slack shows an app's metadata only to those who ask for it. */
function withMetadata(message: Json, body: Json): Json {
  if (flag(body, "include_all_metadata")) return message;
  const { metadata: _, ...rest } = message;
  return rest;
}

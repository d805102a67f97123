/** An event about a message -> another app's post, as words; undefined for everything else. */

import type { PostAttachment, SlackPost } from "../../alerts/slack-post.ts";
import type { ExternalPost } from "../../features/shared/interactions.ts";
import { plainWords } from "./message-texts.ts";

export interface OwnIds {
  readonly botId: string | undefined;
  readonly appId: string | undefined;
}

type Fields = ReadonlyMap<string, unknown>;

/** More than anybody reads of one post. */
const MOST_TEXT = 20_000;
const MOST_ATTACHMENTS = 20;
const MOST_PARTS = 50;

/** A new post of another app at the top of a channel, or an edit of one. */
export function foreignPostOf(event: object, own: OwnIds): ExternalPost | undefined {
  const fields = fieldsOf(event);
  const isEdit = fields.get("subtype") === "message_changed";
  const message = isEdit ? fieldsOf(fields.get("message")) : fields;
  const [channel, ts] = [textIn(fields, "channel"), textIn(message, "ts")];
  const botId = textIn(message, "bot_id");
  if (channel === "" || ts === "" || botId === "" || isOwn(message, own)) return undefined;
  const threadTs = textIn(message, "thread_ts");
  if (threadTs !== "" && threadTs !== ts) return undefined;
  if (!isEdit && !["", "bot_message"].includes(textIn(fields, "subtype"))) return undefined;
  const version = Number(isEdit ? textIn(fields, "event_ts") || textIn(fields, "ts") : ts);
  return Number.isFinite(version) ? { channel, ts, version, post: postOf(message) } : undefined;
}

function isOwn(message: Fields, { botId, appId }: OwnIds): boolean {
  return (
    message.get("bot_id") === botId || (appId !== undefined && message.get("app_id") === appId)
  );
}

function postOf(message: Fields): SlackPost {
  return {
    text: wordsIn(message, "text"),
    attachments: listIn(message, "attachments").slice(0, MOST_ATTACHMENTS).map(attachmentOf),
  };
}

function attachmentOf(part: Fields): PostAttachment {
  return {
    title: wordsIn(part, "title"),
    titleLink: textIn(part, "title_link"),
    pretext: wordsIn(part, "pretext"),
    text: wordsIn(part, "text"),
    fallback: wordsIn(part, "fallback"),
    color: textIn(part, "color"),
    fields: listIn(part, "fields")
      .slice(0, MOST_PARTS)
      .map((field) => ({ title: wordsIn(field, "title"), value: wordsIn(field, "value") })),
    links: listIn(part, "actions")
      .slice(0, MOST_PARTS)
      .map((action) => textIn(action, "url")),
  };
}

function fieldsOf(value: unknown): Fields {
  return new Map(typeof value === "object" && value !== null ? Object.entries(value) : []);
}

function listIn(fields: Fields, name: string): Fields[] {
  const list = fields.get(name);
  return Array.isArray(list) ? list.map(fieldsOf) : [];
}

function textIn(fields: Fields, name: string): string {
  const text = fields.get(name);
  return typeof text === "string" ? text.slice(0, MOST_TEXT) : "";
}

function wordsIn(fields: Fields, name: string): string {
  return plainWords(textIn(fields, name));
}

/** An event about a message -> another app's post, as words; undefined for everything else. */

import type { PostAttachment, SlackPost } from "../../alerts/slack-post.ts";
import type { ExternalPost } from "../../features/shared/interactions.ts";
import { readBlocks } from "./block-lines.ts";
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

/** A new post of another app, at the top of a channel or in a thread, or an edit of one. */
export function foreignPostOf(event: object, own: OwnIds): ExternalPost | undefined {
  const fields = fieldsOf(event);
  const isEdit = fields.get("subtype") === "message_changed";
  const message = isEdit ? fieldsOf(fields.get("message")) : fields;
  const [channel, ts] = [textIn(fields, "channel"), textIn(message, "ts")];
  const botId = textIn(message, "bot_id");
  if (channel === "" || ts === "" || botId === "" || isOwn(message, own)) return undefined;
  const threadTs = textIn(message, "thread_ts");
  // Alertmanager 0.35 can write what becomes of a post into the post's own thread.
  const isReply = threadTs !== "" && threadTs !== ts;
  if (!isEdit && !["", "bot_message"].includes(textIn(fields, "subtype"))) return undefined;
  const version = Number(isEdit ? textIn(fields, "event_ts") || textIn(fields, "ts") : ts);
  if (!Number.isFinite(version)) return undefined;
  const post = postOf(message);
  return { channel, ts, version, post, ...(isReply ? { threadTs } : {}) };
}

function isOwn(message: Fields, { botId, appId }: OwnIds): boolean {
  return (
    message.get("bot_id") === botId || (appId !== undefined && message.get("app_id") === appId)
  );
}

function postOf(message: Fields): SlackPost {
  const attachments = listIn(message, "attachments").slice(0, MOST_ATTACHMENTS).map(attachmentOf);
  const text = wordsIn(message, "text");
  const isInBlocks = attachments.length === 0 && !SAYS_STATUS.test(text);
  const blocks = isInBlocks ? partsOfBlocks(message) : undefined;
  // Some templates say everything in blocks; `text` is then a word for old clients, or empty.
  return blocks === undefined
    ? { text, attachments }
    : { text, attachments: [{ ...attachmentOf(new Map()), ...blocks }] };
}

const SAYS_STATUS = /\b(?:firing|resolved)\b/i;

type BlockParts = Pick<PostAttachment, "title" | "text" | "fields" | "links">;

/** The line that says whether something fires, wherever it stands, is the title; undefined without words. */
function partsOfBlocks(part: Fields): BlockParts | undefined {
  const { lines, fields, links } = readBlocks(part.get("blocks"));
  const text = lines.join("\n").slice(0, MOST_TEXT);
  if (text === "" && fields.length === 0) return undefined;
  const title = text.split("\n").find((each) => SAYS_STATUS.test(each)) ?? "";
  return { title, text, fields: fields.slice(0, MOST_PARTS), links: links.slice(0, MOST_PARTS) };
}

function attachmentOf(part: Fields): PostAttachment {
  const said: BlockParts = {
    title: wordsIn(part, "title"),
    text: wordsIn(part, "text"),
    fields: listIn(part, "fields")
      .slice(0, MOST_PARTS)
      .map((field) => ({ title: wordsIn(field, "title"), value: wordsIn(field, "value") })),
    links: listIn(part, "actions")
      .slice(0, MOST_PARTS)
      .map((action) => textIn(action, "url")),
  };
  const isInBlocks = said.title === "" && said.text === "";
  return {
    ...((isInBlocks ? partsOfBlocks(part) : undefined) ?? said),
    titleLink: textIn(part, "title_link"),
    pretext: wordsIn(part, "pretext"),
    fallback: wordsIn(part, "fallback"),
    color: textIn(part, "color"),
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

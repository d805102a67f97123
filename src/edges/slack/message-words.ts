/**
 * The words of a message, once: what a person reads of it, without ids and markup.
 *
 * Slack sends what somebody wrote twice, as `text` and as blocks, and apps put a summary beside them.
 * Read one after the other, each word would count twice, and pieces of a sentence would stand alone.
 */

import { squeeze } from "../../search/split-words.ts";
import { MOST_CHARACTERS, textsOf, withoutEntities } from "./message-texts.ts";

/** The parts of the message in reading order, without those that another part has. */
export function messageWords(message: object): string {
  const { text, blocks, attachments } = message as Record<string, unknown>;
  const parts = [
    ...(typeof text === "string" ? [text] : []),
    ...listOf(blocks).flatMap(partsOfBlock),
    ...listOf(attachments).flatMap((attachment) => textsOf(attachment)),
  ];
  const read = parts
    .map((part) => withoutMarkup(part.slice(0, MOST_CHARACTERS)))
    .filter((part) => part !== "");
  return once(read).join("\n").slice(0, MOST_CHARACTERS);
}

/** A part whose letters stand in another one is said there; of two equal ones the first stays. */
function once(parts: readonly string[]): string[] {
  const letters = parts.map(squeeze);
  return parts.filter((_, at) => {
    const own = letters[at] ?? "";
    return !letters.some((other, n) => {
      if (n === at || !other.includes(own)) return false;
      return other.length > own.length || n < at;
    });
  });
}

function listOf(value: unknown): object[] {
  if (!Array.isArray(value)) return [];
  return value.filter((each): each is object => typeof each === "object" && each !== null);
}

/** The sentences of rich text are joined again; every other block has whole texts. */
function partsOfBlock(block: object): string[] {
  const { type, elements } = block as Record<string, unknown>;
  return type === "rich_text" ? listOf(elements).flatMap(linesOfRichText) : textsOf(block);
}

function linesOfRichText(element: object): string[] {
  const { type, elements } = element as Record<string, unknown>;
  const inner = listOf(elements);
  return type === "rich_text_list" ? inner.flatMap(linesOfRichText) : [inner.map(wordOf).join("")];
}

/** A person's or channel's id says nothing, and neither does an address without a name. */
function wordOf(element: object): string {
  const { type, text } = element as Record<string, unknown>;
  if (typeof text === "string") return text;
  return type === "text" ? "" : " ";
}

const MENTION = /<[@!][^<>|]*(?:\|[^<>]*)?>/g;
const CHANNEL = /<#[^<>|]*(?:\|([^<>]*))?>/g;
const NAMED_LINK = /<[a-z][a-z0-9+.-]*:[^<>|\s]*\|([^<>]*)>/gi;
const BARE_LINK = /<(?:https?|mailto):[^<>|\s]*>/gi;
/** `:fire:`, and not the `::server:` of a log line. */
const EMOJI = /(?<![\w:]):[a-z0-9_+'-]+:(?![\w:])/g;
const MARKS = /(?<![\p{L}\p{N}])[*~]+(?=\S)|(?<=\S)[*~]+(?![\p{L}\p{N}])|`+|^&gt;\s?/gmu;

/** What Slack's markup says, as plain text. */
export function withoutMarkup(text: string): string {
  const bare = text
    .replace(MENTION, " ")
    .replace(CHANNEL, (_, name: string | undefined) => name ?? " ")
    .replace(NAMED_LINK, "$1")
    .replace(BARE_LINK, " ")
    .replace(EMOJI, " ")
    .replace(MARKS, "");
  return withoutEntities(bare)
    .replace(/[^\S\n]+/g, " ")
    .trim();
}

/** Text that strangers may send, and what no message may become because of it. */

import assert from "node:assert/strict";
import { fit } from "../../src/block-kit/fit.ts";
import type { Message } from "../../src/block-kit/message.ts";
import { checkMessage } from "../../src/sandbox/slack/check-payload.ts";
import fc from "../support/fast-check.ts";

export const HOSTILE_PIECES = [
  "<!channel>",
  "<!here|x>",
  "<@U012ABC>",
  "<#C012ABC>",
  "<https://evil.example|click>",
  "@channel",
  "&lt;!channel&gt;",
  "&amp;",
  "&",
  "<",
  ">",
  "`",
  "```",
  "*bold*",
  "_it_",
  "~no~",
  "|",
  "\n> quote",
  "\r\n",
  "\u0000\u001B[31m",
  "\u202Eevil\u2066",
  "\u200B\uFEFF",
  "al\u00ADert",
  "\u{E0068}\u{E0069}\u{E007F}",
  "@here",
  "\u05E9\u05DC\u05D5\u05DD",
  "👩‍👩‍👧",
  "\uD83D",
  "\uDE00",
  "$(rm -rf ~)",
  "'; DROP TABLE",
  "$\u007BGROUP}",
  "x".repeat(300),
  "&<>".repeat(1_000),
  "y".repeat(10_000),
] as const;

/** Pieces that something could act on, in any mixture, with anything between them. */
export const hostile: fc.Arbitrary<string> = fc
  .array(fc.oneof(fc.constantFrom(...HOSTILE_PIECES), fc.string({ unit: "binary" })), {
    maxLength: 6,
  })
  .map((pieces) => pieces.join(""));

/** What the bot itself writes between angle brackets. */
const OWN_MARKUP =
  /<!date\^\d+\^\{time\}(?: \{date_short_pretty\})?\|(?:[-\d]+ )?[:\d]+ UTC>|<https?:[^<>|\s]+\|Alertmanager>|<@U0[A-Z]+>/g;

/** Turns, hides or breaks the text around it. */
const UNWANTED = /[\p{Bidi_Control}\u00AD\u200B\uFEFF\u{E0068}\u{E0069}]|(?!\n)\p{Cc}/u;

/** The pieces that format, where Slack would take them so: not within a word, and not in code. */
const FORMATTED =
  /(?<![\p{L}\p{N}*])\*bold\*(?![\p{L}\p{N}*])|(?<![\p{L}\p{N}_])_it_(?![\p{L}\p{N}_])|(?<![\p{L}\p{N}~])~no~(?![\p{L}\p{N}~])/u;
const CODE = /```.*?```|`[^`\n]*`/gs;

/** Fails when the message, as it would be sent, could be refused or taken for more than text. */
export function assertHarmless(message: Message): void {
  const { text, blocks } = fit(message);
  assert.notEqual(text.trim(), "");
  for (const mrkdwn of [text, ...mrkdwnIn(blocks)]) {
    const strange = mrkdwn.replace(OWN_MARKUP, "").replace(/^>( |$)/gm, "");
    assert.doesNotMatch(strange, /[<>]/, "an angle bracket of a stranger");
    assert.doesNotMatch(strange, /&(?!amp;|lt;|gt;)/, "an ampersand of a stranger");
    assert.doesNotMatch(strange.replace(CODE, ""), FORMATTED, "a stranger's formats");
    assert.equal((mrkdwn.split("```").length - 1) % 2, 0, "a code block is open");
  }
  for (const shown of [text, ...stringsIn(blocks)]) {
    assert.ok(shown.isWellFormed(), "half a character");
    assert.doesNotMatch(shown, UNWANTED);
  }
  assert.equal(checkMessage({ text, blocks: [...blocks] }), undefined);
  assert.ok(text.length <= 4_000, `${text.length} characters in the plain form`);
}

function mrkdwnIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(mrkdwnIn);
  if (typeof value !== "object" || value === null) return [];
  const { type, text } = value as { type?: unknown; text?: unknown };
  if (type === "mrkdwn" && typeof text === "string") return [text];
  return Object.values(value).flatMap(mrkdwnIn);
}

function stringsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(stringsIn);
}

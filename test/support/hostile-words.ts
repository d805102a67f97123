/** Words that strangers may put anywhere, and what Slack must never be made to act on because of them. */

import assert from "node:assert/strict";
import type { LocalSlack } from "../../src/sandbox/slack/local-slack.ts";

export const HOSTILE = [
  "<!channel> <!here|x> <@U0STRANGER> <#C0STRANGER>",
  "<https://evil.example|click> [click](https://evil.example)",
  "@channel &lt;!channel&gt;",
  "*shouted* _leaned_ ~gone~",
  "so\u00ADft \u202Eturned \u200Bnarrow \u{E0068}\u{E0069}\u{E007F}tag \u0007bell",
  "`tick` ```\nblock",
  "$(touch /tmp/pwned) '; rm -rf ~ #",
];
export const ALL_HOSTILE = HOSTILE.join(" ");

/** What Slack would act on, where it reads markup. */
const ACTS_ON =
  /<!(?:channel|here|everyone)|<@U0STRANGER|<#C0STRANGER|<https:\/\/evil|(?<![\p{L}\p{N}*])\*shouted\*|(?<![\p{L}\p{N}_])_leaned_|(?<![\p{L}\p{N}~])~gone~/u;
/** What nobody sees, or what turns the text around it. */
export const HIDDEN = /[\u00AD\u200B\u{E0068}\u{E0069}\p{Bidi_Control}]|(?![\n\t])\p{Cc}/u;
/** In these Slack reads no markup. */
const CODE_SPANS = /```.*?```|`[^`\n]*`/gs;

interface ShownText {
  readonly text: string;
  readonly isMarkup: boolean;
}

/** Every text of a call of Slack's API: those that are read as markup, and all others. */
function textsIn(value: unknown, isMarkup = false): ShownText[] {
  if (typeof value === "string") return [{ text: value, isMarkup }];
  if (Array.isArray(value)) return value.flatMap((each) => textsIn(each, false));
  if (typeof value !== "object" || value === null) return [];
  const isMrkdwn = "type" in value && value.type === "mrkdwn";
  // Of a message, not of an element: there `type` says what its text is.
  const isMessage = !("type" in value);
  return Object.entries(value).flatMap(([key, each]) =>
    textsIn(each, key === "text" && (isMrkdwn || isMessage)),
  );
}

/** What a call shows: forms carry blocks as JSON, and what nobody is shown is left out. */
function shownIn(body: Readonly<Record<string, unknown>>): unknown {
  const { metadata: _, private_metadata: __, ...shown } = body;
  const parsed = (each: unknown): unknown =>
    typeof each === "string" && /^[[{]/.test(each) ? (JSON.parse(each) as unknown) : each;
  return Object.fromEntries(Object.entries(shown).map(([key, each]) => [key, parsed(each)]));
}

/** Where something was shown, and what. */
type Shown = readonly [where: string, body: unknown];

/** All that the bot has sent to Slack, and what this person alone was shown. */
export function shownTo(slack: LocalSlack, user: string): readonly Shown[] {
  return [
    ...slack.calls.map(({ method, body }): Shown => [method, shownIn(body)]),
    ...slack.ephemerals(user).map(({ text, blocks }): Shown => ["an answer", { text, blocks }]),
    ["Home", { blocks: slack.home(user)?.blocks }],
  ];
}

/**
 * In none of it Slack would act on a stranger's words, and nothing in it is hidden; returns all texts.
 * `meant` is markup of the bot's own.
 */
export function assertIsText(shown: readonly Shown[], meant?: RegExp): readonly string[] {
  return shown.flatMap(([where, body]) =>
    textsIn(body).map(({ text, isMarkup }) => {
      const said = `${where}: ${text}`;
      assert.doesNotMatch(text, HIDDEN, said);
      const own = meant === undefined ? text : text.replace(meant, "");
      if (isMarkup) assert.doesNotMatch(own.replace(CODE_SPANS, ""), ACTS_ON, said);
      return text;
    }),
  );
}

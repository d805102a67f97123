/** The few blocks that messages are made of. */

import type {
  ActionsBlock,
  Button,
  ContainerBlock,
  PlainTextOption,
  RichTextElement,
  StaticSelect,
} from "@slack/types";
import { LIMITS } from "./limits.ts";
import type { KnownBlock } from "./message.ts";
import { cut, line } from "./text.ts";
import { DAY_AND_TIME, utcClock } from "./times.ts";

/** A title in plain letters, cut to one line within Slack's limit. */
export function header(text: string): KnownBlock {
  return {
    type: "header",
    text: { type: "plain_text", text: line(text, LIMITS.headerText), emoji: false },
  };
}

/** Small grey text of our own words; strangers' text must be escaped already. */
export function context(mrkdwn: string): KnownBlock {
  return { type: "context", elements: [{ type: "mrkdwn", text: mrkdwn, verbatim: true }] };
}

/** A paragraph of our own words; strangers' text must be escaped already. */
export function paragraph(mrkdwn: string): KnownBlock {
  return { type: "section", text: { type: "mrkdwn", text: mrkdwn, verbatim: true } };
}

/** A bulleted list; each item may hold strangers' text as it is. */
export function bullets(items: readonly (readonly RichTextElement[])[]): KnownBlock {
  return {
    type: "rich_text",
    elements: [
      {
        type: "rich_text_list",
        style: "bullet",
        elements: items.map((elements) => ({
          type: "rich_text_section",
          elements: [...elements],
        })),
      },
    ],
  };
}

/** A run of plain letters. */
export function plain(text: string): RichTextElement {
  return { type: "text", text };
}

/** A run of bold letters. */
export function bold(text: string): RichTextElement {
  return { type: "text", text, style: { bold: true } };
}

/** A time of day in the reader's own zone; in bold where it stands in a bold sentence. */
export function clockTime(ms: number, style?: { readonly bold: true }): RichTextElement {
  return {
    type: "date",
    timestamp: Math.floor(ms / 1_000),
    format: "{time}",
    fallback: utcClock(ms),
    ...(style === undefined ? {} : { style }),
  };
}

/** A day and its time in the reader's own zone. */
export function dayAndTime(ms: number): RichTextElement {
  return {
    type: "date",
    timestamp: Math.floor(ms / 1_000),
    format: DAY_AND_TIME,
    fallback: `${new Date(ms).toISOString().slice(0, 10)} ${utcClock(ms)}`,
  };
}

/** Blocks that Slack lets stand in a container; a chart is none of them. */
const FOLDABLE: ReadonlySet<KnownBlock["type"]> = new Set([
  "actions",
  "context",
  "divider",
  "header",
  "image",
  "rich_text",
  "section",
  "table",
]);

/** What is folded away until somebody opens it; nothing when there is nothing in it. */
export function fold(title: string, blocks: readonly KnownBlock[]): KnownBlock[] {
  const children = blocks
    .filter(({ type }) => FOLDABLE.has(type))
    .slice(0, LIMITS.containerBlocks) as ContainerBlock["child_blocks"];
  if (children.length === 0) return [];
  return [
    {
      type: "container",
      title: { type: "plain_text", text: line(title, LIMITS.containerTitle), emoji: false },
      is_collapsible: true,
      default_collapsed: true,
      child_blocks: children,
    },
  ];
}

/** A run of code; Slack reads nothing within it as its own. */
export function mono(text: string): RichTextElement {
  return { type: "text", text, style: { code: true } };
}

/** Slack refuses an element without a word, and with it the whole message. */
const NAMELESS = "(no name)";

/** A button that carries an id only; what it stands for stays on our side. */
export function button(label: string, action: { id: string; value: string }): Button {
  return {
    type: "button",
    text: {
      type: "plain_text",
      text: cut(label.trim() || NAMELESS, LIMITS.buttonText),
      emoji: false,
    },
    action_id: action.id,
    value: action.value,
  };
}

export interface Choice {
  readonly label: string;
  /** Ids only, and never more than Slack takes: cut, it would choose something else. */
  readonly value: string;
}

/** A menu; choosing is acted upon at once. */
export function select(placeholder: string, id: string, choices: readonly Choice[]): StaticSelect {
  return {
    type: "static_select",
    action_id: id,
    placeholder: { type: "plain_text", text: cut(placeholder, LIMITS.optionText), emoji: false },
    options: choices.slice(0, LIMITS.options).map(optionOf),
  };
}

function optionOf({ label, value }: Choice): PlainTextOption {
  const shown = line(label, LIMITS.optionText) || NAMELESS;
  return { text: { type: "plain_text", text: shown, emoji: false }, value };
}

/** A row of buttons and menus. */
export function actions(elements: readonly (Button | StaticSelect)[]): ActionsBlock {
  return { type: "actions", elements: [...elements] };
}

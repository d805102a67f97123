/**
 * A message put together from parts that carry both of their forms: blocks for the eye, and the same
 * in words for notifications, screen readers and the plain form.
 */

import type { Button, RichTextElement } from "@slack/types";
import { actions, bold, bullets, button, plain } from "./blocks.ts";
import { fit } from "./fit.ts";
import { LIMITS } from "./limits.ts";
import type { KnownBlock, Message } from "./message.ts";
import { richLine, withCode } from "./rich-line.ts";
import { richWords } from "./rich-words.ts";
import { type Column, table } from "./table.ts";
import { escaped, line } from "./text.ts";

/** The button that runs a command; its value is the command's text. */
export const RUN_COMMAND = "run_command";

export interface Part {
  readonly blocks: readonly KnownBlock[];
  readonly words: string;
}

/** Characters of one part's words; the whole is cut once more at the end. */
const PART_WORDS = 3_500;

/** The parts below each other, within Slack's limits. */
export function messageOf(parts: readonly Part[]): Message {
  const words = parts.map((part) => part.words).filter((each) => each !== "");
  return fit({ text: words.join("\n"), blocks: parts.flatMap(({ blocks }) => blocks) });
}

/** The sentence that answers; strangers' names may stand in it. */
export function headline(text: string, ...rest: readonly RichTextElement[]): Part {
  return paragraphOf([bold(line(text, 600)), ...rest]);
}

/** A sentence below it; what stands between backticks is shown as code. */
export function sentence(text: string): Part {
  return paragraphOf(withCode(line(text, 900)));
}

/** A paragraph in rich text. */
export function paragraphOf(elements: readonly RichTextElement[]): Part {
  const block = richLine(elements);
  return { blocks: [block], words: block.type === "rich_text" ? wordsOf(block) : "" };
}

/** A bulleted list; nothing for no items. */
export function listOf(items: readonly (readonly RichTextElement[])[]): Part {
  if (items.length === 0) return NOTHING;
  const block = bullets(items);
  return { blocks: [block], words: block.type === "rich_text" ? wordsOf(block) : "" };
}

function wordsOf(block: Parameters<typeof richWords>[0]): string {
  return richWords(block, PART_WORDS).text;
}

/** Small grey text. */
export function footnote(text: string): Part {
  const short = line(text, 600);
  if (short === "") return NOTHING;
  return {
    blocks: [{ type: "context", elements: [{ type: "plain_text", text: short, emoji: false }] }],
    words: escaped(short, 600),
  };
}

/** A table; in words each row is a line that names its columns. */
export function figures<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): Part {
  if (rows.length === 0) return NOTHING;
  const lines = rows.map((row) => {
    const [first = "", ...others] = columns.map(({ title, cell, most }, index) => {
      const text = line(cell(row), most);
      return index === 0 || text === "" ? text : `${title.toLowerCase()} ${text}`;
    });
    const rest = others.filter((each) => each !== "").join(", ");
    return escaped(rest === "" ? `• ${first}` : `• ${first}: ${rest}`, 600);
  });
  return { blocks: [table(columns, rows)], words: lines.join("\n") };
}

/** A row of buttons, which has no words; nothing for none. */
export function buttonRow(buttons: readonly Button[]): Part {
  return buttons.length === 0 ? NOTHING : { blocks: [actions(buttons)], words: "" };
}

const NOTHING: Part = { blocks: [], words: "" };

/** A person by id as Slack shows them; in rich text it is an element of its own. */
export function personElement(id: string): RichTextElement {
  return /^[UW][A-Z0-9]+$/.test(id) ? { type: "user", user_id: id } : plain(line(id, 40));
}

/** A button carries so much of a command at most; a name that is longer is nobody's. */
const LONGEST_COMMAND = 500;

/** What a button may carry of a command with strangers' names in it; undefined when it is too long. */
export function carried(command: string): string | undefined {
  const shown = line(command, LONGEST_COMMAND + 1);
  return shown.length > LONGEST_COMMAND ? undefined : shown;
}

/** The command that a button runs, rest apart by a word of its own; none when it has no label. */
export function commandButton(label: string, command: string, kind: string): Button[] {
  const value = carried(command);
  const text = line(label, LIMITS.buttonText);
  return value === undefined || text === ""
    ? []
    : [button(text, { id: `${RUN_COMMAND}:${kind}`, value })];
}

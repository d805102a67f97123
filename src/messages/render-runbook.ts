/** Runbook sections as a message: the excerpt with its commands filled in. */

import type { Section } from "../knowledge/page.ts";
import { fillPlaceholders } from "../knowledge/placeholders.ts";
import { actions, button, context, header } from "./blocks.ts";
import { LIMITS } from "./limits.ts";
import type { KnownBlock, Message } from "./message.ts";
import { placeholderValues, type Subject } from "./placeholder-values.ts";
import { richText } from "./rich-text.ts";
import { count, escaped, line } from "./text.ts";

/** Room for the sections themselves; the rest is for headings, notes and buttons. */
const BUDGET = LIMITS.messageTotal - 1_500;

/** The button that opens a section; its value is the section's id. */
export const SHOW_SECTION = "show_section";

/** Sections offered with a button each. */
const OFFERED = 5;

interface Shown {
  readonly blocks: KnownBlock[];
  readonly text: string[];
  readonly refused: string[];
  /** Sections that did not fit, to be offered. */
  readonly left: Section[];
}

/** A page's sections in order, as many as fit; the others can be opened with a button. */
export function renderRunbook(
  title: string,
  sections: readonly Section[],
  subject: Subject,
): Message {
  const shown = showSections(sections, subject);
  const file = sections[0]?.file ?? "";
  return {
    text: [`Runbook: ${escaped(title)}`, ...shown.text].join("\n"),
    blocks: [
      header(`📖 ${title}`),
      ...shown.blocks,
      ...refusalNote(shown.refused),
      ...offer("More of this runbook:", shown.left),
      context(`from ${escaped(file)}`),
    ],
  };
}

/** One section, as a person asked for it. */
export function renderSection(section: Section, subject: Subject): Message {
  const shown = showSections([section], subject);
  const path = section.headings.join(" › ");
  return {
    text: [escaped(path), ...shown.text].join("\n"),
    blocks: [
      ...shown.blocks,
      ...refusalNote(shown.refused),
      context(`${escaped(section.file)}  ·  ${escaped(path)}`),
    ],
  };
}

/** No page answers this alert: said plainly, with the nearest sections. */
export function renderNoRunbook(alert: string, nearest: readonly Section[]): Message {
  const name = escaped(line(alert, 200));
  const text = `No runbook covers ${name}.`;
  if (nearest.length === 0) {
    const hint = `${text} Nothing in the runbooks is near it either.`;
    return { text: hint, blocks: [context(hint)] };
  }
  const list = nearest.map((section) => `• ${escaped(section.headings.join(" › "))}`);
  return {
    text: [`${text} The nearest sections:`, ...list].join("\n"),
    blocks: [context(`${text} The nearest sections:`), ...sectionButtons(nearest)],
  };
}

function showSections(sections: readonly Section[], subject: Subject): Shown {
  const values = placeholderValues(subject);
  const shown: Shown = { blocks: [], text: [], refused: [], left: [] };
  let room = BUDGET;
  for (const section of sections) {
    if (section.text === "") continue;
    if (room <= 0 && shown.blocks.length > 0) {
      shown.left.push(section);
      continue;
    }
    const part = showSection(section, values, room);
    if (part.size > room && shown.blocks.length > 0) {
      shown.left.push(section);
      room = 0;
      continue;
    }
    shown.blocks.push(...part.blocks);
    shown.text.push(`*${escaped(section.title)}*`, escaped(part.text, 2_000));
    shown.refused.push(...part.refused);
    room -= part.size;
  }
  return shown;
}

interface Part {
  readonly blocks: KnownBlock[];
  readonly text: string;
  readonly size: number;
  readonly refused: string[];
}

function showSection(section: Section, values: ReadonlyMap<string, string>, room: number): Part {
  const refused: string[] = [];
  const fillCode = (code: string): string => {
    const filled = fillPlaceholders(code, values);
    refused.push(...filled.refused.map(({ name, reason }) => `${name}: ${reason}`));
    return filled.text;
  };
  const body = richText(section.markdown, { budget: Math.max(room, 1_000), fillCode });
  const blocks: KnownBlock[] = [heading(section.title), body.block];
  if (body.truncated) blocks.push(context(`The rest stands in ${escaped(section.id)}`));
  const text = fillPlaceholders(section.text, values).text;
  return { blocks, text, size: body.size + section.title.length, refused };
}

function heading(title: string): KnownBlock {
  return {
    type: "rich_text",
    elements: [
      {
        type: "rich_text_section",
        elements: [{ type: "text", text: line(title), style: { bold: true } }],
      },
    ],
  };
}

/** Says which labels were kept out of the commands, and why. */
function refusalNote(refused: readonly string[]): KnownBlock[] {
  if (refused.length === 0) return [];
  const reasons = [...new Set(refused)].map((reason) => escaped(reason));
  return [context(`⚠️ Not filled in: ${reasons.join("; ")}.`)];
}

function offer(words: string, sections: readonly Section[]): KnownBlock[] {
  return sections.length === 0 ? [] : [context(words), ...sectionButtons(sections)];
}

/** Buttons that open sections; those that fit no more are counted. */
export function sectionButtons(sections: readonly Section[]): KnownBlock[] {
  const offered = sections
    .slice(0, OFFERED)
    .filter((section) => section.id.length <= LIMITS.buttonValue);
  const left = sections.length - offered.length;
  return [
    actions(
      offered.map((section, index) =>
        button(section.title, { id: `${SHOW_SECTION}:${index}`, value: section.id }),
      ),
    ),
    ...(left > 0 ? [context(`and ${count(left, "more section")}`)] : []),
  ];
}

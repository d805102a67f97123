/** Sections within the room of one message, their commands filled in. */

import { bold, context } from "../../block-kit/blocks.ts";
import { sizeOf } from "../../block-kit/fit.ts";
import { LIMITS } from "../../block-kit/limits.ts";
import type { KnownBlock } from "../../block-kit/message.ts";
import { richLine } from "../../block-kit/rich-line.ts";
import { richWords } from "../../block-kit/rich-words.ts";
import { escaped, line } from "../../block-kit/text.ts";
import type { Section } from "../../knowledge/page.ts";
import { filledSection, restNote } from "./filled-section.ts";
import { type PlaceholderSubject, placeholderValues } from "./placeholder-values.ts";

/** What sections may take of the plain form; the rest is for headings and notes. */
const PLAIN_BUDGET = LIMITS.messageText - 900;
/** A section that is not the first is begun only with this much room left. */
const LEAST_ROOM = 1_000;

interface Shown {
  readonly blocks: KnownBlock[];
  readonly text: string[];
  readonly refused: string[];
  /** Sections that did not fit, to be offered. */
  readonly left: Section[];
}

interface Showing {
  readonly budget: number;
  readonly active?: ReadonlySet<string>;
  readonly raised?: ReadonlyMap<string, string> | undefined;
  /** What stands above a section; its own name where the page's stands above all of them. */
  readonly nameOf?: (section: Section) => SectionHead;
}

/** In the message, and in its plain form, where it is escaped already. */
interface SectionHead {
  readonly shown: string;
  readonly plain: string;
}

/** As many sections as fit, from the first, which alone may be cut; the others are left to be offered. */
export function showSections(
  sections: readonly Section[],
  subject: PlaceholderSubject,
  { budget, raised, active = new Set(), nameOf = ownName }: Showing,
): Shown {
  const shown: Shown = { blocks: [], text: [], refused: [], left: [] };
  let room = budget;
  let plainRoom = PLAIN_BUDGET;
  for (const section of sections.filter(({ text }) => text !== "")) {
    const isFirst = shown.blocks.length === 0;
    const why = raised?.get(section.id);
    const notes = why === undefined ? [] : [`⬆️ raised: ${escaped(line(why))}`];
    const part =
      isFirst || room >= LEAST_ROOM
        ? showSection(section, placeholderValues(subject, section.fills), {
            room,
            plainRoom,
            notes,
            active,
            name: nameOf(section),
          })
        : undefined;
    // Only the first may be cut: the others are better opened whole.
    if (part === undefined || (part.truncated && !isFirst)) {
      shown.left.push(section);
      room = 0;
      continue;
    }
    shown.blocks.push(...part.blocks);
    shown.text.push(...part.text);
    shown.refused.push(...part.refused);
    room -= part.size;
    plainRoom -= part.text.join("\n").length;
  }
  return shown;
}

interface RunbookPart {
  readonly blocks: KnownBlock[];
  readonly text: string[];
  readonly size: number;
  readonly truncated: boolean;
  readonly refused: readonly string[];
}

interface Room {
  readonly room: number;
  readonly plainRoom: number;
  /** Said under the title, escaped already. */
  readonly notes: readonly string[];
  readonly active: ReadonlySet<string>;
  readonly name: SectionHead;
}

function ownName({ title, file }: Section): SectionHead {
  const shown = line(title || file);
  return { shown, plain: `*${escaped(shown)}*` };
}

function showSection(
  section: Section,
  values: ReadonlyMap<string, string>,
  { room, plainRoom, notes, active, name }: Room,
): RunbookPart {
  const title = richLine([bold(name.shown)]);
  const head = [title, ...notes.map(context)];
  const headSize = head.reduce((sum, block) => sum + sizeOf(block), 0);
  const { body, kept, refused } = filledSection(section, {
    values,
    budget: room - headSize,
    active,
  });
  const words = richWords(body.block, plainRoom);
  const rest = restNote(section);
  return {
    blocks: [...head, body.block, ...kept.map(context), ...(body.truncated ? [context(rest)] : [])],
    text: [
      name.plain,
      ...notes,
      ...(words.text === "" ? [] : [words.text]),
      ...kept,
      ...(body.truncated || words.truncated ? [rest] : []),
    ],
    size: headSize + body.size,
    truncated: body.truncated,
    refused,
  };
}

/** Runbook sections as a message: the excerpt with its commands filled in. */

import { context, fold, header } from "../../block-kit/blocks.ts";
import { sizeOf } from "../../block-kit/fit.ts";
import { LIMITS } from "../../block-kit/limits.ts";
import type { KnownBlock, Message } from "../../block-kit/message.ts";
import { richText } from "../../block-kit/rich-text.ts";
import { code, escaped, line } from "../../block-kit/text.ts";
import { lacking } from "../../knowledge/lacking.ts";
import type { Section } from "../../knowledge/page.ts";
import { sectionPath } from "../../knowledge/section-path.ts";
import { withoutPageLinks } from "../../knowledge/sections/section-links.ts";
import { refusalNote } from "./filled-section.ts";
import { linkMenu } from "./link-menu.ts";
import type { PlaceholderSubject } from "./placeholder-values.ts";
import { sectionButtons } from "./section-buttons.ts";
import { sectionName } from "./section-name.ts";
import { showSections } from "./show-sections.ts";

/** Room for the sections themselves; the rest is for headings, notes and buttons. */
const BUDGET = LIMITS.messageTotal - 2_000;

export interface RunbookExtras {
  /** Why a section stands higher than on its page, by id. */
  readonly raised?: ReadonlyMap<string, string>;
  /** Buttons under it. */
  readonly foot?: readonly KnownBlock[];
  /** Ids of active checks, by which steps are kept back. */
  readonly active?: ReadonlySet<string>;
}

/**
 * What a reader acts on first, as many sections as fit; what it means and whom it hurts folded away behind
 * them. The others can be opened with a button.
 */
export function renderRunbook(
  title: string,
  sections: readonly Section[],
  subject: PlaceholderSubject,
  { raised, foot = [], active = new Set() }: RunbookExtras = {},
): Message {
  const { acting, background } = inOrderOfActing(sections);
  const folded = background.flatMap(foldedSection);
  const menu = linkMenu(acting.flatMap((section) => withoutPageLinks(section).links));
  const aside = [...foot, ...folded, ...menu].reduce((sum, block) => sum + sizeOf(block), 0);
  const shown = showSections(acting, subject, { raised, budget: BUDGET - aside, active });
  const file = sections[0]?.file ?? "";
  const more = "More of this runbook:";
  const notes = [...refusalNote(shown.refused), ...lackingNote(sections, subject)];
  return {
    text: [
      `Runbook: ${escaped(line(title))}`,
      ...shown.text,
      ...notes,
      ...background.map(({ title: name, text }) => escaped(`${name}: ${line(text)}`, 400)),
      ...(shown.left.length > 0 ? [`${more} ${escaped(line(titlesOf(shown.left)))}`] : []),
      `from ${escaped(line(file))}`,
    ].join("\n"),
    blocks: [
      header(`📖 ${title}`),
      ...shown.blocks,
      ...notes.map(context),
      ...folded,
      ...menu,
      ...offer(more, shown.left, file),
      context(`from ${escaped(line(file))}`),
      ...foot,
    ],
  };
}

/** Sections that say what it is, not what to do. */
const BACKGROUND = /^(?:meaning|impact)$/i;
/** What one of them may take, folded away. */
const FOLDED = 1_800;

interface Acting {
  readonly acting: readonly Section[];
  readonly background: readonly Section[];
}

/** A page of nothing but background is read from its beginning. */
function inOrderOfActing(sections: readonly Section[]): Acting {
  const background = sections.filter(({ title, text }) => BACKGROUND.test(title) && text !== "");
  const acting = sections.filter((each) => !background.includes(each));
  return acting.some(({ level, text }) => level > 1 && text !== "")
    ? { acting, background }
    : { acting: sections, background: [] };
}

function foldedSection(section: Section): KnownBlock[] {
  const { title } = section;
  const { markdown } = withoutPageLinks(section);
  const body = richText(markdown, { budget: FOLDED, fillCode: (code) => code });
  return fold(title, [body.block]);
}

/** One section, as a person asked for it; `budget` is what it may take of a message. */
export function renderSection(
  section: Section,
  subject: PlaceholderSubject,
  budget = BUDGET,
): Message {
  const path = escaped(line(sectionPath(section)) || line(sectionName(section)));
  const name = { shown: line(sectionName(section)), plain: path };
  const shown = showSections([section], subject, { budget, nameOf: () => name });
  const menu = linkMenu(withoutPageLinks(section).links);
  return {
    // A heading without text has its path alone.
    text: [...(shown.text.length === 0 ? [path] : shown.text), ...refusalNote(shown.refused)].join(
      "\n",
    ),
    blocks: [
      ...shown.blocks,
      ...refusalNote(shown.refused).map(context),
      ...menu,
      context(`${escaped(line(section.file))}  ·  ${path}`),
    ],
  };
}

function titlesOf(sections: readonly Section[]): string {
  return sections.map(({ title }) => title).join(", ");
}

/** Names the metrics that a step needs and this server does not show now. */
function lackingNote(sections: readonly Section[], { metrics }: PlaceholderSubject): string[] {
  if (metrics === undefined || metrics.size === 0) return [];
  const names = [...new Set(sections.flatMap(({ markdown }) => lacking(markdown, { metrics })))];
  if (names.length === 0) return [];
  const shown = names.map((name) => code(name)).join(", ");
  return [`⚠️ Not on this server now: ${shown}. A metric appears with its first event.`];
}

function offer(words: string, sections: readonly Section[], file: string): KnownBlock[] {
  return sections.length === 0 ? [] : [context(words), ...sectionButtons(sections, file)];
}

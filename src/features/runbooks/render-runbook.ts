/** Runbook sections as a message: the excerpt with its commands filled in. */

import { NO_ALERTNAME } from "../../alerts/alert.ts";
import type { AlertLink } from "../../alerts/alert-links.ts";
import { actions, bold, button, context, fold, header, paragraph } from "../../block-kit/blocks.ts";
import { sizeOf } from "../../block-kit/fit.ts";
import { LIMITS } from "../../block-kit/limits.ts";
import type { KnownBlock, Message } from "../../block-kit/message.ts";
import { richLine } from "../../block-kit/rich-line.ts";
import { richText } from "../../block-kit/rich-text.ts";
import { richWords } from "../../block-kit/rich-words.ts";
import { code, count, escaped, line, mrkdwnLink } from "../../block-kit/text.ts";
import { lacking } from "../../knowledge/lacking.ts";
import type { Section } from "../../knowledge/page.ts";
import { withoutPageLinks } from "../../knowledge/section-links.ts";
import { filledSection, refusalNote, restNote } from "./filled-section.ts";
import { linkMenu, SHOW_SECTION } from "./link-menu.ts";
import { type PlaceholderSubject, placeholderValues } from "./placeholder-values.ts";
import { sectionLabel, sectionName } from "./section-name.ts";

/** Room for the sections themselves; the rest is for headings, notes and buttons. */
const BUDGET = LIMITS.messageTotal - 2_000;
/** The same for the plain form. */
const PLAIN_BUDGET = LIMITS.messageText - 900;
/** A section that is not the first is begun only with this much room left. */
const LEAST_ROOM = 1_000;

/** Sections offered with a button each, and the longest id that a button carries for that. */
const OFFERED = 5;
const LONGEST_ID = 300;

interface Shown {
  readonly blocks: KnownBlock[];
  readonly text: string[];
  readonly refused: string[];
  /** Sections that did not fit, to be offered. */
  readonly left: Section[];
}

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
  const path = escaped(
    line(section.headings.filter(Boolean).join(" › ")) || line(sectionName(section)),
  );
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

export interface NoRunbookExtras {
  /** The page that the alert itself names. */
  readonly own?: AlertLink | undefined;
  /** No target is known that the alert speaks of, so nothing was checked for it. */
  readonly isOfNoTarget?: boolean;
}

/** No page answers this alert: said plainly, with the nearest sections, or how it gets a page. */
export function renderNoRunbook(
  alert: string,
  nearest: readonly Section[],
  { own, isOfNoTarget = false }: NoRunbookExtras = {},
): Message {
  const name = alert === NO_ALERTNAME ? "an alert without a name" : escaped(line(alert, 200));
  const unchecked = isOfNoTarget ? [NO_TARGET] : [];
  const first = own === undefined ? `No runbook covers ${name}.` : ownRunbookText(name, own);
  const list = nearest.map((section) => `• ${escaped(section.headings.join(" › "))}`);
  const offered = nearest.length === 0 ? [] : ["The nearest sections:"];
  const nothing = own === undefined && nearest.length === 0 ? [howToCover(alert)] : [];
  return {
    text: [[first, ...unchecked, ...nothing, ...offered].join(" "), ...list].join("\n"),
    blocks: [
      paragraph(own === undefined ? `*${first}*` : first),
      ...unchecked.map(context),
      ...nothing.map(context),
      ...offered.flatMap((words) => [context(words), ...sectionButtons(nearest)]),
    ],
  };
}

const NO_TARGET =
  "I cannot check it from here, because its labels match none of the configured targets.";

/** What whoever solves it can do for the next one. */
function howToCover(alert: string): string {
  const isNamed = alert !== NO_ALERTNAME && /^[\w.-]{1,80}$/.test(alert);
  const page = isNamed ? `a page with \`alerts: [${alert}]\`` : "a page that names it";
  return `No section of the runbooks is similar. For the next time, add ${page} to a folder under \`knowledge:\` in the configuration.`;
}

/** What the alert itself names is offered first; the text says where it leads. */
function ownRunbookText(name: string, { url, host }: AlertLink): string {
  const link = mrkdwnLink(url, `Runbook of ${name} at ${escaped(host, 100)}`);
  return `📖 ${link}, which the alert names.`;
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

function showSections(
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

/** Marks what a step looks at and this server does not show now. */
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

/** Buttons that open sections; those that fit no more are counted. The file's page is named above them. */
export function sectionButtons(sections: readonly Section[], namedPage?: string): KnownBlock[] {
  const offered = sections.filter(({ id }) => id.length <= LONGEST_ID).slice(0, OFFERED);
  const left = sections.length - offered.length;
  return [
    actions(
      offered.map((section, index) =>
        button(labelOf(section, namedPage), { id: `${SHOW_SECTION}:${index}`, value: section.id }),
      ),
    ),
    ...(left > 0 ? [context(`and ${count(left, "more section")}`)] : []),
  ];
}

/** Below the name of its page a section needs no more than its own. */
function labelOf(section: Section, namedPage: string | undefined): string {
  const isBelowPage = section.file === namedPage && section.title !== "";
  return line(isBelowPage ? section.title : sectionLabel(section), LIMITS.buttonText);
}

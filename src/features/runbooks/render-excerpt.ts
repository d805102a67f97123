/** The runbook's section for the first cause, its commands filled in with what was found. */

import { bold, context, plain } from "../../block-kit/blocks.ts";
import type { KnownBlock } from "../../block-kit/message.ts";
import { richLine } from "../../block-kit/rich-line.ts";
import { richWords } from "../../block-kit/rich-words.ts";
import { escaped, line } from "../../block-kit/text.ts";
import type { Target } from "../../diagnosis/target.ts";
import type { Labels } from "../../exposition/sample.ts";
import type { Section } from "../../knowledge/page.ts";
import { sectionPath } from "../../knowledge/section-path.ts";
import { filledSection, refusalNote, restNote } from "./filled-section.ts";
import { linkMenu } from "./link-menu.ts";
import { placeholderValues } from "./placeholder-values.ts";
import { sectionButtons } from "./section-buttons.ts";

const PLAIN_BUDGET = 1_200;

export interface Excerpt {
  readonly section: Section;
  /** The other sections of its page, to be offered. */
  readonly others: readonly Section[];
}

export interface RenderedExcerpt {
  readonly blocks: readonly KnownBlock[];
  readonly text: readonly string[];
}

/** What the commands are about. */
export interface ExcerptContext {
  readonly target: Pick<Target, "http" | "kafka">;
  readonly labels: Labels;
  /** What the section may take of the message; a button has the rest of it. */
  readonly budget: number;
  /** Ids of the active checks, which make some steps unsafe. */
  readonly active: ReadonlySet<string>;
}

/** Blocks and their plain form, within the budget; what was left out or not filled in is said below. */
export function renderExcerpt(
  { section, others }: Excerpt,
  { target, labels, budget, active }: ExcerptContext,
): RenderedExcerpt {
  const values = placeholderValues({ target, labels }, section.fills);
  const { body, kept, refused, links } = filledSection(section, { values, budget, active });
  const title = line(sectionPath(section), 200);
  const notes = [...kept, ...(body.truncated ? [restNote(section)] : []), ...refusalNote(refused)];
  return {
    blocks: [
      richLine([bold("What to do first"), plain(`, from ${title}`)]),
      body.block,
      ...notes.map(context),
      ...linkMenu(links),
      ...buttons(body.truncated ? [section, ...others] : others, section.file),
    ],
    text: [
      `*What to do first*, from ${escaped(title)}`,
      richWords(body.block, PLAIN_BUDGET).text,
      ...notes,
    ],
  };
}

function buttons(sections: readonly Section[], file: string): KnownBlock[] {
  return sections.length === 0 ? [] : sectionButtons(sections, file);
}

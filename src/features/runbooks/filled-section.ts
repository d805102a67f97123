/** A section's text with its commands filled in, and what must be said about what is not in it. */

import { type RichText, richText } from "../../block-kit/rich-text.ts";
import { escaped } from "../../block-kit/text.ts";
import { withoutUnsafe } from "../../knowledge/cut-steps.ts";
import type { Section } from "../../knowledge/page.ts";
import { fillPlaceholders } from "../../knowledge/placeholders.ts";
import { type SectionLink, withoutPageLinks } from "../../knowledge/sections/section-links.ts";
import { keptBackNotes } from "./kept-back.ts";

export interface SectionFilling {
  /** By placeholder. */
  readonly values: ReadonlyMap<string, string>;
  /** What the text may take of the message. */
  readonly budget: number;
  /** Ids of the active checks, which make some steps unsafe. */
  readonly active: ReadonlySet<string>;
}

interface FilledSection {
  readonly body: RichText;
  /** Steps that are left out, with the reason. */
  readonly kept: readonly string[];
  /** Labels that were kept out of the commands, with the reason. */
  readonly refused: readonly string[];
  /** Where its text leads inside the knowledge folder; the text has their words. */
  readonly links: readonly SectionLink[];
}

/**
 * The body within the budget; `refused` names each value that would be no safe word of a shell, and why.
 */
export function filledSection(
  section: Section,
  { values, budget, active }: SectionFilling,
): FilledSection {
  const refused: string[] = [];
  const fillCode = (code: string): string => {
    const filled = fillPlaceholders(code, values);
    refused.push(...filled.refused.map(({ name, reason }) => `${name}: ${reason}`));
    return filled.text;
  };
  const safe = withoutUnsafe(section.markdown, section.steps ?? [], active);
  const { markdown, links } = withoutPageLinks({ file: section.file, markdown: safe.markdown });
  const body = richText(markdown, { budget, fillCode });
  return { body, kept: keptBackNotes(safe), refused, links };
}

/** For a section that was cut. */
export function restNote({ id }: Section): string {
  return `The rest is in ${escaped(id)}`;
}

/** Says which labels were kept out of the commands, and why. */
export function refusalNote(refused: readonly string[]): string[] {
  if (refused.length === 0) return [];
  return [`⚠️ Not filled in: ${escaped([...new Set(refused)].join("; "), 500)}.`];
}

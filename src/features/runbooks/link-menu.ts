/** Other pages and sections that a section leads to, in a menu below it: a path in a text opens nothing. */

import { actions, select } from "../../block-kit/blocks.ts";
import { LIMITS } from "../../block-kit/limits.ts";
import type { KnownBlock } from "../../block-kit/message.ts";
import { line } from "../../block-kit/text.ts";
import type { SectionLink } from "../../knowledge/sections/section-links.ts";

/** The button, or menu, that opens a section; its value is the section's id, or a page's file. */
export const SHOW_SECTION = "show_section";

/** Links of one message: more would take the room of the text. */
const MOST = 8;

/** No block where there is nothing to choose; of many links the first are offered. */
export function linkMenu(links: readonly SectionLink[]): KnownBlock[] {
  const byId = new Map(links.map((link) => [link.id, link]));
  const choices = [...byId.values()]
    .filter(({ id }) => id.length <= LIMITS.optionValue)
    .slice(0, MOST)
    .map(({ id, label }) => ({ label: line(label, LIMITS.optionText) || id, value: id }));
  if (choices.length === 0) return [];
  return [actions([select("Open a linked section…", `${SHOW_SECTION}:linked`, choices)])];
}

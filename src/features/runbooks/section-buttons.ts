/** Buttons that open sections. */

import { actions, button, context } from "../../block-kit/blocks.ts";
import { LIMITS } from "../../block-kit/limits.ts";
import type { KnownBlock } from "../../block-kit/message.ts";
import { count, line } from "../../block-kit/text.ts";
import type { Section } from "../../knowledge/page.ts";
import { SHOW_SECTION } from "./link-menu.ts";
import { sectionLabel } from "./section-name.ts";

/** Sections offered with a button each, and the longest id that a button carries for that. */
const OFFERED = 5;
const LONGEST_ID = 300;

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

/** What a message led to: the sections, with where they stand and what they were found by. */

import { context } from "../../block-kit/blocks.ts";
import type { Message } from "../../block-kit/message.ts";
import { code, escaped } from "../../block-kit/text.ts";
import type { Section } from "../../knowledge/page.ts";
import { sectionPath } from "../../knowledge/section-path.ts";
import type { PlaceholderSubject } from "../runbooks/placeholder-values.ts";
import { renderSection } from "../runbooks/render-runbook.ts";
import { sectionButtons } from "../runbooks/section-buttons.ts";
import { renderFacts } from "../thread-questions/render-thread-answers.ts";

export interface FoundSections {
  /** Best first; empty when nothing covers the message. */
  readonly sections: readonly Section[];
  /** The part of the message that they were found by. */
  readonly by: string;
  /** By a log text that the runbook names, and not by its words alone. */
  readonly isLog: boolean;
}

const NOTHING = "Nothing in the runbooks covers this message.";

/** The best section in full, the others by name; where there is none, what was searched for. */
export function renderFound(
  { sections, by, isLog }: FoundSections,
  subject: PlaceholderSubject,
): Message {
  const [best, ...others] = sections;
  if (best === undefined) {
    return renderFacts(NOTHING, [
      "I searched for its whole text and for each of its lines. Try /streamline search with your own words.",
    ]);
  }
  const how = isLog ? "It explains the log line" : "Found by";
  const note = `${how} ${code(by, 200)}`;
  const section = renderSection(best, subject);
  const list = others.map((section) => `• ${escaped(sectionPath(section))}`);
  return {
    text: [note, section.text, ...(list.length > 0 ? ["Also:", ...list] : [])].join("\n"),
    blocks: [
      context(note),
      ...section.blocks,
      ...(others.length > 0 ? [context("Also:"), ...sectionButtons(others)] : []),
    ],
  };
}

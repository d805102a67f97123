/** What is offered when the bot is not sure: the nearest sections, one click from open. */

import { button, context, paragraph } from "../../block-kit/blocks.ts";
import type { KnownBlock, Message } from "../../block-kit/message.ts";
import { RUN_COMMAND } from "../../block-kit/parts.ts";
import { code, escaped, line } from "../../block-kit/text.ts";
import type { Section } from "../../knowledge/page.ts";
import { sectionPath } from "../../knowledge/section-path.ts";
import { sectionKey } from "../../knowledge/sections/section-key.ts";
import { SHOW_SECTION } from "../runbooks/link-menu.ts";

export interface Guesses {
  readonly question: string;
  /** Best first; three at most. */
  readonly sections: readonly Section[];
  /** The question with words of it mended, when only that finds these. */
  readonly meant?: string;
  /** What to try instead, where there is more to say than usual. */
  readonly hint?: string;
}

const USUAL_HINT = "None of these? Try an alert's name, an exact log line, or other words.";

/** Characters of a section's first words. */
const FIRST_WORDS = 140;

/** "Not sure. Nearest:", with a line of each section. */
export function renderGuesses({ question, sections, meant, hint = USUAL_HINT }: Guesses): Message {
  const headline = "Not sure. Nearest:";
  const asked = meant === undefined ? `You asked: ${code(question, 200)}` : didYouMean(meant);
  const list = sections.map((section) => `• ${titleOf(section)}: ${firstWords(section)}`);
  return {
    text: [headline, ...list, asked, hint].join("\n"),
    blocks: [
      paragraph(`*${headline}*`),
      ...sections.map(guessBlock),
      meant === undefined ? context(asked) : meantBlock(meant),
      context(hint),
    ],
  };
}

function guessBlock(section: Section, index: number): KnownBlock {
  return {
    type: "section",
    text: { type: "mrkdwn", text: `*${titleOf(section)}*\n${firstWords(section)}`, verbatim: true },
    accessory: button("Open", {
      id: `${SHOW_SECTION}:guess${index}`,
      value: sectionKey(section.id),
    }),
  };
}

function meantBlock(meant: string): KnownBlock {
  return {
    type: "section",
    text: { type: "mrkdwn", text: didYouMean(meant), verbatim: true },
    accessory: button("Search for this", { id: `${RUN_COMMAND}:meant`, value: `search ${meant}` }),
  };
}

function didYouMean(meant: string): string {
  return `Did you mean ${code(meant, 200)}?`;
}

function titleOf(section: Section): string {
  return escaped(line(sectionPath(section), 150), 150);
}

function firstWords({ text }: Section): string {
  return escaped(line(text, FIRST_WORDS), FIRST_WORDS + 20);
}

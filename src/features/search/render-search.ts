/** The results of a search, page by page, and one of them in full with the way back. */

import type { Button } from "@slack/types";
import { actions, button, context, paragraph } from "../../block-kit/blocks.ts";
import type { KnownBlock, Message } from "../../block-kit/message.ts";
import { code, escaped, line } from "../../block-kit/text.ts";
import type { Section } from "../../knowledge/page.ts";
import { sectionPath } from "../../knowledge/section-path.ts";
import { sectionKey } from "../../knowledge/sections/section-key.ts";
import { renderSearch, type SearchResults } from "../commands/render-answers.ts";
import { person } from "../incidents/quiet-words.ts";
import type { PlaceholderSubject } from "../runbooks/placeholder-values.ts";
import { renderSection } from "../runbooks/render-runbook.ts";
import { sectionName } from "../runbooks/section-name.ts";
import { type AboutVerdict, verdictButtons } from "./render-feedback.ts";
import { type Guesses, renderGuesses } from "./render-guesses.ts";

export const SEARCH = {
  page: "search_page",
  open: "search_open",
  share: "search_share",
  again: "search_again",
} as const;

export const RESULTS_PER_PAGE = 5;

/** What the best section may take of the message; the list of the others needs the rest. */
const BEST_BUDGET = 7_500;
/** Characters of a heading path. */
const PATH = 200;

export interface SearchPage {
  /** The kept question, which stands for the search in the buttons. */
  readonly id: number;
  readonly question: string;
  /** All results, best first; there is one at least. */
  readonly sections: readonly Section[];
  /** From 0. */
  readonly page: number;
  /** Whether the one who asked sees this alone, and may want to show it to others. */
  readonly canShare: boolean;
}

export type SearchOutcome =
  /** There is nothing to look up, or it cannot be looked up: a sentence for the person. */
  | { readonly kind: "words"; readonly words: string }
  | { readonly kind: "guesses"; readonly guesses: Guesses }
  /** Kept, so that its buttons can turn pages. */
  | { readonly kind: "page"; readonly page: SearchPage; readonly subject: PlaceholderSubject }
  /** Nothing found, or nothing could be kept. */
  | {
      readonly kind: "results";
      readonly results: SearchResults;
      readonly subject: PlaceholderSubject;
    };

/** A message for each way in which a search can end. */
export function renderSearchOutcome(answer: SearchOutcome): Message {
  switch (answer.kind) {
    case "words":
      return { text: answer.words, blocks: [paragraph(answer.words)] };
    case "guesses":
      return renderGuesses(answer.guesses);
    case "page":
      return renderSearchPage(answer.page, answer.subject);
    case "results":
      return renderSearch(answer.results, answer.subject);
  }
}

/** On the first page the best section stands in full; the others are listed with their paths. */
export function renderSearchPage(found: SearchPage, subject: PlaceholderSubject): Message {
  const { sections, page } = found;
  const start = page * RESULTS_PER_PAGE;
  const shown = sections.slice(start, start + RESULTS_PER_PAGE);
  const [best] = shown;
  const isFirst = page === 0 && best !== undefined;
  const full = isFirst ? renderSection(best, subject, BEST_BUDGET) : undefined;
  const listed = isFirst ? shown.slice(1) : shown;
  const notes = isFirst ? [] : [`Results for ${code(found.question, 200)}`];
  const counted = `${start + 1} to ${start + shown.length} of ${sections.length}`;
  const also = isFirst ? "Also:" : "Further results:";
  const list = listed.map((section) => `• ${pathOf(section)}`);
  return {
    text: [
      ...notes,
      ...(full === undefined ? [] : [full.text]),
      ...(list.length > 0 ? [also, ...list] : []),
    ].join("\n"),
    blocks: [
      ...notes.map(context),
      ...(full?.blocks ?? []),
      ...(isFirst ? [actions(answerButtons(best, found.canShare))] : []),
      ...(listed.length > 0 ? [context(`${also.slice(0, -1)}  ·  ${counted}`)] : []),
      ...listed.map((section, n) => resultBlock(section, found, n)),
      ...pager(found),
    ],
  };
}

/** "Page › Heading": where a section stands. */
function pathOf(section: Section): string {
  return escaped(line(sectionPath(section), PATH), PATH);
}

function resultBlock(section: Section, { id, page }: SearchPage, index: number): KnownBlock {
  const title = escaped(line(sectionName(section), 150), 150);
  const value = `${id} ${page} ${sectionKey(section.id)}`;
  return {
    type: "section",
    text: { type: "mrkdwn", text: `*${title}*\n${pathOf(section)}`, verbatim: true },
    accessory: button("Open", { id: `${SEARCH.open}:${index}`, value }),
  };
}

function answerButtons(section: Section, canShare: boolean): Button[] {
  const key = sectionKey(section.id);
  return [
    ...verdictButtons({ key }),
    ...(canShare ? [button("Share to channel", { id: SEARCH.share, value: key })] : []),
  ];
}

function pager({ id, page, sections }: SearchPage): KnownBlock[] {
  const last = Math.ceil(sections.length / RESULTS_PER_PAGE) - 1;
  const to = (label: string, next: number): Button[] =>
    next < 0 || next > last
      ? []
      : [button(label, { id: `${SEARCH.page}:${next}`, value: `${id} ${next}` })];
  const buttons = [...to("← Previous", page - 1), ...to("Next →", page + 1)];
  return buttons.length === 0 ? [] : [actions(buttons)];
}

export interface OpenedSection {
  readonly section: Section;
  /** The page of results it was opened from. */
  readonly from?: { readonly id: number; readonly page: number };
  readonly canShare: boolean;
  /** The incident in whose thread it was opened, if in one. */
  readonly about?: AboutVerdict;
}

/** A section in full, with what can be done with it. */
export function renderOpened(opened: OpenedSection, subject: PlaceholderSubject): Message {
  const { section, from, canShare, about = {} } = opened;
  const full = renderSection(section, subject);
  const key = sectionKey(section.id);
  const back =
    from === undefined
      ? []
      : [button("← Results", { id: SEARCH.page, value: `${from.id} ${from.page}` })];
  const share = canShare ? [button("Share to channel", { id: SEARCH.share, value: key })] : [];
  const buttons = [...back, ...verdictButtons({ ...about, key }), ...share];
  return { text: full.text, blocks: [...full.blocks, actions(buttons)] };
}

/** What everybody sees of a shared section, and who shared it. */
export function renderShared(section: Section, by: string, subject: PlaceholderSubject): Message {
  const full = renderSection(section, subject);
  const who = `${person(by)} shared this from the runbooks:`;
  return { text: `${who}\n${full.text}`, blocks: [context(who), ...full.blocks] };
}

/** After sharing: for the one who did it. */
export function renderWasShared(section: Section): Message {
  const text = `Shared: ${pathOf(section)}`;
  return { text, blocks: [context(`✅ ${text}`)] };
}

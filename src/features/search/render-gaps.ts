/** Questions that nothing in the runbooks covers, and a page to fill in for one of them. */

import { actions, button, context, mono, paragraph, plain } from "../../block-kit/blocks.ts";
import type { KnownBlock, Message } from "../../block-kit/message.ts";
import { richLine } from "../../block-kit/rich-line.ts";
import { clean, count, cut, escaped, line } from "../../block-kit/text.ts";
import { moment } from "../../block-kit/times.ts";
import type { View } from "../../block-kit/view.ts";
import type { GapPage } from "../../search/gap-page.ts";
import type { ProposedTerms, ProposedWords } from "../../search/propose-words.ts";

export const GAPS = { prepare: "gap_prepare", words: "gap_words", none: "gap_none" } as const;

export interface ShownGap {
  readonly id: number;
  readonly text: string;
  readonly times: number;
  readonly people: number;
  readonly lastAt: number;
}

/** Characters shown of a question. */
const QUESTION = 200;

interface LeftOut {
  /** Gaps that have no room. */
  readonly more: number;
  /** Gaps that the person does not see. */
  readonly hidden: number;
}

/** The gaps, those asked by most people first. */
export function renderGaps(gaps: readonly ShownGap[], { more, hidden }: LeftOut): Message {
  const asked = count(hidden, "more question");
  const unseen =
    hidden > 0 ? [`${asked} without an answer: asked in channels that you cannot read.`] : [];
  if (gaps.length === 0) {
    const none =
      hidden > 0
        ? "No gaps that you can see."
        : "No gaps: the runbooks now answer every question that was asked.";
    return {
      text: [none, ...unseen].join("\n"),
      blocks: [none, ...unseen].map((each) => paragraph(each)),
    };
  }
  const title = "Questions that no runbook covers";
  const left = [...(more > 0 ? [`and ${count(more, "more gap")}`] : []), ...unseen];
  return {
    text: [
      `${title}:`,
      ...gaps.map((gap) => `• ${escaped(line(gap.text, QUESTION), QUESTION)} (${factsOf(gap)})`),
      ...left,
    ].join("\n"),
    blocks: [paragraph(`*${title}*`), ...gaps.flatMap(gapBlocks), ...left.map(context)],
  };
}

function factsOf({ times, people, lastAt }: ShownGap): string {
  const who = count(people, "person", "people");
  return `asked ${count(times, "time")} by ${who}, last ${moment(lastAt)}`;
}

function gapBlocks(gap: ShownGap): KnownBlock[] {
  const value = String(gap.id);
  return [
    richLine([plain(line(gap.text, QUESTION))]),
    context(factsOf(gap)),
    actions([
      button("Prepare a page", { id: `${GAPS.prepare}:${value}`, value }),
      button("Add words", { id: `${GAPS.words}:${value}`, value }),
      button("Not a gap", { id: `${GAPS.none}:${value}`, value }),
    ]),
  ];
}

/** Characters of a page: its questions are short, and so it is never longer. */
const PAGE = 5_000;

/** The page to copy into a file of a knowledge folder. */
export function renderGapPage({ file, markdown }: GapPage): View {
  return {
    callbackId: "gap_page",
    title: "A page to fill in",
    close: "Close",
    blocks: [
      richLine([plain("Copy this into "), mono(line(file, 100)), plain(" in a knowledge folder:")]),
      toCopy(markdown),
      context("For the page of an alert, add `alerts: [NAME]` and make it `kind: runbook`."),
    ],
  };
}

function toCopy(text: string): KnownBlock {
  const elements = [{ type: "text" as const, text: cut(clean(text), PAGE) }];
  return { type: "rich_text", elements: [{ type: "rich_text_preformatted", elements }] };
}

/** Lines to paste, for a question that a page answers in other words. */
export function renderProposedWords(question: string, { terms, thesaurus }: ProposedWords): View {
  const none = terms.length === 0 && thesaurus.length === 0;
  return {
    callbackId: "gap_words",
    title: "Words to add",
    close: "Close",
    blocks: [
      richLine([plain(line(question, QUESTION))]),
      ...(none
        ? [paragraph("No page is close enough to lead the question there. Write a page for it.")]
        : []),
      ...(terms.length > 0
        ? [paragraph("*Does one of these sections answer it?* Add its words:")]
        : []),
      ...terms.flatMap(termsBlocks),
      ...(thesaurus.length > 0 ? thesaurusBlocks(thesaurus) : []),
    ],
  };
}

function termsBlocks({ file, isFrontMatter, title, lines }: ProposedTerms): KnownBlock[] {
  const where = isFrontMatter
    ? " (in its front matter; if it has symptoms, add to them):"
    : " (if it has this section, add to its symptoms):";
  return [
    richLine([plain(`${line(title, 150)}, in `), mono(line(file, 100)), plain(where)]),
    toCopy(lines),
  ];
}

function thesaurusBlocks(thesaurus: readonly string[]): KnownBlock[] {
  return [
    paragraph(
      "*Words that no page has.* Keep on each line what means the same, and add it to `thesaurus.txt` in your knowledge folder:",
    ),
    toCopy(thesaurus.join("\n")),
  ];
}

/** Questions that nothing covers -> a page to fill in, with what is known of it filled in. */

import { splitWords } from "./split-words.ts";
import { stem } from "./stem.ts";
import { STOP_WORDS } from "./stop-words.ts";

export interface GapPage {
  /** Where it belongs in a knowledge folder. */
  readonly file: string;
  readonly markdown: string;
}

/** Questions in a page's front matter; more of them are for the maintainer to write. */
const MOST_SYMPTOMS = 8;
/** Characters of a symptom: beyond them it is a pasted log. */
const LONGEST = 120;

const SECTIONS: readonly (readonly [title: string, what: string])[] = [
  ["Meaning", "What is it, in one or two sentences?"],
  ["Impact", "Who notices, and what happens if nobody does anything?"],
  ["Diagnosis", "What to look at first, with the commands, and what their answers mean."],
  ["Mitigation", "What ends it, step by step, the safest first."],
  ["Prevention", "What keeps it from coming back."],
];

/** The page for a question; `others` are gaps, too, and those about the same become its symptoms. */
export function gapPage(question: string, others: readonly string[]): GapPage {
  const title = shortQuestion(question);
  const symptoms = nearQuestions(question, others);
  const front = [
    "---",
    // A string of JSON is one of YAML, whatever stands in it.
    `title: ${JSON.stringify(title)}`,
    "kind: guide",
    "symptoms:",
    ...symptoms.map((each) => `  - ${JSON.stringify(each)}`),
    "---",
  ];
  const body = SECTIONS.map(([heading, what]) => `## ${heading}\n\n${what}\n`);
  return { file: `${slugOf(title)}.md`, markdown: `${front.join("\n")}\n\n${body.join("\n")}` };
}

/** The question and those of the others that are about the same, short, each once. */
export function nearQuestions(question: string, others: readonly string[]): string[] {
  const near = others.filter((other) => other !== question && isNear(question, other));
  return [...new Set([question, ...near].map(shortQuestion))].slice(0, MOST_SYMPTOMS);
}

/** A question as it stands in a page: one line, and not a whole pasted log. */
function shortQuestion(text: string): string {
  const whole = text.replace(/[\p{Cc}\s]+/gu, " ").trim();
  return whole.slice(0, LONGEST).toWellFormed().trim() || "Untitled";
}

function slugOf(title: string): string {
  const words = title.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  return words.slice(0, 8).join("-").slice(0, 60) || "new-page";
}

/** At least half of all their words are the same ones. */
const NEAR = 0.5;

function isNear(one: string, other: string): boolean {
  const [a, b] = [wordsOf(one), wordsOf(other)];
  const same = [...a].filter((word) => b.has(word)).length;
  return same > 0 && same / (a.size + b.size - same) >= NEAR;
}

function wordsOf(text: string): Set<string> {
  const words = splitWords(text).parts.filter((word) => !STOP_WORDS.has(word));
  return new Set(words.map(stem));
}

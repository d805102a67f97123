/** A question that was not answered -> lines that would lead to the answer, if a page has it. */

import { termsFileOf } from "../knowledge/front-matter/section-terms.ts";
import { sectionPath } from "../knowledge/section-path.ts";
import { nearQuestions } from "./gap-page.ts";
import { splitWords } from "./split-words.ts";
import { stem } from "./stem.ts";
import { STOP_WORDS } from "./stop-words.ts";

/** A section that may answer it. */
export interface NearestSection {
  readonly file: string;
  readonly anchor: string;
  readonly headings: readonly string[];
  /** The page's own words, or a file of terms beside it. */
  readonly isRunbook: boolean;
}

export interface ProposedTerms {
  /** Where the lines belong: the page, for its front matter, or the file of terms beside it. */
  readonly file: string;
  readonly isFrontMatter: boolean;
  readonly title: string;
  /** YAML to paste. */
  readonly lines: string;
}

export interface ProposedWords {
  /** One of these, for the section that answers the question. */
  readonly terms: readonly ProposedTerms[];
  /** Lines of a thesaurus: a word that no page has, and words that pages may have for it. */
  readonly thesaurus: readonly string[];
}

export interface UnansweredQuestion {
  readonly question: string;
  /** Other questions of the kind: those about the same are proposed with it. */
  readonly others: readonly string[];
  /** Best first. */
  readonly nearest: readonly NearestSection[];
  /** Words of the question that no section has. */
  readonly unknown: readonly string[];
}

/** More are a list to search in. */
const MOST_SECTIONS = 3;
const MOST_UNKNOWN = 4;
const MOST_MEANINGS = 3;

/**
 * Lines of YAML for the terms of the nearest page, from the question, others that are near to it, and its
 * unknown words.
 */
export function proposeWords({
  question,
  others,
  nearest,
  unknown,
}: UnansweredQuestion): ProposedWords {
  const phrases = nearQuestions(question, others);
  // A string of JSON is one of YAML, whatever stands in it.
  const symptoms = phrases.map((phrase) => JSON.stringify(phrase)).join(", ");
  return {
    terms: nearest.slice(0, MOST_SECTIONS).map((section) => ({
      file: section.isRunbook ? section.file : termsFileOf(section.file),
      isFrontMatter: section.isRunbook,
      title: sectionPath(section),
      lines: section.isRunbook
        ? `symptoms: [${symptoms}]`
        : `${section.anchor || '""'}:\n  symptoms: [${symptoms}]`,
    })),
    thesaurus: thesaurusLines(question, { nearest, unknown }),
  };
}

/** A word alone means nothing else: without a heading that may have another word for it there is no line. */
function thesaurusLines(
  question: string,
  { nearest, unknown }: Pick<UnansweredQuestion, "nearest" | "unknown">,
): string[] {
  const meanings = meaningsOf(question, nearest);
  if (meanings.length === 0) return [];
  return unknown.slice(0, MOST_UNKNOWN).map((word) => [word, ...meanings].join(", "));
}

/** What the headings of the nearest sections say and the question does not: one may be the word. */
function meaningsOf(question: string, nearest: readonly NearestSection[]): string[] {
  const asked = new Set(splitWords(question).parts.map(stem));
  const words = nearest.flatMap(({ headings }) => splitWords(headings.at(-1) ?? "").parts);
  const other = words.filter((word) => !STOP_WORDS.has(word) && !asked.has(stem(word)));
  return [...new Set(other)].slice(0, MOST_MEANINGS);
}

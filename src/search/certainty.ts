/** Is the best answer sure enough to be given, worth a guess, or does nothing cover this? */

import {
  type BestStanding,
  bestStandingOf,
  type Judging,
  missingShare,
  weightOf,
} from "./best-standing.ts";
import type { Fused } from "./fuse-routes.ts";
import { isLogLine } from "./pasted-lines.ts";
import { isInHeader, isThingTerm } from "./prepare-section.ts";
import type { NameMatch } from "./rank-names.ts";
import { CERTAINTY } from "./ranking.ts";
import type { Concept } from "./read-question.ts";
import { splitWords, squeeze } from "./split-words.ts";
import { NEGATIONS, VAGUE_WORDS } from "./stop-words.ts";
import { withForeign } from "./weigh-products.ts";
import { countsOf, countsWithin } from "./word-index.ts";

/**
 * How sure the best match is: an answer from 0 on, a guess from CERTAINTY.unsure on. A log text or a
 * name is an answer; otherwise what the words' match rests on is weighed.
 */
export function certaintyOf(best: Fused, judging: Judging): number {
  const { question, concepts } = judging;
  if (best.log !== undefined) return Number.POSITIVE_INFINITY;
  const standing = bestStandingOf(best.section, judging);
  const isVague = concepts.length > 0 && concepts.every(({ word }) => VAGUE_WORDS.has(word));
  if (best.name !== undefined && isNamed(best.name, question, isVague)) {
    return best.name.score === 1
      ? Number.POSITIVE_INFINITY
      : withForeign(Number.POSITIVE_INFINITY, judging, { standing, phrase: undefined });
  }
  if (concepts.length === 0 || isAllGuessed(concepts, question)) return Number.NEGATIVE_INFINITY;
  if (isVague && concepts.every(({ word }) => NEGATIONS.has(word))) return Number.NEGATIVE_INFINITY;
  const covers = concepts.map((concept) => coverOf(concept, standing));
  const weighed = weighCovers(best.words, covers, judging.words.live());
  const certainty = withPhrase(weighed, { best, covers, ahead: judging.ahead });
  const judged = withForeign(certainty, judging, { standing, phrase: best.phrase });
  // "What is wrong with orders" asks to be looked at, whatever title has the word. And the log text would
  // have been found: that another program's line has the same words is chance.
  return judged >= 0 && (isVague || isLogLine(question)) ? CERTAINTY.barelyUnsure : judged;
}

type Phrased = { best: Fused; covers: readonly Cover[]; ahead: number };

/**
 * Where a page knows people's phrases, what the nearest one and the section have of the question decides
 * whether an answer is more than a guess.
 */
function withPhrase(certainty: number, { best, covers, ahead }: Phrased): number {
  const { phrase } = best;
  if (phrase === undefined) return withLead(certainty, { best, covers, ahead });
  if (certainty < 0) {
    return certainty + CERTAINTY.unphrased * Math.max(0, CERTAINTY.leastPhrase - phrase);
  }
  const part = (is: (cover: Cover) => boolean): number => covers.filter(is).length / covers.length;
  const phrased =
    CERTAINTY.phrased +
    CERTAINTY.perPhrase * phrase +
    CERTAINTY.perLead * Math.min(CERTAINTY.mostLead, ahead) +
    CERTAINTY.perLogWord * Math.log(1 + covers.length) +
    CERTAINTY.perMissing * missingShare(covers) +
    CERTAINTY.perHeader * part(({ header }) => header) +
    CERTAINTY.perLiteral * part(({ literal }) => literal);
  return phrased >= 0 ? certainty : Math.max(CERTAINTY.unsure, phrased);
}

/** Without phrases, what is hardly ahead of another subject, or has few of the words, is a guess. */
function withLead(certainty: number, { best, covers, ahead }: Phrased): number {
  if (certainty < 0) return certainty;
  const share = best.score > 0 ? ahead / best.score : 0;
  const leading =
    CERTAINTY.leading +
    CERTAINTY.perLeadShare * Math.min(CERTAINTY.mostLeadShare, share) +
    CERTAINTY.perLogMet * Math.log(1 + covers.filter(({ met }) => met).length);
  return leading >= 0 ? certainty : Math.max(CERTAINTY.unsure, leading);
}

/** Whether a name has so many letters that none is like it by chance. */
export function isTelling(name: string): boolean {
  return squeeze(name).length >= CERTAINTY.letters;
}

/**
 * A short name decides only when it is most of the question: macOS in a sentence does not. And one that is
 * far longer has the question's letters somewhere by chance: checkout is in "health check of the files".
 * "It doesn't work" resembles whatever does not: of vague words it must be the name itself.
 */
function isNamed({ name, score }: NameMatch, question: string, isVague: boolean): boolean {
  if (score < CERTAINTY.name) return false;
  if (isVague) return squeeze(name) === squeeze(question);
  const [named, asked] = [squeeze(name).length, squeeze(question).length];
  if (named > CERTAINTY.longerName * asked) return false;
  return isTelling(name) || named * 2 >= asked;
}

/** A telling word of the question, and where it is met. */
type Cover = Pick<Concept, "word" | "weight" | "proper" | "state"> & {
  /** The best section has it in any word, the word itself, and in its names or heading. */
  met: boolean;
  literal: boolean;
  header: boolean;
  /** Some section of its subject has it in any word. */
  subject: boolean;
};

function coverOf(concept: Concept, { words, section, first, last }: BestStanding): Cover {
  const { word, weight, proper, state } = concept;
  const unmet = { met: false, literal: false, header: false, subject: false };
  const cover = { word, weight, proper, state, ...unmet };
  for (const term of concept.variants.keys()) {
    const posting = words.posting(term);
    const counts = countsOf(posting, section);
    cover.met ||= counts !== 0;
    cover.literal ||= counts !== 0 && !isThingTerm(term);
    cover.header ||= isInHeader(counts);
    cover.subject ||= countsWithin(posting, first, last).length > 0;
  }
  return cover;
}

function weighCovers(wordScore: number, covers: readonly Cover[], sections: number): number {
  const number = (is: (cover: Cover) => boolean): number => Math.log(1 + covers.filter(is).length);
  const share = (is: (cover: Cover) => boolean): number =>
    weightOf(covers.filter(is)) / weightOf(covers);
  return (
    CERTAINTY.base +
    CERTAINTY.words * wordScore +
    CERTAINTY.perLogLiteral * number(({ literal }) => literal) +
    CERTAINTY.perLogSubject * number(({ subject }) => subject) +
    CERTAINTY.perLogHeader * number(({ header }) => header) +
    CERTAINTY.perLogSection * Math.log(1 + sections) +
    CERTAINTY.missing * share(({ state }) => state === "missing") +
    CERTAINTY.mendedShort * share(isGuessed) +
    CERTAINTY.properAbsent * share(({ proper, subject }) => proper && !subject)
  );
}

/** Of a sentence such as "lunch at noon" only a guess is left to search for: that it was meant, nothing says. */
function isAllGuessed(concepts: readonly Concept[], question: string): boolean {
  return concepts.every(isGuessed) && splitWords(question).parts.length > 1;
}

/** A short word is one letter away from many others. */
function isGuessed({ state, word }: Pick<Cover, "state" | "word">): boolean {
  return state === "mended" && word.length <= CERTAINTY.shortWord;
}

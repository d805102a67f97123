/** A question -> the names of sections that it is, or has in it. */

import { editDistance } from "../spelling/edit-distance.ts";
import { isTelling } from "./certainty.ts";
import type { NameIndex, NameMatch } from "./rank-names.ts";
import { squeeze } from "./split-words.ts";
import type { WordIndex } from "./word-index.ts";

/** Where names are looked up, and how usual each is. */
export type NamedIn = { names: NameIndex; words: WordIndex; subjectOf: Uint32Array };

/** The question as a name, and what in it is written like one. */
export function matchNames(question: string, indexed: NamedIn): NameMatch[] {
  const { names } = indexed;
  const whole = names.match(question);
  if (whole.some(({ score }) => score === 1)) return whole;
  // No part of it is written like a name, either.
  if (!LIKE_A_NAME.test(question)) return whole;
  const written = new Set(
    question.split(/[\s"'`(),:;{}=<>]+/).filter((word) => LIKE_A_NAME.test(word)),
  );
  written.delete(question.trim());
  for (const name of written) if (isUsual(name, indexed)) written.delete(name);
  return [...whole, ...[...written].slice(0, MOST_NAMES).flatMap((name) => matchName(name, names))];
}

/** What many subjects speak of is no name of one: "PostgreSQL" beside other words says little. */
function isUsual(name: string, { words, subjectOf }: NamedIn): boolean {
  const posting = words.posting(squeeze(name));
  if (posting === undefined || posting.live <= MOST_NAMED) return false;
  const subjects = new Set<number>();
  for (let n = 0; n < posting.size && subjects.size <= MOST_NAMED; n += 1) {
    subjects.add(subjectOf[posting.sections[n] ?? 0] ?? 0);
  }
  return subjects.size > MOST_NAMED;
}

/**
 * A short name within a sentence is like many others: that one resembles it decides nothing. A longer one
 * may be mistyped, or be a part of the other: broadcast_27 is no "broadcast to all consumers".
 */
function matchName(written: string, names: NameIndex): NameMatch[] {
  const own = squeeze(written);
  const isIt = isTelling(written) ? isSameOrMistyped : (a: string, b: string) => a === b;
  return names.match(written).filter(({ name }) => isIt(own, squeeze(name)));
}

function isSameOrMistyped(written: string, name: string): boolean {
  const [shorter = "", longer = ""] = [written, name].toSorted((a, b) => a.length - b.length);
  if (longer.includes(shorter)) return shorter.length >= longer.length * LEAST_OF_NAME;
  const errors = Math.max(FEWEST_ERRORS, Math.floor(name.length * MOST_MISTYPED));
  return editDistance(written, name, errors) <= errors;
}

/** "PodCrashLooping" is said for KubePodCrashLooping. */
const LEAST_OF_NAME = 0.6;
const FEWEST_ERRORS = 2;
const MOST_MISTYPED = 0.15;

/** CamelCase, snake_case, or a setting of three words or more: session.timeout.ms. */
const LIKE_A_NAME = /[a-z0-9][A-Z]|[A-Za-z0-9]_[A-Za-z0-9]|[a-z]\.[a-z]+\.[a-z]/;

/** The runbook of an alert is spoken of on a few other pages. */
const MOST_NAMED = 12;

/** A pasted page of metrics has hundreds. */
const MOST_NAMES = 5;

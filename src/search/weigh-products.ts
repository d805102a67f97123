/** A question that names a product, or somebody's system -> how sure an answer to it may be. */

import {
  type BestStanding,
  isHeaderTerm,
  isTitled,
  type Judging,
  missingShare,
  PLACES,
  placeIn,
  type WordPlace,
} from "./best-standing.ts";
import {
  asksWhether,
  isCompanion,
  isWatcher,
  namesOwn,
  productsIn,
  systemsIn,
} from "./foreign-words.ts";
import { isInTitles, isThingTerm } from "./prepare-section.ts";
import { CERTAINTY } from "./ranking.ts";
import { splitWords } from "./split-words.ts";
import { stem } from "./stem.ts";
import { STOP_WORDS } from "./stop-words.ts";

/** Where the best match stands, and how near its nearest phrase is. */
type MatchStanding = { standing: BestStanding; phrase: number | undefined };

/** What a question names beside familiar words may be what it is about. */
export function withForeign(certainty: number, judging: Judging, match: MatchStanding): number {
  const { standing } = match;
  const { parts, joined } = splitWords(judging.question);
  const placeOf = (name: string): WordPlace =>
    splitWords(name)
      .parts.map((word) => placeIn(stem(word), standing))
      .reduce((least, place) => (PLACES.indexOf(place) < PLACES.indexOf(least) ? place : least));
  // A product's name with a capital within it is split as words are.
  const products = productsIn([...parts, ...joined]).map((name) => ({
    name,
    place: placeOf(name),
  }));
  const guess = Math.min(certainty, 0) + CERTAINTY.foreignSystem;
  const elsewhere = products.filter(({ place }) => place === "nowhere");
  // "Elasticsearch shard unassigned" begins with the companion, and has no word of a server like this one.
  const isAlone = productsIn([firstTelling(parts)]).length > 0 && !namesOwn(parts);
  const isForeignTo = (name: string): boolean =>
    (isAlone || !isCompanion(name)) && !isCovered(name, standing);
  if (elsewhere.some(({ name }) => isForeignTo(name))) {
    return Math.min(guess, certainty + CERTAINTY.foreignProduct);
  }
  // A companion alone leaves a guess a guess.
  if (elsewhere.length > 0 && certainty > CERTAINTY.unsure) {
    return Math.max(guess, CERTAINTY.unsure);
  }
  const isUnknown = (word: string): boolean =>
    !judging.isName(word) && placeIn(stem(word), standing) === "nowhere";
  const isForeign =
    products.some(({ place }) => place !== "header") ||
    systemsIn(parts).some(isUnknown) ||
    judging.concepts.some(
      ({ proper, state, word }) => proper && state === "missing" && !judging.isName(word),
    );
  if (isForeign) return guess;
  // A mistyped name is in no section, either.
  const isUnsaid =
    Number.isFinite(certainty) && missingShare(judging.concepts) > CERTAINTY.mostMissing;
  const isBeside = products.some(({ name }) => isMetInPassing(name, judging, standing));
  const isElsewhere = isAtOtherPort(judging.question, standing);
  return isUnsaid || isBeside || isElsewhere || isOfProduct(parts, judging, match)
    ? Math.min(CERTAINTY.barelyUnsure, certainty)
    : certainty;
}

const PORT = /\bport[ =:#]+(\d{1,5})\b(?!\.\d)/i;

/** "connect to host a port 22: Connection refused": what the section says is of no such port. */
function isAtOtherPort(question: string, standing: BestStanding): boolean {
  const port = PORT.exec(question)?.[1];
  return port !== undefined && placeIn(port, standing) === "nowhere";
}

function firstTelling(parts: readonly string[]): string {
  return parts.find((word) => !STOP_WORDS.has(word)) ?? "";
}

/**
 * "Prometheus itself runs out of memory": what begins with a product is about it, unless a phrase says so
 * too, and the section names it, or what it is for, in more than its text.
 */
function isOfProduct(
  parts: readonly string[],
  judging: Judging,
  { standing, phrase }: MatchStanding,
): boolean {
  const first = firstTelling(parts);
  if (productsIn([first]).length === 0 && !isWatcher(first)) return false;
  if (phrase === undefined) return false;
  return phrase < CERTAINTY.leastOfProduct || !isNamedBy(standing, judging, first);
}

function isNamedBy(standing: BestStanding, { concepts }: Judging, word: string): boolean {
  const variants = concepts.find((concept) => concept.word === word)?.variants ?? new Map();
  return [...variants.keys()].some((term) => isHeaderTerm(term, standing));
}

/**
 * A product that no title of the subject has, only a phrase: the page says whether it is there. What else is
 * asked of it ("how many tasks of a connector") the page must name as well.
 */
function isMetInPassing(name: string, { concepts }: Judging, standing: BestStanding): boolean {
  const own = splitWords(name).parts;
  const joined = own.join("");
  if (isTitled(own, standing)) return false;
  return concepts.some(
    ({ word, variants }) =>
      !joined.includes(word) &&
      !asksWhether(word) &&
      ![...variants.keys()].some((term) => !isThingTerm(term) && isHeaderTerm(term, standing)),
  );
}

/** Other pages are about the product: that this one is not only says that it may be the wrong one. */
function isCovered(name: string, { words }: BestStanding): boolean {
  return splitWords(name).parts.every((word) => {
    const posting = words.posting(stem(word));
    return posting?.counts.subarray(0, posting.size).some(isInTitles) ?? false;
  });
}

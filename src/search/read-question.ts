/** A question -> what it asks for: its telling words, each with all it may be written as. */

import { thingTerm } from "./prepare-section.ts";
import { RANKING } from "./ranking.ts";
import { splitWords } from "./split-words.ts";
import { stem } from "./stem.ts";
import { STOP_WORDS } from "./stop-words.ts";
import type { Thesaurus } from "./thesaurus.ts";
import type { Vocabulary } from "./vocabulary.ts";
import type { WordIndex } from "./word-index.ts";

/** One telling word of a question. */
export type Concept = {
  word: string;
  /** Terms of the index that count as the word, with how much each counts, at most 1. */
  variants: Map<string, number>;
  /** BM25's rarity of the best of them; of a word that nothing has, as rare as can be. */
  weight: number;
  /** Written as names are, with a capital where no sentence begins: the thing that is meant. */
  proper: boolean;
  /** Nothing in the index is it, or only a word that it may be a mistyping of. */
  state: "known" | "mended" | "missing";
};

export type QuestionReading = {
  concepts: Concept[];
  /** What the mistyped words were taken for. */
  mended: ReadonlyMap<string, string>;
};

export type QuestionLexicon = {
  words: WordIndex;
  vocabulary: Vocabulary;
  thesaurus: Thesaurus;
  /** The words of headings, titles and alerts, as written. */
  titleWords: { has(word: string): boolean };
};

/** A pasted page has hundreds of words; the rarest of them say what it is about. */
const MAX_CONCEPTS = 31;

/** How a question is to be read. */
export type ReadingOptions = {
  /** Whether words that nothing has are taken for mistyped ones. */
  mends: boolean;
  /** Words that only say of whom is asked: they count less. */
  values: ReadonlySet<string>;
  /** Names of topics, groups, targets: never taken for a mistyped word. */
  isName: (word: string) => boolean;
  /** Words that such names or labels contain: nor are these. */
  isFixed: (word: string) => boolean;
};

const no = (): boolean => false;
const AS_TYPED: ReadingOptions = { mends: false, values: new Set(), isName: no, isFixed: no };

/**
 * The concepts of a question, in its order. `mends` reads mistyped words as the nearest known ones;
 * `values` and names are never mended.
 */
export function readQuestion(
  question: string,
  known: QuestionLexicon,
  { mends, values, isName, isFixed: isGiven }: ReadingOptions = AS_TYPED,
): QuestionReading {
  const { parts, joined } = splitWords(plainQuestion(question));
  const stems = parts.map(stem);
  const isFixed = (word: string): boolean => values.has(word) || isName(word) || isGiven(word);
  const mended = mends ? mendParts(parts, stems, { known, isFixed }) : new Map<number, string>();
  const proper = properParts(question);
  const concepts = new Map<string, Concept>();
  parts.forEach((word, n) => {
    const term = stems[n] ?? "";
    if (word.length < 2 || concepts.has(term)) return;
    if (STOP_WORDS.has(mended.get(n) ?? word)) return;
    const variants = new Map([[term, mended.has(n) ? RANKING.mended : 1]]);
    for (const other of neighboursJoined(parts, n, known.words))
      variants.set(other, RANKING.joined);
    concepts.set(term, {
      word: mended.get(n) ?? word,
      variants,
      weight: 0,
      proper: proper.has(word),
      state: mended.has(n) ? "mended" : "known",
    });
  });
  addThings(concepts, stems, known);
  const names = joined.filter(
    (name) => known.words.posting(name) !== undefined || thingsOfName(name, known).length > 0,
  );
  for (const name of names) {
    if (concepts.has(name)) continue;
    const variants = new Map([[name, 1], ...thingsOfName(name, known)]);
    concepts.set(name, { word: name, variants, weight: 0, proper: false, state: "known" });
  }
  const weighed = [...concepts.values()]
    .map((concept) => weigh(concept, known.words))
    .map((concept) => (values.has(concept.word) ? lighter(concept) : concept))
    .filter(({ word, state }) => state !== "missing" || !(NUMBER.test(word) || isName(word)))
    // Of MirrorMaker, which pages write as mirrormaker, the maker is not missed.
    .filter(({ word, state }) => state !== "missing" || !names.some((name) => name.includes(word)));
  const telling = rarest(weighed);
  const meant = new Map([...mended].map(([n, word]) => [parts[n] ?? "", word]));
  return { concepts: telling, mended: meant };
}

/**
 * The question without the names of topics, groups and targets that are no words of the field, in titles
 * or in the thesaurus: they say of whom. A topic "orders" is nothing that comes out of order.
 */
export function withoutNames(
  question: string,
  { titleWords, thesaurus }: QuestionLexicon,
  isName: (word: string) => boolean,
): string {
  return question.replace(WORD, (word) => {
    const small = word.toLowerCase();
    const isOfField = titleWords.has(small) || thesaurus.words.has(small);
    return isName(small) && !isOfField ? " " : word;
  });
}

/** What `isName` is asked about: words with nothing but a space or a mark at either side. */
const WORD = /(?<![\w.-])\p{L}+(?![\w-])/gu;

/**
 * An IPv4 address with or without a port is a label's value: it says who, never what. Only "myself" and
 * "everybody" are what somebody may ask about: a client that is sent to 127.0.0.1.
 */
const ADDRESS = /\b(?!127\.0\.0\.1\b|0\.0\.0\.0\b)\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?\b/g;

/** Without addresses and what is only said beside the question; of "don't" the negation stays. */
function plainQuestion(question: string): string {
  return question
    .replace(ADDRESS, " ")
    .replace(FILLER, " ")
    .replace(BEGUN, " ")
    .replace(NOT, "not");
}

/** "Messages dont arrive" asks for what does not arrive. */
const NOT = /\b(?:do|does|did|is|are|was|were|has|have|had|could|would|wo|ca)n['’]?t\b/gi;

/** When something began is no part of what it is. "In the last 5 minutes" is, as alerts measure it. */
const SPAN =
  "(?:about |around |over )?(?:an?|one|two|three|half an|a few|some|several|a couple of|\\d+) ?(?:minutes?|mins?|hours?|hrs?|days?|weeks?|months?)";
const BEGUN = new RegExp(`\\bsince ${SPAN}\\b`, "gi");

/** What people say beside what they ask: its words are in no section, or in any. */
const FILLER =
  /\b(?:(?:i|we) (?:do not|don['’]?t) (?:know|understand)(?: (?:what|how|why|where)(?: to do)?)?|(?:i have )?no (?:idea|clue)|any (?:ideas?|hints?|help|clue)|good (?:morning|afternoon|evening|day))\b/gi;

/** Port 9092 and error 58 are worth looking for; most numbers are only measurements. */
const NUMBER = /^\d+$/;

/**
 * The single words of what is written as a name: RabbitMQ, or Redis within a sentence. Where Most Words
 * Have A Capital, as in a title, one says nothing.
 */
function properParts(question: string): Set<string> {
  const proper = new Set<string>();
  if (!CAPITAL.test(question)) return proper;
  const words = [...question.matchAll(/[\p{L}\p{N}]+/gu)];
  const isTitle = words.filter(({ 0: word }) => CAPITAL_FIRST.test(word)).length * 2 > words.length;
  for (const { 0: word, index } of words) {
    const begins = (): boolean =>
      isTitle || BEGINS.test(question.slice(Math.max(0, index - 3), index));
    if (!CAPITAL_WITHIN.test(word) && (!CAPITAL_FIRST.test(word) || begins())) continue;
    for (const part of splitWords(word).parts) proper.add(part);
  }
  return proper;
}

const CAPITAL_WITHIN = /[\p{Ll}\p{N}]\p{Lu}|\p{Lu}\p{Lu}/u;
const CAPITAL_FIRST = /^\p{Lu}/u;
const CAPITAL = /\p{Lu}/u;

/** Where any word has a capital: at the very beginning, and after the end of a sentence. */
const BEGINS = /(?:^|[.!?:])[\s"'(]*$/;

/** Finds mistyped words, puts the stems of the mended ones in, and returns these by place. */
function mendParts(
  parts: readonly string[],
  stems: string[],
  { known, isFixed }: { known: QuestionLexicon; isFixed: (word: string) => boolean },
): Map<number, string> {
  const mended = new Map<number, string>();
  const isUsual = (word: string): boolean =>
    STOP_WORDS.has(word) || known.thesaurus.words.has(word);
  const isSaid = (word: string): boolean => known.words.posting(stem(word)) !== undefined;
  parts.forEach((word, n) => {
    if (isSaid(word) || isUsual(word)) return;
    // A page that is gone leaves its words in the vocabulary.
    const meant = known.vocabulary.mend(word, (other) => isSaid(other) || isUsual(other));
    if (meant === undefined || isFixed(word)) return;
    mended.set(n, meant);
    stems[n] = stem(meant);
  });
  return mended;
}

/** `time series` also stands in texts as timeseries. */
function neighboursJoined(parts: readonly string[], n: number, words: WordIndex): string[] {
  const next = parts[n + 1];
  if (next === undefined) return [];
  const together = `${parts[n]}${next}`;
  return [together, stem(together)].filter((term) => words.posting(term) !== undefined);
}

/** A word that no section has, only a line of a folder's own, counts as what it stands for. */
function addThings(
  concepts: Map<string, Concept>,
  stems: readonly string[],
  { thesaurus, words }: QuestionLexicon,
): void {
  for (const { thing, from, length } of thesaurus.thingsIn(stems)) {
    for (const term of stems.slice(from, from + length)) {
      const isOnlyIt = thesaurus.isOwn(thing) && words.posting(term) === undefined;
      concepts.get(term)?.variants.set(thingTerm(thing), isOnlyIt ? 1 : RANKING.thing);
    }
  }
}

/** What a name of several parts is in the thesaurus: "x-ray", where that has xray. */
function thingsOfName(name: string, { thesaurus }: QuestionLexicon): [string, number][] {
  return thesaurus.thingsIn([stem(name)]).map(({ thing }) => [thingTerm(thing), RANKING.thing]);
}

function weigh(concept: Concept, words: WordIndex): Concept {
  let weight = 0;
  for (const [term, counts] of concept.variants) {
    const posting = words.posting(term);
    if (posting !== undefined) weight = Math.max(weight, counts * words.rarity(posting.live));
  }
  if (weight > 0) {
    return { ...concept, weight: NUMBER.test(concept.word) ? weight * RANKING.number : weight };
  }
  return { ...concept, state: "missing", weight: words.rarity(Math.sqrt(words.live())) };
}

function lighter(concept: Concept): Concept {
  return { ...concept, weight: concept.weight * RANKING.value };
}

function rarest(concepts: readonly Concept[]): Concept[] {
  if (concepts.length <= MAX_CONCEPTS) return [...concepts];
  return concepts.toSorted((a, b) => b.weight - a.weight).slice(0, MAX_CONCEPTS);
}

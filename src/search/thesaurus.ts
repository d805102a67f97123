/** The thesaurus: which things a word or a phrase can stand for. */

import { FIELD_WORDS } from "./field-words.ts";
import { splitWords, squeeze } from "./split-words.ts";
import { stem } from "./stem.ts";

export type Thesaurus = {
  /**
   * The numbers of the things that the words say, alone or as a phrase, with the place of
   * the phrase's first word and how many words it has.
   */
  thingsIn(stems: readonly string[]): Thing[];
  /** Whether a folder's own line says it, and not FIELD_WORDS. */
  isOwn(thing: number): boolean;
  /** Every single word it knows, as written. */
  words: ReadonlySet<string>;
  size: number;
};

type Thing = { thing: number; from: number; length: number };

/** One line per thing, its words and phrases apart by commas, `#` before a remark. */
export function parseThesaurus(text: string): Thesaurus {
  const phrases = new Map<string, { stems: string[]; things: number[] }[]>();
  const words = new Set<string>();
  const ofField = text.startsWith(FIELD_WORDS) ? FIELD_WORDS.split("\n").length : 0;
  let size = 0;
  let firstOwn = Number.POSITIVE_INFINITY;
  for (const [at, line] of text.split("\n").entries()) {
    if (at === ofField) firstOwn = size;
    const members = (line.split("#", 1)[0] ?? "").split(APART).flatMap(waysToWrite);
    if (members.every((member) => member.length === 0)) continue;
    for (const member of members) {
      if (member.length > 0) addPhrase(phrases, member.map(stem), size);
      for (const word of member) words.add(word);
    }
    size += 1;
  }
  return {
    words,
    size,
    thingsIn: (stems) => findPhrases(phrases, stems),
    isOwn: (thing) => thing >= firstOwn,
  };
}

type Phrases = Map<string, { stems: string[]; things: number[] }[]>;

/** Whoever writes a line by hand may put "=" or ";" between what means the same. */
const APART = /[,;=]/;

/** The words of a member; a name with a dash in it ("x-ray") is also written as one. */
function waysToWrite(member: string): string[][] {
  const { parts } = splitWords(member.replace(/[-_.]/g, " "));
  const name = member.trim();
  return parts.length > 1 && JOINED_NAME.test(name) ? [parts, [squeeze(name)]] : [parts];
}

const JOINED_NAME = /^[\p{L}\p{N}]+(?:[-_.][\p{L}\p{N}]+)+$/u;

function addPhrase(phrases: Phrases, stems: string[], thing: number): void {
  const first = stems[0] ?? "";
  const same = phrases.get(first) ?? [];
  phrases.set(first, same);
  const known = same.find((phrase) => phrase.stems.join(" ") === stems.join(" "));
  if (known === undefined) same.push({ stems, things: [thing] });
  else if (!known.things.includes(thing)) known.things.push(thing);
}

function findPhrases(phrases: Phrases, stems: readonly string[]): Thing[] {
  const found: Thing[] = [];
  stems.forEach((first, from) => {
    for (const phrase of phrases.get(first) ?? []) {
      if (!phrase.stems.every((word, n) => stems[from + n] === word)) continue;
      for (const thing of phrase.things) found.push({ thing, from, length: phrase.stems.length });
    }
  });
  return found;
}

/** The thesaurus: which things a word or a phrase can stand for. */

import { splitWords } from "./split-words.ts";
import { stem } from "./stem.ts";

export type Thesaurus = {
  /**
   * The numbers of the things that the words say, alone or as a phrase, with the place of
   * the phrase's first word and how many words it has.
   */
  thingsIn(stems: readonly string[]): Thing[];
  /** Every single word it knows, as written. */
  words: ReadonlySet<string>;
  size: number;
};

type Thing = { thing: number; from: number; length: number };

/** One line per thing, its words and phrases apart by commas, `#` before a remark. */
export function parseThesaurus(text: string): Thesaurus {
  const phrases = new Map<string, { stems: string[]; things: number[] }[]>();
  const words = new Set<string>();
  let size = 0;
  for (const line of text.split("\n")) {
    const members = (line.split("#", 1)[0] ?? "").split(",").map(plainWords);
    if (members.every((member) => member.length === 0)) continue;
    for (const member of members) {
      if (member.length > 0) addPhrase(phrases, member.map(stem), size);
      for (const word of member) words.add(word);
    }
    size += 1;
  }
  return { words, size, thingsIn: (stems) => findPhrases(phrases, stems) };
}

type Phrases = Map<string, { stems: string[]; things: number[] }[]>;

function plainWords(member: string): string[] {
  return splitWords(member.replace(/[-_.]/g, " ")).parts;
}

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

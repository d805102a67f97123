/**
 * The log route: a pasted line that holds a log text which a section names. Placeholders
 * in the text match any value, so only its fixed parts must be there, in their order.
 */

import type { SearchSection } from "./section.ts";

export type LogMatch = {
  section: number;
  log: string;
  /** 1 for a line that holds the whole text, less for one that is only a piece of it. */
  score: number;
};

export type LogIndex = {
  add(number: number, section: SearchSection): void;
  remove(number: number): void;
  /** Best first; a longer text says more than a shorter one that is also there. */
  match(line: string): LogMatch[];
};

/** Shorter than this, a text is a word of any sentence and no log text. */
const SHORTEST = 8;

/** A piece of a log text is worth less than a line that has all of it. */
const PIECE = 0.7;

type LogEntryOfSection = {
  log: string;
  section: number;
  parts: string[];
  words: Set<string>;
  /** How many of its words the present line has; none between lines. */
  shared: number;
};

/** An empty index. Sections are added and removed by their numbers. */
export function createLogIndex(): LogIndex {
  const withWord = new Map<string, LogEntryOfSection[]>();
  const owned = new Map<number, LogEntryOfSection[]>();
  return {
    add(number, section) {
      const entries = (section.logs ?? []).flatMap((log) => toEntry(log, number) ?? []);
      if (entries.length === 0) return;
      owned.set(number, entries);
      for (const entry of entries) {
        for (const word of entry.words) {
          const known = withWord.get(word);
          if (known === undefined) withWord.set(word, [entry]);
          else known.push(entry);
        }
      }
    },
    remove(number) {
      const gone = new Set(owned.get(number));
      for (const word of new Set([...gone].flatMap(({ words }) => [...words]))) {
        withWord.set(word, withWord.get(word)?.filter((entry) => !gone.has(entry)) ?? []);
      }
      owned.delete(number);
    },
    match(line) {
      const text = plain(line);
      const words = new Set(wordsIn(text));
      const matches: LogMatch[] = [];
      for (const entry of sharing(words, withWord)) {
        const match = matchEntry(entry, { text, words });
        if (match !== undefined) matches.push(match);
      }
      return matches.sort((a, b) => b.score - a.score || b.log.length - a.log.length);
    },
  };
}

/** `<anything>`, `{anything}`, dots for something left out, printf's marks, and N or X alone. */
const PLACEHOLDER = /<[^<>]*>|\{[^{}]*\}|…|\.{3}|%[sdvq]|\b[NXY]\b/g;

/** Whether the text holds what is fixed of a log text, in its order; one of few letters is in any text. */
export function logsIn(text: string): (log: string) => boolean {
  const line = plain(text);
  return (log) => {
    const parts = fixedParts(piecesOf(log));
    return parts.join("").length >= SHORTEST && holdsInOrder(line, parts);
  };
}

function piecesOf(log: string): string[] {
  return log.split(PLACEHOLDER).map((piece) => piece.toLowerCase().replace(/\s+/g, " "));
}

function fixedParts(pieces: readonly string[]): string[] {
  return pieces.map(plain).filter((part) => part !== "");
}

function toEntry(log: string, section: number): LogEntryOfSection | undefined {
  const pieces = piecesOf(log);
  const parts = fixedParts(pieces);
  if (parts.join("").length < SHORTEST) return undefined;
  const words = pieces.flatMap((piece, at) =>
    wholeWords(piece, { isFirst: at === 0, isLast: at === pieces.length - 1 }),
  );
  const own = new Set(words.length > 0 ? words : parts.flatMap(wordsIn));
  return { log, section, parts, words: own, shared: 0 };
}

function plain(text: string): string {
  return text.toLowerCase().replace(/\s+/g, " ").trim();
}

function wordsIn(text: string): string[] {
  return text.match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** A part's first and last word may be torn: by the placeholder beside it, or where the log text begins and ends. */
function wholeWords(
  part: string,
  { isFirst, isLast }: { isFirst: boolean; isLast: boolean },
): string[] {
  const words = wordsIn(part);
  if (words.length > 2) return words.slice(1, -1);
  const isTornAtBegin = !isFirst && /^[\p{L}\p{N}]/u.test(part);
  const isTornAtEnd = !isLast && /[\p{L}\p{N}]$/u.test(part);
  return words.slice(isTornAtBegin ? 1 : 0, isTornAtEnd ? -1 : undefined);
}

/** The entries that have a word of the line. */
function sharing(
  words: ReadonlySet<string>,
  withWord: ReadonlyMap<string, readonly LogEntryOfSection[]>,
): LogEntryOfSection[] {
  const entries: LogEntryOfSection[] = [];
  for (const word of words) {
    for (const entry of withWord.get(word) ?? NONE) {
      if (entry.shared === 0) entries.push(entry);
      entry.shared += 1;
    }
  }
  return entries;
}

const NONE: readonly LogEntryOfSection[] = [];

type Line = { text: string; words: ReadonlySet<string> };

/** Takes back what was counted. */
function matchEntry(entry: LogEntryOfSection, { text }: Line): LogMatch | undefined {
  const { log, section, shared } = entry;
  entry.shared = 0;
  if (shared >= entry.words.size && holdsInOrder(text, entry.parts)) {
    return { section, log, score: 1 };
  }
  // A single word is a question of its own: "rebalancing" is no piece of "because it is rebalancing".
  const isPiece = text.length >= SHORTEST && shared >= 2;
  if (isPiece && entry.parts.some((part) => part.includes(text))) {
    return { section, log, score: PIECE };
  }
  return undefined;
}

function holdsInOrder(text: string, parts: readonly string[]): boolean {
  let from = 0;
  for (const part of parts) {
    const at = text.indexOf(part, from);
    if (at === -1) return false;
    from = at + part.length;
  }
  return true;
}

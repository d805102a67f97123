/**
 * Notes of Pandoc among words, `it restarts.^[Only since 3.2.]`: GitHub knows notes by their names alone. The note
 * stands in brackets in its place, and each line stays one.
 */

import { type Edit, withEdits } from "./edits.ts";
import { proseWithoutCode } from "./prose.ts";

/** At least two words, or signs of a language that puts nothing between them. */
const WORDS = /\p{L}{2,}[^\s\p{L}]*\s+\S*\p{L}|[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}]{2}/u;
/** Right behind words, one word or an address is a note, too; elsewhere, `^[a-z]+$` is a pattern. */
const ONE_WORD = /^\s*(?:\p{L}{3,}[.!?]?|<?https?:\/\/\S+>?|\[[^\][]+\]\([^()\s]+\))\s*$/u;
/** Behind a space, it is longer than what a pattern chooses from. */
const WHOLE_WORD = /^\p{L}{5,}[.!?]?$/u;
const BEHIND_WORDS = /[\p{L}\p{N}.,;:!?)"'*_\0]/u;
/** What makes a pattern, or a link, of the brackets before it. */
const GOES_ON = /[[(*+?{$]/;

/** A longer one is no pattern. */
const LONGEST = 2_000;

interface NotePlace {
  readonly line: number;
  readonly at: number;
}

interface Bracket extends NotePlace {
  readonly isNote: boolean;
  readonly isInNote: boolean;
}

interface Note {
  readonly from: NotePlace;
  readonly to: NotePlace;
}

/** The same lines, with such notes in brackets. */
export function plainNotes(lines: readonly string[]): readonly string[] {
  if (!lines.some((line) => line.includes("^["))) return lines;
  const plain = proseWithoutCode(lines);
  return withEdits(
    lines,
    notesIn(plain).flatMap((note) => editsOf(note, plain)),
  );
}

/** In one pass: a note ends where its bracket does, and with its paragraph at the latest. */
function notesIn(plain: readonly string[]): Note[] {
  const notes: Note[] = [];
  let open: Bracket[] = [];
  for (const [line, text] of plain.entries()) {
    if (text.trim() === "") open = [];
    for (const { 0: sign, index: at } of text.matchAll(/(?<!\\)(?:\^\[|\[|\])/g)) {
      if (sign !== "]") {
        const isWithin = open.at(-1)?.isInNote === true;
        open.push({
          line,
          at,
          isNote: sign === "^[" && !isWithin,
          isInNote: isWithin || sign === "^[",
        });
        continue;
      }
      const from = open.pop();
      if (from?.isNote !== true) continue;
      const note = { from, to: { line, at } };
      if (isMeant(plain, note)) notes.push(note);
    }
  }
  return notes;
}

function isMeant(plain: readonly string[], { from, to }: Note): boolean {
  const last = plain[to.line] ?? "";
  if (GOES_ON.test(last[to.at + 1] ?? "")) return false;
  const first = plain[from.line] ?? "";
  const words =
    from.line === to.line
      ? first.slice(from.at + 2, to.at)
      : [
          first.slice(from.at + 2),
          ...plain.slice(from.line + 1, to.line),
          last.slice(0, to.at),
        ].join(" ");
  if (words.length > LONGEST || WORDS.test(words)) return true;
  if (/\S $/.test(first.slice(0, from.at)))
    return WHOLE_WORD.test(words) && /^[.,;:!?]?(?:\s|$)/.test(last.slice(to.at + 1));
  return BEHIND_WORDS.test(first[from.at - 1] ?? "") && ONE_WORD.test(words);
}

function editsOf({ from, to }: Note, plain: readonly string[]): Edit[] {
  const isApart = /^$|[\s([{]/.test(plain[from.line]?.[from.at - 1] ?? "");
  const isBeforeLetter = /\p{L}/u.test(plain[to.line]?.[to.at + 1] ?? "");
  return [
    { line: from.line, from: from.at, to: from.at + 2, words: isApart ? "(" : " (" },
    { line: to.line, from: to.at, to: to.at + 1, words: isBeforeLetter ? ") " : ")" },
  ];
}

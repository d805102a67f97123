/**
 * Paragraphs that the parser would take too long for: its time grows with the square of what opens within
 * one paragraph (16,000 tags take 3 seconds, measured). They are cut before it begins, where a line or a word
 * ends; nothing of them is lost.
 */

import { tagsIn } from "../html/tags.ts";
import { endsFence, type Fence, fenceOf, linesOfFences } from "../lines/fences.ts";
import { beginsHtmlBlock } from "../lines/html-fences.ts";
import { rowsOfTables } from "../lines/table-rows.ts";

/** Signs that open something: of links, tags, emphasis and code. */
const OPENS = /[[<*_~`]/g;
const MOST_OPENED = 2_000;
/** Characters of one paragraph; nobody reads one of a tenth of it. */
const LONGEST = 20_000;

/** Rows of a table, items of a list, headings and remarks each begin something of their own. */
const BEGINS = /^\s*(?:$|[|#>]|<!|[-+*]\s|\d{1,9}[.)]\s|[`~]{3})/;
/** They stand on one line, whatever they hold. */
const ONE_LINE = /^\s*(?:\||#{1,6}\s)/;
const HTML = /^\s*<(?:div|table|pre|p|ul|ol|section|article|main|body|html|!)/i;

export interface CutParagraphs {
  readonly markdown: string;
  /** The line of the page, both from 1, for a line of what is cut. */
  readonly lineOf: (line: number) => number;
  /** Lines of the page whose links and tags are shown as they are written. */
  readonly plain: readonly number[];
}

/** The Markdown with such paragraphs cut, and how its lines are counted in the page as it was. */
export function cutParagraphs(markdown: string): CutParagraphs {
  const written: string[] = [];
  /** The lines of what is written that the page does not have. */
  const added: number[] = [];
  const plain: number[] = [];
  const add = (line: string): void => {
    added.push(written.length + 1);
    written.push(line);
  };
  let fence: Fence | undefined;
  let room: Room = ALL;
  const lines = markdown.split("\n");
  const isRow = rowsOfTables(lines);
  for (const [at, line] of lines.entries()) {
    if (fence !== undefined) {
      if (endsFence(line, fence)) fence = undefined;
      written.push(line);
      continue;
    }
    fence = fenceOf(line);
    const begins = fence !== undefined || BEGINS.test(line) || beginsHtmlBlock(line);
    if (begins || isRow[at] === true) room = ALL;
    const left = HTML.test(line) ? room : without(room, line);
    if (left.opened >= 0 && left.length >= 0) {
      room = left;
      written.push(line);
    } else if (isRow[at] === true || ONE_LINE.test(line)) {
      const read = simplerCells(line);
      if (read !== line) plain.push(at + 1);
      written.push(read);
    } else {
      const prefix = prefixOf(line);
      if (room !== ALL) add(prefix.trimEnd());
      const [first = "", ...more] = piecesOf(line);
      written.push(first);
      for (const piece of more) {
        add(prefix.trimEnd());
        add(`${prefix}${piece}`);
      }
      room = without(ALL, more.at(-1) ?? first);
    }
  }
  if (added.length === 0 && plain.length === 0) return { markdown, lineOf: (line) => line, plain };
  return { markdown: written.join("\n"), lineOf: (line) => line - countBelow(added, line), plain };
}

interface Room {
  readonly opened: number;
  readonly length: number;
}

const ALL: Room = { opened: MOST_OPENED, length: LONGEST };

function without({ opened, length }: Room, line: string): Room {
  return { opened: opened - openedIn(line), length: length - line.length };
}

/** An end that nothing began is looked for through all that stands before it. */
function openedIn(line: string): number {
  const opened = line.match(OPENS)?.length ?? 0;
  if (!line.includes("]")) return opened;
  return opened + Math.max(0, line.split("]").length - line.split("[").length);
}

/** What a further paragraph of the same item or quotation begins with. */
function prefixOf(line: string): string {
  const opening = /^\s*(?:(?:>|[-+*]|\d{1,9}[.)])\s+)*/.exec(line)?.[0] ?? "";
  return opening.replace(/[^>\s]/g, " ");
}

/** The line in pieces that each have room, cut between words. */
function piecesOf(line: string): string[] {
  const pieces: string[] = [];
  let begin = 0;
  let opened = 0;
  let depth = 0;
  let brackets = 0;
  for (let at = 0; at < line.length; at += 1) {
    const sign = line[at] ?? "";
    if ("[<*_~`".includes(sign) || (sign === "]" && brackets === 0)) opened += 1;
    if (sign === "[") brackets += 1;
    else if (sign === "]") brackets = Math.max(0, brackets - 1);
    if (sign === "[" || sign === "<" || sign === "(") depth += 1;
    else if (sign === "]" || sign === ">" || sign === ")") depth = Math.max(0, depth - 1);
    const share = Math.max(opened / MOST_OPENED, (at - begin) / LONGEST);
    // Rather between two links than in one, rather between two words than in one.
    // One long word, such as the data of a picture, takes the parser no time.
    const isPlace = /\s/.test(sign) ? share > (depth === 0 ? 0.5 : 0.8) : opened >= MOST_OPENED;
    if (!isPlace) continue;
    pieces.push(line.slice(begin, at + 1).trimEnd());
    begin = at + 1;
    opened = 0;
    depth = 0;
  }
  return [...pieces, line.slice(begin)];
}

/** A heading, or a row of a table: each cell, which the parser reads by itself, that has no room is code. */
function simplerCells(line: string): string {
  const [, mark = "", rest = ""] = /^(\s*#{0,6}\s?)(.*)$/s.exec(line) ?? [];
  const cells = rest.split(/((?<!\\)\|)/);
  return mark + cells.map((cell) => (openedIn(cell) > MOST_OPENED ? asCode(cell) : cell)).join("");
}

/** Within the line, as it is written. */
function asCode(words: string): string {
  const longest = Math.max(0, ...Array.from(words.matchAll(/`+/g), ([ticks]) => ticks.length));
  const ticks = "`".repeat(longest + 1);
  return `${ticks} ${words.trim()} ${ticks}`;
}

/** The line, from 1, in which the most tags stand within each other. */
export function deepestLine(markdown: string): number {
  const lines = markdown.split("\n");
  const isCode = linesOfFences(lines);
  let depth = 0;
  let deepest = { depth: 0, line: 1 };
  for (const [at, line] of lines.entries()) {
    if (isCode[at] === true || !line.includes("<")) continue;
    for (const { isClosing } of tagsIn(line)) {
      depth = Math.max(0, depth + (isClosing ? -1 : 1));
      if (depth > deepest.depth) deepest = { depth, line: at + 1 };
    }
  }
  return deepest.line;
}

/** A page whose tags nest so deeply that no parser follows them, with the tags as words. */
export function tagsAsWords(markdown: string): string {
  const lines = markdown.split("\n");
  const isCode = linesOfFences(lines);
  const written = lines.map((line, at) => {
    // In code among words it would be seen.
    const isKept = isCode[at] === true || (line.includes("`") && openedIn(line) < MOST_OPENED);
    return isKept ? line : line.replace(/</g, "&lt;");
  });
  return written.join("\n");
}

function countBelow(sorted: readonly number[], line: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < line) low = middle + 1;
    else high = middle;
  }
  return low;
}

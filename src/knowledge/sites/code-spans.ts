/**
 * Code in backticks that goes on in the next line -> the same on one line: what reads line by line would
 * take the words between two of them for code, and a tag in one of them for a tag.
 */

import { linesOfFences } from "../lines/fences.ts";
import { mayBeIndentedCode } from "../lines/indentation.ts";
import { rowsOfTables } from "../lines/table-rows.ts";

/** Signs of tags, values and directives, which only then could be read as such. */
const SIGN = /[<{[]/;
/** What begins a block of its own, and is not the rest of a paragraph. */
const BLOCK = /^\s*(?:[-*+]\s|\d+[.)]\s|#{1,6}\s|[>|]|`{3}|~{3}|$)/;

/** As many lines as before. */
export function joinCodeSpans(lines: readonly string[]): readonly string[] {
  if (!lines.some((line) => hasOpenSpan(line))) return lines;
  const isCode = linesOfFences(lines);
  // Nothing goes on in the next row of a table.
  const isRow = rowsOfTables(lines);
  const joined = [...lines];
  for (const [at, line] of joined.entries()) {
    const next = joined[at + 1] ?? "";
    if (isCode[at] === true || isRow[at] === true || BLOCK.test(next)) continue;
    if (!line.includes("`")) continue;
    const open = openSpan(line);
    if (open === undefined) continue;
    const end = endOf(next, open);
    if (end === undefined || !SIGN.test(line + next)) continue;
    const rest = next.slice(end).trimStart();
    // An empty line would end the paragraph.
    if (rest === "" && (joined[at + 2] ?? "").trim() !== "") continue;
    const indent = next.slice(0, next.length - next.trimStart().length);
    joined[at] = `${line.trimEnd()} ${next.slice(0, end).trimStart()}`;
    joined[at + 1] = rest === "" ? "" : indent + rest;
  }
  return joined;
}

/** "`` `a```" has no end: the space parts the three signs that its author meant. */
const TORN_MARK = /(?<!`)`` `(?=[^`]+`{3}(?!`)(?:(?!``).)*$)/g;

/** The same line with such signs in one. */
function wholeMarks(line: string): string {
  return line.includes("`` `") ? line.replace(TORN_MARK, "```") : line;
}

/** What ends a word before such code, and begins one behind it: letters, and signs around them. */
const ENDS_WORD = /[\p{L}\p{N})\]*_]/u;
const BEGINS_WORD = /[\p{L}\p{N}([*_]/u;
/** A rule below words, or HTML, ends their paragraph, too. */
const ENDS_PARAGRAPH =
  /^\s*(?:(?:=+|-+)\s*$|<\/?(?:blockquote|details|div|h\d|[ou]l|p|pre|table|t[dhr])\b)/;

/**
 * A lone backtick makes code of the words between two pieces of it: "a` or `b" grows together, since a space at
 * both ends is none of the code's. The same lines, with a space before and behind such words.
 */
export function spaceCodeSpans(lines: readonly string[]): readonly string[] {
  if (!lines.some((line) => line.includes("`"))) return lines;
  const isCode = linesOfFences(lines);
  const isRow = rowsOfTables(lines);
  const written: string[] = [];
  while (written.length < lines.length) {
    const at = written.length;
    const line = lines[at] ?? "";
    const isAlone = isCode[at] === true || isRow[at] === true || line.trim() === "";
    let end = at + 1;
    while (!isAlone && end < lines.length && goesOn(lines[end] ?? "")) {
      if (isCode[end] === true || isRow[end] === true) break;
      end += 1;
    }
    const piece = lines.slice(at, end);
    if (isCode[at] === true || mayBeIndentedCode(line)) written.push(...piece);
    else written.push(...spacedPiece(piece, isRow[at] === true));
  }
  return written;
}

function goesOn(line: string): boolean {
  return !BLOCK.test(line) && !ENDS_PARAGRAPH.test(line);
}

function spacedPiece(piece: readonly string[], isRow: boolean): readonly string[] {
  const text = piece.map(wholeMarks).join("\n");
  return text.includes("`") ? spacedSpans(text, isRow).split("\n") : piece;
}

function spacedSpans(paragraph: string, isRow: boolean): string {
  let text = "";
  let end = 0;
  for (const { from, to, words } of spansOf(paragraph, isRow)) {
    if (!/^\s[\s\S]*\s$/.test(words) || words.trim() === "") continue;
    const isAfterWord = ENDS_WORD.test(paragraph[from - 1] ?? "");
    const isBeforeWord = BEGINS_WORD.test(paragraph[to] ?? "");
    text += `${paragraph.slice(end, from)}${isAfterWord ? " " : ""}${paragraph.slice(from, to)}`;
    if (isBeforeWord) text += " ";
    end = to;
  }
  return text + paragraph.slice(end);
}

type CodeOfLine = { from: number; to: number; words: string };

/** The line with as many other signs in place of its code. */
export function withoutCode(line: string): string {
  return withParts(line, { code: (code) => "\0".repeat(code.length) });
}

/** The line with other words between the pieces of its code. */
export function withWordsBetween(line: string, change: (words: string) => string): string {
  return withParts(line, { words: change });
}

/** The line as `change` leaves it, to whom each piece of code is one sign that stands for it. */
export function withCodeKept(line: string, change: (text: string) => string): string {
  const codes: string[] = [];
  const text = withParts(line, { code: (code) => `\0${codes.push(code) - 1}\0` });
  return change(text).replace(/\0(\d+)\0/g, (_, at) => codes[Number(at)] ?? "");
}

type PartsOfLine = Partial<Record<"words" | "code", (part: string) => string>>;

function withParts(line: string, { words = AS_IT_IS, code = AS_IT_IS }: PartsOfLine): string {
  if (!line.includes("`")) return words(line);
  let text = "";
  let end = 0;
  for (const { from, to } of spansOf(line, HAS_SIDE.test(line))) {
    text += words(line.slice(end, from)) + code(line.slice(from, to));
    end = to;
  }
  return text + words(line.slice(end));
}

const AS_IT_IS = (part: string): string => part;

/** A line by itself is a table's row where it begins as one: elsewhere a pipe may stand in code. */
const HAS_SIDE = /^[\s>]*\|/;

/** The code of a line or paragraph, in a row none over the edge of a cell; other backticks may stand in it. */
function spansOf(line: string, isRow: boolean): CodeOfLine[] {
  const marks = marksOf(line);
  const next = new Map<string, number>();
  const ends = marks.map(() => -1);
  for (let at = marks.length - 1; at >= 0; at -= 1) {
    const mark = marks[at]?.mark ?? "";
    ends[at] = next.get(mark) ?? -1;
    next.set(mark, at);
  }
  const spans: CodeOfLine[] = [];
  let edge = -1;
  for (let at = 0; at < marks.length; at += 1) {
    const { mark, index: from, isEscaped } = marks[at] ?? NO_MARK;
    const last = marks[ends[at] ?? -1]?.index;
    if (isEscaped) continue;
    if (edge < from) edge = isRow ? edgeBehind(line, from) : line.length;
    if (last === undefined || edge < last) continue;
    spans.push({ from, to: last + mark.length, words: line.slice(from + mark.length, last) });
    at = ends[at] ?? at;
  }
  return spans;
}

/** Where the next cell of a row begins. */
function edgeBehind(line: string, from: number): number {
  const edge = line.indexOf("|", from);
  return edge === -1 ? line.length : edge;
}

function hasOpenSpan(line: string): boolean {
  return line.includes("`") && openSpan(line) !== undefined;
}

/** The signs that open code which does not end in the line. */
function openSpan(line: string): string | undefined {
  const marks = marksOf(line);
  for (let from = 0; from < marks.length; from += 1) {
    const { mark, index, isEscaped } = marks[from] ?? NO_MARK;
    // Behind a brace, a text of JSX begins.
    if (isEscaped || line[index - 1] === "{") continue;
    let end = from + 1;
    while (end < marks.length && marks[end]?.mark !== mark) end += 1;
    if (end === marks.length) return mark;
    from = end;
  }
  return undefined;
}

type Mark = { readonly mark: string; readonly index: number; readonly isEscaped: boolean };
const NO_MARK: Mark = { mark: "", index: 0, isEscaped: true };

/** What may begin or end code; a backslash before it is one of the code that it ends. */
function marksOf(line: string): Mark[] {
  return Array.from(line.matchAll(/`+/g), ({ 0: mark, index }) => {
    let slashes = 0;
    while (line[index - 1 - slashes] === "\\") slashes += 1;
    return { mark, index, isEscaped: slashes % 2 === 1 };
  });
}

function endOf(line: string, mark: string): number | undefined {
  const end = marksOf(line).find((each) => each.mark === mark);
  if (end === undefined) return undefined;
  // A comma behind it goes along.
  return end.index + (/^`+[^\s`]*/.exec(line.slice(end.index))?.[0].length ?? 0);
}

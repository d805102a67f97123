/**
 * Blocks of lines, as Pandoc and reStructuredText write addresses and steps: each begins with a pipe, and ends where
 * the line does. In Markdown they would be one paragraph with pipes in it.
 */

import { DELIMITERS } from "../lines/table-rows.ts";
import { proseWithoutCode } from "./prose.ts";

const LINE = /^[ \t]*\|(?: |$)/;
const MAY_BE = /^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?\|(?: |$)/;
/** More of the line above. */
const GOES_ON = /^ {1,8}[^\s|]/;
const LONGEST = 20_000;
/** What would begin a block of its own at the left. */
const BLOCK =
  /^(?:[-+*](?=\s|$)|#(?=#{0,5}(?:\s|$))|[>=]|~(?=~~)|-(?=[- ]*$)|\d{1,9}(?=[.)](?:\s|$)))/;

/** The same lines, as many as before. */
export function plainLineBlocks(lines: readonly string[]): readonly string[] {
  if (!lines.some((line, at) => MAY_BE.test(line) && MAY_BE.test(lines[at + 1] ?? "")))
    return lines;
  const plain = proseWithoutCode(lines);
  const written = [...lines];
  for (let at = 0; at < lines.length; at += 1) {
    if (isEmpty(plain[at])) continue;
    let end = at + 1;
    while (end < lines.length && !isEmpty(plain[end])) end += 1;
    const marks = lines.slice(at, end).map(marksOf);
    const block = lines.slice(at, end).map((line, index) => line.slice(marks[index]?.length));
    const prose = plain.slice(at, end).map((line, index) => line.slice(marks[index]?.length));
    if (isLineBlock(prose)) {
      for (const [index, line] of block.entries())
        written[at + index] = (marks[index] ?? "") + wordsOf(line, block[index + 1]);
    }
    at = end;
  }
  return written;
}

function isEmpty(line = ""): boolean {
  return /^[\s>]*$/.test(line);
}

/** A quote or an item may hold it. */
function marksOf(line: string): string {
  return /^(?:[ \t]*(?:>|[-*+]|\d{1,9}[.)])[ \t]+(?=[>|\-*+\d]))*/.exec(line)?.[0] ?? "";
}

/** Two lines at least, and none of them a table's: with another pipe, or of dashes. */
function isLineBlock(block: readonly string[]): boolean {
  const marked = block.filter((line) => LINE.test(line));
  return (
    marked.length > 1 &&
    LINE.test(block[0] ?? "") &&
    block.every((line) => line.length < LONGEST && (LINE.test(line) || GOES_ON.test(line))) &&
    marked.every((line) => !DELIMITERS.test(line) && line.lastIndexOf("|") === line.indexOf("|"))
  );
}

/** The line's words; an empty one parts, and before another line it ends where it does. */
function wordsOf(line: string, next: string | undefined): string {
  const isLast = next === undefined || !LINE.test(next) || next.trim() === "|";
  const end = isLast ? "" : "\\";
  const [, indent = "", deeper = "", words = ""] = /^([ \t]*)\| ?( *)(.*)$/.exec(line) ?? [];
  if (!LINE.test(line)) return line.trimEnd() + end;
  if (words.trim() === "") return "";
  const text = deeper === "" ? words.replace(BLOCK, escaped) : words;
  return `${indent}${deeper.replace(/ /g, "\u00A0")}${text.trimEnd()}${end}`;
}

function escaped(sign: string): string {
  return /\d/.test(sign) ? `${sign}\\` : `\\${sign}`;
}

/**
 * Icons of Material for MkDocs, `:octicons-link-external-16:`: its sites draw them beside words, and in letters they
 * say nothing. One that stands in a cell by itself says what the cell does. Source: its manual of icons.
 */

import { type Edit, withEdits } from "./edits.ts";
import { proseWithoutCode } from "./prose.ts";

const NAME = String.raw`:(?:material|fontawesome|octicons|simple)(?:-[a-z\d]{1,40}){1,9}:`;
/** With the space that parts it from its words. */
const ICON = new RegExp(String.raw`[ \t]${NAME}(?=[\]).,;:!?|]|[ \t]*$)|${NAME}[ \t]?`, "g");
const WORDS = /[\p{L}\p{N}]/u;

/** The same lines without them. */
export function withoutIcons(lines: readonly string[]): readonly string[] {
  if (!lines.some((line) => line.includes(":") && line.search(ICON) !== -1)) return lines;
  const edits: Edit[] = [];
  for (const [line, text] of proseWithoutCode(lines).entries()) {
    const written = lines[line] ?? "";
    for (const { 0: icon, index: from } of text.matchAll(ICON)) {
      const to = from + icon.length;
      if (isBesideWords(written, from, to)) edits.push({ line, from, to, words: "" });
    }
  }
  return withEdits(lines, edits);
}

const LONGEST_CELL = 2_000;

/** Whether its line, or its cell of a table, has words, too. */
function isBesideWords(line: string, from: number, to: number): boolean {
  const before = line.slice(Math.max(0, from - LONGEST_CELL), from);
  const after = line.slice(to, to + LONGEST_CELL);
  const cell = before.slice(before.lastIndexOf("|") + 1) + after.split("|", 1)[0];
  return WORDS.test(cell.replace(ICON, ""));
}

/**
 * Code by its indentation that shows tags or other signs: settings of Apache, XML, conditions of a shell. A
 * page without components means them as they stand, so that no pass may take them for a site's.
 */

import { linesOfFences } from "../lines/fences.ts";
import { CODE_INDENT, widthOf } from "../lines/indentation.ts";
import { isMdx } from "./computed.ts";

const SIGN_OF_SITES = /<\/?[A-Za-z]|\[\[|\{[#.:]|\{\{\$:|%%|==\S|:::|\+\+[a-z]|\s\^[A-Za-z]/;
const HAS_SOME = new RegExp(`^(?: {4}| {0,3}\\t)[^\\n]*(?:${SIGN_OF_SITES.source})`, "m");
/** Generators fill them in before they look for code. */
const TEMPLATE = /\{\{[<%]|\{%/;
/** A component, which holds blocks however far in. */
const COMPONENT = /^\s*(?:>\s*|[-*+]\s+|\d{1,9}[.)]\s+)*<\/?[A-Z]\w*[a-z]/;
const ITEM = /^\s*((?:[-*+]|\d{1,9}[.)]) {1,4})(?=\S)/;
/** Below a heading or the words of a paragraph, it is code; other things may have a body, as notes and definitions do. */
const WORDS =
  /^(?:#{1,6}\s|(?!\(?[a-zA-Z]{1,4}[.)]\s|\*\[|\[\^)(?:[\p{L}\p{N}("'“„«¿¡]|[*_]{1,3}\p{L}|`(?!``)|\[))/u;

interface Kept {
  /** The lines, with signs in place of such code. */
  readonly lines: readonly string[];
  /** The same lines, once read, with the code. */
  readonly restored: (read: readonly string[]) => readonly string[];
}

/** Takes such code out of the lines, each of which stays one. */
export function keepIndentedCode(text: string, given: readonly string[]): Kept {
  const code = HAS_SOME.test(text) && !isMdx(given) ? codeWithSigns(given) : NONE;
  if (code.size === 0) return { lines: given, restored: (read) => read };
  const lines = given.map((line, at) =>
    code.has(at) ? line.slice(0, line.length - line.trimStart().length) + SIGN : line,
  );
  return {
    lines,
    restored: (read) =>
      read.map((line, at) =>
        // A pass may have moved the line, and never its words.
        code.has(at) ? line.replace(SIGN, () => (given[at] ?? "").trimStart()) : line,
      ),
  };
}

const NONE: ReadonlySet<number> = new Set();
/** No page has it. */
const SIGN = "\u{F8F1}";

interface ListLevel {
  /** Where the text of the item begins. */
  readonly column: number;
  isWords: boolean;
}

interface CodePlace {
  readonly levels: ListLevel[];
  isBehindBlank: boolean;
  /** From where the lines of the open code stand. */
  code?: number;
}

/** The lines of code that shows signs of sites; none where components stand outside of it. */
function codeWithSigns(lines: readonly string[]): ReadonlySet<number> {
  const isFenced = linesOfFences(lines);
  const place: CodePlace = { levels: [{ column: 0, isWords: false }], isBehindBlank: true };
  const found = new Set<number>();
  let block: number[] = [];
  const end = (): void => {
    const texts = block.map((at) => lines[at] ?? "");
    const isKept =
      texts.some((line) => SIGN_OF_SITES.test(line)) && !texts.some((line) => TEMPLATE.test(line));
    if (isKept) for (const at of block) found.add(at);
    block = [];
  };
  for (const [at, line] of lines.entries()) {
    if (line.trim() === "") place.isBehindBlank = true;
    else if (isFenced[at] !== true && isCode(place, line)) block.push(at);
    else {
      end();
      if (isFenced[at] === true) leaveCode(place);
      else if (COMPONENT.test(line)) return NONE;
    }
  }
  end();
  return found;
}

function leaveCode(place: CodePlace): void {
  delete place.code;
  place.isBehindBlank = false;
}

function isCode(place: CodePlace, line: string): boolean {
  const { levels, isBehindBlank } = place;
  const width = widthOf(line);
  if (place.code !== undefined && width >= place.code) return true;
  leaveCode(place);
  if (isBehindBlank) leave(levels, width);
  const level = levels.at(-1);
  const column = (level?.column ?? 0) + CODE_INDENT;
  if (isBehindBlank && width >= column && level?.isWords === true) {
    place.code = column;
    return true;
  }
  enter(levels, line, width);
  return false;
}

/** Takes what the line says of its level, or opens that of an item. */
function enter(levels: ListLevel[], line: string, width: number): void {
  const mark = ITEM.exec(line)?.[1];
  const text = line.trimStart();
  if (mark !== undefined) {
    leave(levels, width);
    const isWords = WORDS.test(text.slice(mark.length));
    levels.push({ column: width + mark.length, isWords });
    return;
  }
  const level = levels.at(-1);
  // What stands further in belongs to the line that the level has its words from.
  if (level !== undefined && width < level.column + CODE_INDENT) level.isWords = WORDS.test(text);
}

function leave(levels: ListLevel[], width: number): void {
  while (levels.length > 1 && (levels.at(-1)?.column ?? 0) > width) levels.pop();
}

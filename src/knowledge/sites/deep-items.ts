/**
 * Lists that people indent too far: four columns further than the words above them, Markdown takes their
 * items for more of those words, and all of them run together on one line.
 */

import { followVerbatim } from "../lines/fences.ts";
import { CODE_INDENT, widthOf } from "../lines/indentation.ts";

const HABIT = /^(?:[ \t]{4,}|\t)(?:[-*+]|\d{1,9}[.)])\s+\S/;
const ITEM = /^(\s*(?:[-*+]|\d{1,9}[.)]) {1,4})\S/;
const FOOTNOTE = /^\s*\[\^[^\]\s]+\]:/;
/** What begins no paragraph: headings, rules, rows, quotes, tags. */
const HEADING = /^ {0,3}#{1,6}\s/;
/** Right below a heading, as outliners write it: lists of YAML have no tabs. */
const OUTLINE_ITEM = /^\t[-*+] /;
const NO_WORDS = /^\s*(?:#{1,6}\s|(?:=+|-+|\*{3,}|_{3,})\s*$|[|<>])/;

/** The same lines, with such items in the item, or below the words, that they belong to. */
export function plainDeepItems(lines: readonly string[]): readonly string[] {
  if (!lines.some((line) => HABIT.test(line))) return lines;
  const outdent = followShifts();
  const verbatim = followVerbatim();
  /** Where the text of each open item begins. */
  let columns: number[] = [];
  let isInWords = false;
  let isBelowHeading = false;

  const readLine = (line: string): string => {
    const isOutline = isBelowHeading && OUTLINE_ITEM.test(line);
    isBelowHeading = HEADING.test(line);
    if (line.trim() === "") {
      isInWords = false;
      return line;
    }
    const text = outdent.line(line);
    const indent = widthOf(text);
    const [marks] = ITEM.exec(text) ?? [];
    if (!isInWords || marks !== undefined || isBelowHeading)
      columns = columns.filter((column) => column <= indent);
    const inner = columns.at(-1) ?? 0;
    const isDeep = indent >= inner + CODE_INDENT;
    if (isDeep && !isInWords && !isOutline) return text;
    if (isDeep && marks !== undefined) return itemLine(outdent.more(line, indent - inner));
    return marks === undefined ? wordsLine(text, indent) : itemLine(text);
  };
  const itemLine = (text: string): string => {
    const marks = ITEM.exec(text)?.[1] ?? "";
    columns.push(widthOf(text) + marks.trimStart().length);
    isInWords = !NO_WORDS.test(text.slice(marks.length));
    return text;
  };
  const wordsLine = (text: string, indent: number): string => {
    if (FOOTNOTE.test(text)) columns.push(indent + CODE_INDENT);
    isInWords = !NO_WORDS.test(text);
    return text;
  };
  return lines.map((line) => {
    if (!verbatim.holds(line)) return readLine(line);
    isInWords = false;
    return outdent.line(line);
  });
}

interface Shifts {
  /** The line without the columns that it stands too far in. */
  line(line: string): string;
  /** From this line on, lines that stand as far in stand this much too far. */
  more(line: string, columns: number): string;
}

function followShifts(): Shifts {
  let open: { readonly from: number; readonly by: number }[] = [];
  const shifted = (line: string): string => {
    const by = open.at(-1)?.by ?? 0;
    return by === 0 ? line : " ".repeat(Math.max(0, widthOf(line) - by)) + line.trimStart();
  };
  return {
    line(line) {
      if (line.trim() !== "") open = open.filter(({ from }) => from <= widthOf(line));
      return shifted(line);
    },
    more(line, columns) {
      open.push({ from: widthOf(line), by: (open.at(-1)?.by ?? 0) + columns });
      return shifted(line);
    },
  };
}

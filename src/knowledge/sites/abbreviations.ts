/**
 * Abbreviations of PHP Markdown Extra, kramdown and MkDocs: `*[TTL]: time to live`. Sites show the words where a mouse
 * rests on the letters; in a message they stand on a line of their own.
 */

import { linesOfProse } from "./prose.ts";

const ABBREVIATION = /^( {0,3})\*\[([^\][\n]{1,100})\] ?:[ \t]*(.*)$/;

/** Words that a line right above or below goes on with; whatever begins a block is none. */
const WORDS = /^[\p{L}\d*_`[("'](?![-*+.)]?\s|\*\s)/u;

/** The same lines, with the name of each abbreviation in bold and its words behind it. */
export function plainAbbreviations(lines: readonly string[]): readonly string[] {
  if (!lines.some((line) => ABBREVIATION.test(line))) return lines;
  const isProse = linesOfProse(lines);
  const own = lines.map((line, at) => (isProse[at] === true ? read(line) : undefined));
  return lines.map((line, at) => {
    const text = own[at] ?? line;
    const isBeside = own[at] !== undefined || own[at + 1] !== undefined;
    const goesOn = isProse[at + 1] === true && WORDS.test(own[at + 1] ?? lines[at + 1] ?? "");
    const ends = isProse[at] === true && WORDS.test(text) && !/(?: {2}|\\)$/.test(text);
    return isBeside && goesOn && ends ? `${text.trimEnd()}\\` : text;
  });
}

/** Undefined for what is none; `*[a]: b*` is emphasis. */
function read(line: string): string | undefined {
  const [, indent = "", name, words = ""] = ABBREVIATION.exec(line) ?? [];
  if (name === undefined || words.replace(/\*\*/g, "").split("*").length % 2 === 0)
    return undefined;
  return `${indent}${/[*_`]/.test(name) ? name : `**${name}**`}: ${words}`.trimEnd();
}

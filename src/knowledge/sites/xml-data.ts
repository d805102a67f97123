/**
 * XML that stands on a page as if it were HTML: the configuration of a program, `<broker name="a"> … </broker>`, that
 * somebody has pasted without a fence. A browser knows none of its tags and shows nothing of it; here it is code.
 */

import { isHtmlTag } from "../html/tags.ts";
import { linesOfFences } from "../lines/fences.ts";

/** What begins it; with a dash, it is an element of a site's own, and with a capital a component. */
const BEGINS = /^( {0,3})<([a-z]\w*(?:[.:][\w.-]+)?)(?=[\s>])/;
const PROLOG = /^ {0,3}<\?xml\s[^<>]*\?>\s*$/;
const MOST_LINES = 500;
/** Elements without an end that are looked for. */
const MOST_VAIN = 100;

const COMMENT = /<!--(?:(?!--)[\s\S])*-->/g;
const TAG = /<\/?([a-zA-Z][\w.:-]*)(?:\s(?:[^<>"']|"[^"]*"|'[^']*')*)?\/?>/g;
/** A text between a tag and an end: a value. */
const VALUE = />[^<>\n]+(?=<\/)/g;
/** Names of HTML that such files have as well. */
const OF_BOTH =
  /^(?:address|body|data|header|input|link|map|menu|object|option|output|param|section|source|template|time|title)$/;

/** Such lines between two empty ones in a fence, whose signs take the places of these; as many lines as before. */
export function fencedData(lines: readonly string[]): readonly string[] {
  if (!lines.some((line) => BEGINS.test(line) || XML_WITHIN.test(line))) return lines;
  const isCode = linesOfCode(lines);
  const written = [...lines];
  let room = MOST_VAIN;
  let end = -1;
  for (const [at, line] of lines.entries()) {
    if (isCode[at] === true || at <= end) continue;
    const [, indent = "", name = ""] = BEGINS.exec(line) ?? [];
    const from = beginOf(lines, at);
    const last =
      name === "" || isHtmlTag(name) || name === "math" || from === undefined || room === 0
        ? undefined
        : endOf(lines, at, name);
    if (last === undefined) {
      if (name !== "" && from !== undefined) room = Math.max(0, room - 1);
      written[at] = withDataAmongWords(written[at] ?? line);
      continue;
    }
    end = last + 1;
    if (!isData(lines.slice(at, end).join("\n"))) continue;
    const above = (from ?? at) - 1;
    // One empty line between two of them has room for one mark: they are one.
    written[above] = isMark(written[above]) ? "" : `${indent}\`\`\`xml`;
    written[end] = `${indent}\`\`\``;
  }
  return written;
}

function isMark(line: string | undefined): boolean {
  return line?.trim() === "```";
}

/** Code in HTML, drawings and formulas, of which the last two are made of tags of their own. */
const BEGINS_OTHER = /<(pre|svg|math)[\s>](?!.*<\/\1)/i;
const ENDS_OTHER = /<\/(?:pre|svg|math)/i;

function linesOfCode(lines: readonly string[]): boolean[] {
  let isIn = false;
  return linesOfFences(lines).map((isFenced, at) => {
    const line = lines[at] ?? "";
    if (!isFenced) isIn = isIn ? !ENDS_OTHER.test(line) : BEGINS_OTHER.test(line);
    return isFenced || isIn;
  });
}

/** The line that begins it, its prolog included; undefined without an empty line above. */
function beginOf(lines: readonly string[], at: number): number | undefined {
  const isEmpty = (line: string | undefined): boolean => line?.trim() === "";
  const above = isEmpty(lines[at - 1]) ? at - 2 : at - 1;
  if (PROLOG.test(lines[above] ?? "") && isEmpty(lines[above - 1])) return above;
  return isEmpty(lines[at - 1]) ? at : undefined;
}

/** The line of its last tag, above an empty one. */
function endOf(lines: readonly string[], at: number, name: string): number | undefined {
  const tag = new RegExp(`<(/?)${name.replace(/\./g, "\\.")}(?=[\\s>])[^<>]*(/?)>`, "g");
  let depth = 0;
  for (let line = at; line < Math.min(lines.length - 1, at + MOST_LINES); line += 1) {
    for (const [, closing, selfClosing] of (lines[line] ?? "").matchAll(tag)) {
      if (closing === "/") depth -= 1;
      else if (selfClosing === "") depth += 1;
    }
    if (line > at && depth <= 0 && lines[line]?.trimEnd().endsWith(`</${name}>`) === true)
      return lines[line + 1]?.trim() === "" ? line : undefined;
  }
  return undefined;
}

/** Whether a text is tags and their values alone, and none of them is of HTML. */
function isData(text: string): boolean {
  const tags = text.replace(COMMENT, "").replace(VALUE, ">");
  const names = Array.from(tags.matchAll(TAG), ([, name = ""]) => name);
  return (
    names.length > 2 &&
    tags.replace(TAG, "").trim() === "" &&
    names.every((name) => !isHtmlTag(name) || OF_BOTH.test(name))
  );
}

/** An element with others in it, all in one line behind words. */
const XML_WITHIN = /<([a-z]\w*)(?:\s[^<>`]*)?>(?:\s?<[^<>`]*>){2,}/g;

function withDataAmongWords(line: string): string {
  return line.replace(XML_WITHIN, (data, name: string) => {
    const isWhole = data.endsWith(`</${name}>`) && /\s\w+=["']/.test(data);
    return isWhole && !isHtmlTag(name) && isData(data) ? `\`${data}\`` : data;
  });
}

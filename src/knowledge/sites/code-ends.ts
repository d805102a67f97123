/**
 * Code between tags of a site whose end stands right behind the last line: `df -h{{< /code >}}` -> the end on a
 * line of its own, in the empty line below or, with the code one line further up, above. Within a line of words,
 * such tags hold code among words.
 */

import { linesOfFences } from "../lines/fences.ts";
import { codeElement, plainLines } from "./jsx-code.ts";
import { isCode, isDrawing, type SiteTag, tagEnd } from "./site-tag.ts";
import { tagAlone } from "./tag-lines.ts";
import { languageOfTag } from "./tag-titles.ts";

const MOST_LINES = 500;
const MOST_LINES_ABOVE = 8;
const BEGINS_BLOCK = /^\s*(?:[-*+]|\d{1,9}[.)]|#{1,6})\s/;
const MAY_HOLD = /\{\{[<%]|\{%/;
/** Code between two tags of a line that has more. */
const WITHIN =
  /\{\{([<%])\s*(code|highlight)(?:\s[^{}]*?)?[>%]\}\}([^`{}]{1,500})\{\{[<%]\s*\/\2\s*[>%]\}\}/g;

/** As many lines as before. */
export function endsOfCode(lines: readonly string[]): readonly string[] {
  if (!lines.some((line) => MAY_HOLD.test(line))) return lines;
  const written = [...lines];
  const isFenced = linesOfFences(lines);
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? "";
    if (isFenced[at] === true || !MAY_HOLD.test(line)) continue;
    const tag = tagAlone(line);
    if (tag === undefined) written[at] = line.replace(WITHIN, codeAmongWords);
    else if (opensCode(tag)) at = moveEnd(written, { at, end: tagEnd(tag) });
  }
  return written;
}

/** Whether code begins behind a tag, and no drawing. */
export function opensCode(tag: SiteTag): boolean {
  return isCode(tag) && !isDrawing(tag) && !tag.isClosing && !tag.isSelfClosing;
}

/** Gives the end a line of its own; returns the line with which the code ends. */
function moveEnd(lines: string[], { at, end }: { at: number; end: RegExp }): number {
  const length = lines.slice(at + 1, at + MOST_LINES).findIndex((line) => end.test(line)) + 1;
  if (length === 0) return at;
  const last = at + length;
  const indent = /^\s*/.exec(lines[at] ?? "")?.[0] ?? "";
  const [, code = "", tag = ""] = atEnd(end).exec(lines[last] ?? "") ?? [];
  if (code.trim() === "") {
    indentCode(lines, { from: at + 1, to: last, indent });
    return last;
  }
  const room = lines[last + 1]?.trim() === "" ? last + 1 : roomAbove(lines, at);
  if (room === undefined) return inFirstLine(lines, { at, last, code });
  const from = room > last ? at + 1 : at;
  if (room > last) lines.splice(last, 2, code, indent + tag);
  else lines.splice(room, last - room + 1, ...lines.slice(room + 1, last), code, indent + tag);
  indentCode(lines, { from, to: Math.max(room, last), indent });
  return Math.max(room, last);
}

/** Where no line is free, the first one holds all of the code. */
function inFirstLine(
  lines: string[],
  { at, last, code }: { at: number; last: number; code: string },
) {
  const opening = lines[at] ?? "";
  const tag = tagAlone(opening);
  const text = plainLines([...lines.slice(at + 1, last), code]).join("\n");
  const indent = /^\s*/.exec(opening)?.[0] ?? "";
  lines.fill("", at, last + 1);
  lines[at] = indent + codeElement({ text }, tag === undefined ? "" : languageOfTag(tag));
  return last;
}

function atEnd(end: RegExp): RegExp {
  return new RegExp(`^(.*?)(${end.source})\\s*$`);
}

/** In an item, code at the left would end the item. */
function indentCode(
  lines: string[],
  { from, to, indent }: { from: number; to: number; indent: string },
): void {
  const code = lines.slice(from, to);
  if (!code.some((line) => line.trim() !== "" && !line.startsWith(indent))) return;
  lines.splice(from, code.length, ...code.map((line) => (line === "" ? "" : indent + line)));
}

/** The empty line above, or that above an item or a heading whose words go on until the code. */
function roomAbove(lines: readonly string[], at: number): number | undefined {
  for (let above = at - 1; above >= Math.max(0, at - MOST_LINES_ABOVE); above -= 1) {
    const isEmpty = lines[above]?.trim() === "";
    if (isEmpty && (above === at - 1 || BEGINS_BLOCK.test(lines[above + 1] ?? ""))) return above;
    if (isEmpty) return undefined;
  }
  return undefined;
}

function codeAmongWords(all: string, ...[, , code, at, line]: (string | number)[]): string {
  // A whole line of it is a block.
  if (all === String(line).trim() || at === undefined) return all;
  const next = String(line)[Number(at) + all.length] ?? "";
  // A site sets the words behind it apart.
  return `\`${String(code).trim()}\`${/[\p{L}\p{N}_*]/u.test(next) ? " " : ""}`;
}

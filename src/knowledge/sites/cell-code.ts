/**
 * Code between tags that begin in a table's row, `example | {{< code yml >}}`, and hold lines: Hugo puts what they
 * show into the cell, whatever stands there (gohugo.io, "Shortcodes"). In Markdown a row is one line.
 */

import { linesOfFences } from "../lines/fences.ts";
import { opensCode } from "./code-ends.ts";
import { codeElement, plainLines } from "./jsx-code.ts";
import { asCode } from "./jsx-literals.ts";
import { type SiteTag, tagEnd } from "./site-tag.ts";
import { tagAlone } from "./tag-lines.ts";
import { languageOfTag } from "./tag-titles.ts";

const OPENS = /\|.*\{\{[<%]\s*[a-z][^{}]*\}\}\s*$/;
const MOST_LINES = 500;
/** Searches for an end that is not there. */
const MOST_VAIN = 100;

/** Each row in one line; as many lines as before, those that are left over below the table. */
export function plainCellCode(lines: readonly string[]): readonly string[] {
  if (!lines.some((line) => OPENS.test(line))) return lines;
  const isFenced = linesOfFences(lines);
  const written: string[] = [];
  let left = 0;
  let room = MOST_VAIN;
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? "";
    const tag = room > 0 && isFenced[at] !== true ? tagOfCell(line) : undefined;
    const row = tag === undefined ? undefined : rowFrom(lines, at, tag);
    if (tag !== undefined && row === undefined) room -= 1;
    if (line.trim() === "") left = freed(written, left);
    written.push(row?.text ?? line);
    left += row?.below ?? 0;
    at += row?.below ?? 0;
  }
  freed(written, left);
  return written;
}

function freed(written: string[], left: number): number {
  for (let more = 0; more < left; more += 1) written.push("");
  return 0;
}

/** The tag at a row's end behind which the code of its last cell begins. */
function tagOfCell(line: string): (SiteTag & { readonly before: string }) | undefined {
  if (!OPENS.test(line)) return undefined;
  const from = line.lastIndexOf("{{");
  const tag = tagAlone(line.slice(from));
  return tag === undefined || !opensCode(tag) ? undefined : { ...tag, before: line.slice(0, from) };
}

function rowFrom(
  lines: readonly string[],
  at: number,
  tag: SiteTag & { readonly before: string },
): { text: string; below: number } | undefined {
  const end = tagEnd(tag);
  const length = lines.slice(at + 1, at + MOST_LINES).findIndex((line) => end.test(line)) + 1;
  if (length === 0) return undefined;
  const last = lines[at + length] ?? "";
  const found = end.exec(last);
  const rest = last.slice((found?.index ?? 0) + (found?.[0].length ?? 0)).trim();
  const code = [...lines.slice(at + 1, at + length), last.slice(0, found?.index)];
  const text = plainLines(code).join("\n");
  const cell = text.includes("\n")
    ? linesOfCell(codeElement({ text }, languageOfTag(tag)))
    : asCode(text).replace(/(?<!\\)\|/g, "\\|");
  return { text: [`${tag.before}${cell}`, rest].join(" ").trimEnd(), below: length };
}

/** Within a row, spaces beside the end of a line would be lost. */
function linesOfCell(element: string): string {
  return element.replaceAll("&#10;", "<br />");
}

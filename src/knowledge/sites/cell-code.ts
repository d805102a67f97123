/**
 * Code between tags that begin in a table's row, `example | {{< code yml >}}`, and hold lines: Hugo puts what they
 * show into the cell once the table is read, whatever stands there (gohugo.io, "Shortcodes"). In Markdown a row is
 * one line.
 */

import { linesOfFences } from "../lines/fences.ts";
import { opensCode } from "./code-ends.ts";
import { codeElement, plainLines } from "./jsx-code.ts";
import { asCode } from "./jsx-literals.ts";
import { type SiteTag, tagEnd } from "./site-tag.ts";
import { tagAlone } from "./tag-lines.ts";
import { languageOfTag } from "./tag-titles.ts";

/** The row's last tag, behind which stands no more than the first line of its code. */
const OPENS = /^(.*\|.*)(\{\{[<%]\s*[a-z][^{}]*\}\})((?:(?!\{\{)[^|])*)$/;
const MOST_LINES = 500;
/** Searches for an end that is not there. */
const MOST_VAIN = 100;

interface CodeOfCell {
  readonly before: string;
  readonly tag: SiteTag;
  readonly first: string;
}

/** Each row in one line; as many lines as before, those that are left over below the table. */
export function plainCellCode(lines: readonly string[]): readonly string[] {
  if (!lines.some((line) => OPENS.test(line))) return lines;
  const isFenced = linesOfFences(lines);
  const written: string[] = [];
  let left = 0;
  let room = MOST_VAIN;
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? "";
    const begun = room > 0 && isFenced[at] !== true ? codeOfCell(line) : undefined;
    const row = begun === undefined ? undefined : rowFrom(lines, at, begun);
    if (begun !== undefined && row === undefined) room -= 1;
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

function codeOfCell(line: string): CodeOfCell | undefined {
  const [, before = "", written = "", first = ""] = OPENS.exec(line) ?? [];
  const tag = tagAlone(written);
  return tag === undefined || !opensCode(tag) ? undefined : { before, tag, first };
}

function rowFrom(
  lines: readonly string[],
  at: number,
  { before, tag, first }: CodeOfCell,
): { text: string; below: number } | undefined {
  const end = tagEnd(tag);
  const following = lines.slice(at + 1, at + MOST_LINES);
  const length =
    following.findIndex((line) => end.test(line) || codeOfCell(line)?.tag.name === tag.name) + 1;
  const last = lines[at + length] ?? "";
  const found = length === 0 ? null : end.exec(last);
  if (found === null) return undefined;
  const rest = last.slice(found.index + found[0].length).trim();
  const code = [first, ...lines.slice(at + 1, at + length), last.slice(0, found.index)];
  return { text: (before + cellOf(code, tag, rest)).trimEnd(), below: length };
}

/** The code and what stands behind it, a row's other cells among it: code of one line among words, more as a block. */
function cellOf(code: readonly string[], tag: SiteTag, rest: string): string {
  const text = plainLines(code).join("\n");
  if (text.includes("\n"))
    return `${linesOfCell(codeElement({ text }, languageOfTag(tag)))} ${rest}`;
  const isBeforeWords = rest !== "" && !/^(?:\||<br\s*\/?>)/.test(rest);
  return `${asCode(text).replace(/(?<!\\)\|/g, "\\|")}${isBeforeWords ? "<br>" : " "}${rest}`;
}

/** Within a row, spaces beside the end of a line would be lost. */
function linesOfCell(element: string): string {
  return element.replaceAll("&#10;", "<br />");
}

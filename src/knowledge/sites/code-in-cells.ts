/**
 * Code of Hugo in a table's cell, `| a | {{< code >}}` and more lines to `{{< /code >}} | b |`: Hugo puts it there once
 * the table is read, so that its lines tear no row. Source: gohugo.io, "Shortcodes".
 */

import { linesOfFences } from "../lines/fences.ts";
import { cellText } from "./drawn-cells.ts";

const ROW = /^\s*\|/;
const BEGINS =
  /^(\s*\|.*?)\{\{[<%]\s*(code|highlight)(?:\s[^{}]*)?[>%]\}\}((?:(?!\{\{[<%]\s*\/)[^|])*)$/;
const MOST_LINES = 200;

/** The same lines, as many as before: the rows below stand where the code has left room. */
export function plainCodeInCells(lines: readonly string[]): readonly string[] {
  if (!lines.some((line) => BEGINS.test(line))) return lines;
  const isFenced = linesOfFences(lines);
  const written: string[] = [];
  let room = 0;
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? "";
    const end = isFenced[at] === true ? -1 : endOf(lines, at);
    if (room > 0 && !ROW.test(line)) {
      written.push(...Array<string>(room).fill(""));
      room = 0;
    }
    written.push(end === -1 ? line : rowOf(lines, at, end));
    if (end === -1) continue;
    room += end - at;
    at = end;
  }
  return [...written, ...Array<string>(room).fill("")];
}

/** The line in which the code that begins here ends, before its row goes on; -1 where none begins or ends so. */
function endOf(lines: readonly string[], at: number): number {
  const name = BEGINS.exec(lines[at] ?? "")?.[2];
  if (name === undefined) return -1;
  const ends = endingOf(name);
  const below = lines.slice(at + 1, at + MOST_LINES).findIndex((line) => line.includes("{{"));
  const end = at + 1 + below;
  const rest = below === -1 ? [] : (lines[end] ?? "").split(ends);
  return rest.length === 2 && rest[1]?.includes("|") === true ? end : -1;
}

function endingOf(name: string): RegExp {
  return new RegExp(`\\{\\{[<%]\\s*/\\s*${name}\\s*[>%]\\}\\}`);
}

function rowOf(lines: readonly string[], at: number, end: number): string {
  const [, before = "", name = "", first = ""] = BEGINS.exec(lines[at] ?? "") ?? [];
  const [last = "", after = ""] = (lines[end] ?? "").split(endingOf(name));
  const code = cellText(["```", first, ...lines.slice(at + 1, end), last, "```"]);
  const isBehindWords = !/(?:\||<br\s*\/?>)\s*$/.test(before);
  const isBeforeWords = !/^\s*(?:\||<br\s*\/?>)/.test(after);
  return `${before}${isBehindWords ? "<br>" : ""}${code}${isBeforeWords ? "<br>" : ""}${after}`;
}

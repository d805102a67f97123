/**
 * Facts about a page, each on a line of its own: `Status: accepted`, as Notion exports its properties and
 * people begin postmortems. Markdown joins such lines into one, in which nobody finds them.
 */

import { followVerbatim } from "../lines/fences.ts";

const FACT = /^(?:\*\*|__)?[\p{Lu}\p{Lo}#][^:：|\n]{0,40}(?::(?:\*\*|__)?[ \t]+|：)\S/u;
const ENDS_LINE = /(?: {2}|\\)$/;

/** The same lines; facts below each other keep their ends: two of them at the top or below a title, three elsewhere. */
export function plainFacts(lines: readonly string[]): readonly string[] {
  if (!lines.some((line, at) => FACT.test(line) && FACT.test(lines[at + 1] ?? ""))) return lines;
  const verbatim = followVerbatim();
  const isFact = lines.map((line) => !verbatim.holds(line) && FACT.test(line));
  const written = [...lines];
  const first = lines.findIndex((line) => line.trim() !== "");
  let at = 0;
  while (at < lines.length) {
    const end = endOfBlock(lines, at);
    const isTop = /^#\s/.test(lineBefore(lines, at)) || at <= first;
    const least = isTop ? 2 : 3;
    if (end - at >= least && isFact.slice(at, end).every(Boolean)) {
      for (let line = at; line < end - 1; line += 1) written[line] = withEnd(lines[line] ?? "");
    }
    at = Math.max(end, at + 1);
  }
  return written;
}

/** The line behind the text that begins here. */
function endOfBlock(lines: readonly string[], from: number): number {
  let end = from;
  while (end < lines.length && !isEdge(lines[end] ?? "")) end += 1;
  return end;
}

function isEdge(line: string): boolean {
  return line.trim() === "" || /^#{1,6}\s/.test(line);
}

/** The last line before this one that is not empty; at most one empty line is between them. */
function lineBefore(lines: readonly string[], at: number): string {
  const line = lines[at - 1] ?? "";
  return line.trim() === "" ? (lines[at - 2] ?? "") : line;
}

function withEnd(line: string): string {
  return ENDS_LINE.test(line) ? line : `${line}\\`;
}

/**
 * Lists and quotations without an end within each other: the parser's time grows with the square of the
 * nesting, and a line of 20,000 list markers takes three minutes (measured). What is nested deeper than any
 * page for people is shown less deep; its words stay.
 */

import { endsFence, type Fence, fenceOf } from "../lines/fences.ts";
import { indentOf } from "../lines/indentation.ts";

/** Markers of lists and quotations on one line. */
const MOST_MARKERS = 50;
/** Lists within each other by their indentation. */
const MOST_LISTS = 50;

export interface FlatLines {
  readonly markdown: string;
  /** The first line, from 1, that stands less deep than it was. */
  readonly line?: number;
}

/** The same lines, as many as before. */
export function flattenDeepLines(markdown: string): FlatLines {
  const lists: number[] = [];
  let fence: Fence | undefined;
  let first: number | undefined;
  const lines = markdown.split("\n").map((line, at) => {
    const isCode = fence !== undefined;
    if (fence !== undefined) fence = endsFence(line, fence) ? undefined : fence;
    else fence = fenceOf(line);
    const flat = lessIndented(isCode ? line : lessMarked(line), lists, isCode);
    if (flat !== line) first ??= at + 1;
    return flat;
  });
  return first === undefined ? { markdown } : { markdown: lines.join("\n"), line: first };
}

const MARKER = /[>*+\-.)](?=\s|>|$)/g;

function lessMarked(line: string): string {
  const opening = /^[\s>*+\-\d.)]*/.exec(line)?.[0] ?? "";
  if (opening.length <= MOST_MARKERS || /^\s*(?:(?:[-*+]\s*)+|-+)$/.test(line)) return line;
  const markers = [...opening.matchAll(MARKER)];
  const last = markers[MOST_MARKERS - 1];
  if (markers.length <= MOST_MARKERS || last === undefined) return line;
  return `${line.slice(0, last.index + 1)} ${line.slice(opening.length)}`;
}

/** `lists` has the indentations of the lists that the line may stand in. */
function lessIndented(line: string, lists: number[], isCode: boolean): string {
  const indent = indentOf(line);
  const deepest = lists.at(-1) ?? 0;
  const isItem = !isCode && /^(?:[-*+]|\d{1,9}[.)])(?:\s|$)/.test(line.slice(indent, indent + 12));
  if (lists.length < MOST_LISTS || indent <= deepest) {
    if (isItem) {
      while (lists.length > 0 && indent <= (lists.at(-1) ?? 0)) lists.pop();
      lists.push(indent);
    }
    return line;
  }
  if (isItem) return `${" ".repeat(deepest)}${line.slice(indent)}`;
  // Four columns further than the item's words it would be code.
  return `${" ".repeat(Math.min(indent, deepest + 2))}${line.slice(indent)}`;
}

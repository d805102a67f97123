/**
 * Fences that their item or quote leaves open, as in CommonMark, ends that stand before a tag, and code at
 * the left of its item. All who look at lines alone would take what follows for code, and code for text: here
 * each such fence has its end, with as many lines as before.
 */

import { columnsOf, endsFence, type Fence, fenceOf } from "../lines/fences.ts";
import { CODE_INDENT, widthOf } from "../lines/indentation.ts";
import { codeElement, plainLines } from "./jsx-code.ts";
import { followItems } from "./lists.ts";

const CANDIDATE = /^(?:[ \t]+|\s*(?:>|[-*+]|\d{1,9}[.)]).*)(?:`{3}|~{3})|(?:`{3}|~{3})\s*\{%/;
/** Where this begins at the left, the item is over. */
const OTHER_BLOCK = /^(?:[-*+]\s|[>#<]|\d{1,9}[.)]\s)/;
const TAG_BEHIND = /^(\s*(?:`{3,}|~{3,}))\s*\{%-?\s*end\w+\s*-?%\}\s*$/;

interface OpenFence {
  readonly at: number;
  readonly fence: Fence;
  /** What stands before its signs. */
  readonly before: string;
  /** Where the text of its item begins; 0 outside of lists. */
  readonly item: number;
}

/** The same lines, in which fences end where their authors see them end. */
export function closeFences(lines: readonly string[]): readonly string[] {
  if (!lines.some((line) => CANDIDATE.test(line))) return lines;
  const written = [...lines];
  const itemOf = followItems();
  let open: OpenFence | undefined;
  for (let at = 0; at < written.length; at += 1) {
    const line = written[at] ?? "";
    if (open !== undefined && isWithin(line, open)) {
      const behind = TAG_BEHIND.exec(line)?.[1];
      if (behind !== undefined && endsFence(behind, open.fence)) written[at] = behind;
      if (endsFence(written[at] ?? "", open.fence)) open = undefined;
      continue;
    }
    if (open !== undefined && isNearEnd(line, open)) {
      written[at] = " ".repeat(columnsOf(open.before)) + open.fence.mark;
      open = undefined;
      continue;
    }
    if (open !== undefined) {
      const end = endOfLeftCode(written, at, open);
      if (end !== -1) {
        const by = " ".repeat(columnsOf(open.before));
        indent(written, { from: at, to: end, by: open.before.trim() === "" ? open.before : by });
        // At the left, the end would begin other code.
        if (written[end]?.startsWith(open.fence.mark)) written[end] = by + open.fence.mark;
        at = end;
        open = undefined;
        continue;
      }
      closeAbove(written, at, open);
      open = undefined;
      if (line.trim() === "") continue;
    }
    const item = itemOf(line);
    const fence = fenceOf(line);
    if (fence === undefined) continue;
    const end = item === 0 && fence.column >= CODE_INDENT ? forgottenEnd(written, at) : -1;
    if (end === -1) open = { at, fence, before: line.slice(0, line.indexOf(fence.mark)), item };
    else {
      written[end] = " ".repeat(fence.column) + fence.mark;
      at = end;
    }
  }
  return written;
}

const MOST_LINES = 200;
const HEADING = /^#{2,6}\s/;

/**
 * The empty line with which code ends that stands far in, when a heading and then the beginning of other code come
 * before any end; -1 otherwise.
 */
function forgottenEnd(lines: readonly string[], at: number): number {
  const below = lines.slice(at + 1, at + MOST_LINES);
  const next = below.findIndex((line) => fenceOf(line) !== undefined);
  const isBeginning = /^`{3,}\w/.test(below[next] ?? "");
  if (!isBeginning || !below.slice(0, next).some((line) => HEADING.test(line))) return -1;
  const end = below.findIndex(
    (line, row) => line.trim() === "" && /^\S/.test(below[row + 1] ?? ""),
  );
  return end === -1 || end > next ? -1 : at + 1 + end;
}

/** Whether the line stands in the same quote or item as the fence. */
function isWithin(line: string, { before, item }: OpenFence): boolean {
  if (before.includes(">")) return /^\s*>/.test(line);
  return item === 0 || line.trim() === "" || widthOf(line) >= item;
}

/** An end that stands a little to the left of its item, and not at the left of the page. */
function isNearEnd(line: string, { before, fence }: OpenFence): boolean {
  return !before.includes(">") && widthOf(line) > 0 && endsFence(line, fence);
}

/** Code right below its fence or other code and at the left of it, as far as the end that stands below the beginning. */
function endOfLeftCode(lines: readonly string[], at: number, open: OpenFence): number {
  const isItem = /^\s*[-*+]\s+$/.test(open.before);
  if (open.before.trim() !== "" && !isItem) return -1;
  if (isItem && (at !== open.at + 1 || OTHER_BLOCK.test(lines[at] ?? ""))) return -1;
  const isBelowCode = lines[at - 1]?.trim() !== "" && !OTHER_BLOCK.test(lines[at] ?? "");
  if (at !== open.at + 1 && !isBelowCode) return -1;
  let end = at;
  while (end < lines.length && fenceOf(lines[end] ?? "") === undefined) end += 1;
  const mark = isItem ? open.fence.mark : open.before + open.fence.mark;
  return lines[end]?.trimEnd() === mark ? end : -1;
}

function indent(lines: string[], { from, to, by }: { from: number; to: number; by: string }): void {
  for (let at = from; at < to; at += 1) {
    if (lines[at]?.trim() !== "") lines[at] = by + (lines[at] ?? "");
  }
}

/** An empty line at the end of the quote or item becomes the end of the fence; without one, its first line holds all. */
function closeAbove(lines: string[], at: number, open: OpenFence): void {
  const { before, fence } = open;
  const isQuote = before.includes(">");
  const place = isQuote ? at : at - 1;
  if (lines[place]?.trim() !== "") {
    if (!isQuote) inFirstLine(lines, at, open);
    return;
  }
  lines[place] = (isQuote ? before : " ".repeat(columnsOf(before))) + fence.mark;
}

function inFirstLine(lines: string[], end: number, { at, before, fence }: OpenFence): void {
  const text = plainLines(lines.slice(at + 1, end)).join("\n");
  if (text === "" || end - at > MOST_LINES) return;
  const [language = ""] = (lines[at] ?? "").slice(before.length + fence.mark.length).split(/\s/);
  lines.fill("", at, end);
  lines[at] = before + codeElement({ text }, language);
}

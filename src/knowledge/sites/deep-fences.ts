/**
 * Fences of steps that stand too far in: four columns behind the text of their item, or right below words, where
 * CommonMark takes them for code by its indentation or for more of the words. As many lines as before.
 */

import { endsFence, type Fence, fenceOf } from "../lines/fences.ts";
import { CODE_INDENT, widthOf } from "../lines/indentation.ts";
import { followItems } from "./lists.ts";

const DEEP = /^(?: {4}|\t).*(?:`{3}|~{3})/;
const MOST_LINES = 500;

/** The same lines, in which such fences, and the code in them, stand where their item's text does. */
export function plainDeepFences(lines: readonly string[]): readonly string[] {
  if (!lines.some((line) => DEEP.test(line))) return lines;
  const written = [...lines];
  const itemOf = followItems();
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? "";
    const fence = fenceOf(line);
    const item = itemOf(line);
    if (fence === undefined) continue;
    const end = endOf(lines, at, fence);
    const isAlone = line.trimStart().startsWith(fence.mark);
    const isBelowText = item > 0 || (lines[at - 1] ?? "").trim() !== "";
    const by = fence.column - item;
    if (isAlone && isBelowText && by >= CODE_INDENT && end !== undefined) {
      const last = lastOfText(lines, end, fence.column);
      for (let row = at; row <= last; row += 1) written[row] = further(lines[row] ?? "", by);
    }
    at = end ?? lines.length;
  }
  return written;
}

function endOf(lines: readonly string[], at: number, fence: Fence): number | undefined {
  const row = lines.slice(at + 1, at + MOST_LINES).findIndex((line) => endsFence(line, fence));
  return row === -1 ? undefined : at + 1 + row;
}

/** Words right below the end and as far in as it would be code now. */
function lastOfText(lines: readonly string[], end: number, column: number): number {
  let last = end;
  while (isText(lines[last + 1], column)) last += 1;
  return last;
}

function isText(line = "", column: number): boolean {
  return line.trim() !== "" && widthOf(line) >= column && fenceOf(line) === undefined;
}

/** The line so many columns further left, as far as there is space. */
function further(line: string, by: number): string {
  return " ".repeat(Math.max(0, widthOf(line) - by)) + line.trimStart();
}

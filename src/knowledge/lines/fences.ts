/** Fences of code: where one begins and ends (CommonMark 4.5), also in quotes and right behind a list's mark. */

import { CODE_INDENT, widthOf } from "./indentation.ts";

/** What Python underlines in a traceback that is code by its indentation, `    ~~~~^^`, begins none. */
const OPENS =
  /^(?!(?: {4}|\t)\s*~{3,}\^)\s*(?:(?:>|[-*+]|\d{1,9}[.)])\s+|>)*(`{3,}(?=[^`]*$)|~{3,})/;
const ENDS = /^\s*(?:> ?)*\s*(`{3,}|~{3,})\s*$/;

/** A fence that is open. */
export interface Fence {
  readonly mark: string;
  /** Columns before its signs. */
  readonly column: number;
}

/** The fence that opens in this line; undefined when none does. */
export function fenceOf(line: string): Fence | undefined {
  const mark = hasMark(line) ? OPENS.exec(line)?.[1] : undefined;
  return mark === undefined ? undefined : { mark, column: columnOf(line, mark) };
}

/** Whether the line ends the fence, at most three columns further in than it began: others are code in it. */
export function endsFence(line: string, fence: Fence): boolean {
  const mark = endOf(line, fence);
  return mark !== undefined && columnOf(line, mark) < fence.column + CODE_INDENT;
}

/** The signs of an end, in whatever column. */
function endOf(line: string, { mark }: Fence): string | undefined {
  const found = hasMark(line) ? ENDS.exec(line)?.[1] : undefined;
  return found?.[0] === mark[0] && (found?.length ?? 0) >= mark.length ? found : undefined;
}

/** Columns before the first of these signs. */
function columnOf(line: string, mark: string): number {
  return columnsOf(line.slice(0, line.indexOf(mark)));
}

/** The columns of what a line begins with, such as the mark of an item and the spaces around it. */
export function columnsOf(opening: string): number {
  return widthOf(opening.replace(/[^\t]/g, " "));
}

/** Signs around code that nothing in it ends: one more than it has anywhere. */
export function markAround(code: readonly string[]): string {
  const longest = code
    .flatMap((line) => line.match(/`{3,}/g) ?? [])
    .reduce((most, { length }) => Math.max(most, length), 2);
  return "`".repeat(longest + 1);
}

/** MDX knows no code by indentation, and its fences end in any column: the same lines with such ends where they began. */
export function withMdxEnds(lines: readonly string[]): string[] {
  let fence: Fence | undefined;
  return lines.map((line) => {
    if (fence === undefined) {
      fence = fenceOf(line);
      return line;
    }
    const open = fence;
    if (endOf(line, open) === undefined) return line;
    fence = undefined;
    if (endsFence(line, open) || !/^\s*[`~]/.test(line)) return line;
    return " ".repeat(open.column) + line.trimStart();
  });
}

/** Most lines have none, and are not looked at further. */
function hasMark(line: string): boolean {
  return line.includes("```") || line.includes("~~~");
}

/** Which lines stand in code that is fenced, its marks included. */
export function linesOfFences(lines: readonly string[]): boolean[] {
  let fence: Fence | undefined;
  return lines.map((line) => {
    if (fence === undefined) {
      fence = fenceOf(line);
      return fence !== undefined;
    }
    if (endsFence(line, fence)) fence = undefined;
    return true;
  });
}

const VERBATIM = /^\s*<(pre|script|style|textarea)\b/i;

/** Fences and tags around code, whose lines are no Markdown, and blocks of HTML to their blank line. */
export function followVerbatim(): {
  holds(line: string): boolean;
  /** The fence that the last line has left open. */
  fence(): Fence | undefined;
} {
  let fence: Fence | undefined;
  let end: RegExp | undefined;
  return {
    fence: () => fence,
    holds(line) {
      if (fence !== undefined) {
        if (endsFence(line, fence)) fence = undefined;
        return true;
      }
      if (end !== undefined) {
        if (end.test(line)) end = undefined;
        return true;
      }
      fence = fenceOf(line);
      if (fence !== undefined) return true;
      end = endOfHtml(line);
      if (end?.test(line)) end = undefined;
      return /^\s*</.test(line);
    },
  };
}

function endOfHtml(line: string): RegExp | undefined {
  if (!/^\s*</.test(line)) return undefined;
  const name = VERBATIM.exec(line)?.[1];
  if (name !== undefined) return new RegExp(`</${name}`, "i");
  return /^\s*<!--/.test(line) ? /-->/ : /^\s*$/;
}

/** Remarks of Obsidian over several lines: `%%` begins and ends one, but signs in a fence end nothing. */

import { linesOfFences } from "../lines/fences.ts";

export const OBSIDIAN_END = /%%\s*$/;

/** Whether a line begins with such a remark and does not end it. */
export function beginsRemark(line: string): boolean {
  return /^\s*%%(?:(?!%%).)*$/.test(line);
}

/** Where such a remark may end: a notebook's code has lines of `%%`, and prose that begins so is no remark then. */
export function followObsidian(lines: readonly string[]): {
  /** Whether one ends behind this line; undefined for the end of anything else. */
  comesLater(end: RegExp, index: number): boolean | undefined;
  /** Whether this line may be the end of what is open. */
  mayEnd(end: RegExp, index: number): boolean;
} {
  let fenced: readonly boolean[] | undefined;
  let last: number | undefined;
  const isCode = (index: number): boolean => {
    fenced ??= linesOfFences(lines);
    return fenced[index] === true;
  };
  return {
    comesLater(end, index) {
      if (end !== OBSIDIAN_END) return undefined;
      last ??= lines.findLastIndex((line, at) => end.test(line) && !isCode(at));
      return last > index;
    },
    mayEnd: (end, index) => end !== OBSIDIAN_END || !isCode(index),
  };
}

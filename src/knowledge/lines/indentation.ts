/** How far in a line stands. */

/** Four columns further in, words are code, or more of the words above (CommonMark 4.4). */
export const CODE_INDENT = 4;
/** A tab goes on to the next column that is a multiple of it (CommonMark 2.2). */
const TAB = 4;

/** The characters of a line's indentation. */
export function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

/** The columns of a line's indentation; a tab goes on to the next one of four. */
export function widthOf(line: string): number {
  let width = 0;
  for (const sign of line) {
    if (sign === "\t") width += TAB - (width % TAB);
    else if (sign === " ") width += 1;
    else break;
  }
  return width;
}

/** Code by its indentation, or more of the words above; items of a list may stand so far in, too. */
const MAY_BE_CODE = /^(?: {4}|\t)\s*(?![-*+]\s|\d+[.)]\s)/;

/** Whether a line stands so far in that it may be code, and is no item of a list. */
export function mayBeIndentedCode(line: string): boolean {
  return MAY_BE_CODE.test(line);
}

/** The prose of a page: signs of Markdown in code are no signs. */

import { followVerbatim } from "../lines/fences.ts";
import { CODE_INDENT, widthOf } from "../lines/indentation.ts";
import { withoutCode } from "./code-spans.ts";
import { followLists } from "./lists.ts";

/** As many lines: "" for what is no prose, and other signs, as many, in place of code among words. */
export function proseWithoutCode(lines: readonly string[]): string[] {
  const isProse = linesOfProse(lines);
  return lines.map((line, at) => (isProse[at] === true ? withoutCode(line) : ""));
}

/** Which lines hold words outside fences, HTML and code by its indentation. */
export function linesOfProse(lines: readonly string[]): boolean[] {
  const verbatim = followVerbatim();
  const indentOf = followLists();
  let isBelowProse = false;
  return lines.map((line) => {
    if (verbatim.holds(line)) isBelowProse = false;
    else {
      const isInItem = indentOf(line) !== "";
      // Words that go on in the next line may stand anywhere in it.
      const isWords = isInItem || isBelowProse || widthOf(line) < CODE_INDENT;
      isBelowProse = isWords && line.trim() !== "";
    }
    return isBelowProse;
  });
}

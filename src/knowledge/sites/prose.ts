/** The prose of a page: signs of Markdown in code are no signs. */

import { followVerbatim } from "../lines/fences.ts";
import { CODE_INDENT, widthOf } from "../lines/indentation.ts";
import { followBodies } from "./bodies.ts";
import { withoutCode } from "./code-spans.ts";
import { followLists } from "./lists.ts";

/** As many lines: "" for what is no prose, and other signs, as many, in place of code among words. */
export function proseWithoutCode(lines: readonly string[]): string[] {
  const isProse = linesOfProse(lines);
  return lines.map((line, at) => (isProse[at] === true ? withoutCode(line) : ""));
}

/** A note or a tab of MkDocs, whose body is indented as code is. */
const OPENS_BODY = /^\s*(?:(?:!!!|\?\?\?\+?)\s+[\p{L}"]|===[!+]?\s+")/u;

/** Which lines hold words outside fences, HTML and code by its indentation. */
export function linesOfProse(lines: readonly string[]): boolean[] {
  return placesOfProse(lines).map((place) => place !== undefined);
}

/** The same, each with the indentation by which a block may begin in the line; undefined for what is no prose. */
export function placesOfProse(lines: readonly string[]): (string | undefined)[] {
  const verbatim = followVerbatim();
  const indentOf = followLists();
  const bodies = followBodies();
  let isBelowProse = false;
  return lines.map((written) => {
    const line = bodies.without(written);
    let indent = "";
    if (verbatim.holds(line)) isBelowProse = false;
    else {
      if (OPENS_BODY.test(line)) bodies.open(written);
      indent = indentOf(line);
      const isInItem = indent !== "";
      // Words that go on in the next line may stand anywhere in it.
      const isWords = isInItem || isBelowProse || widthOf(line) < CODE_INDENT;
      isBelowProse = isWords && line.trim() !== "";
    }
    return isBelowProse ? written.slice(0, written.length - line.length) + indent : undefined;
  });
}

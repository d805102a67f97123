/** Words with attributes, `[words]{.class}` of Pandoc, that begin in one line and end in another: the words alone. */

import { type Edit, withEdits } from "./edits.ts";
import { proseWithoutCode } from "./prose.ts";
import { SPAN_ATTRIBUTES } from "./roles.ts";

const ENDS = new RegExp(String.raw`\]\{${SPAN_ATTRIBUTES}\}`);
const SIGN = new RegExp(String.raw`(?<!\\)(?:\[|\](\{${SPAN_ATTRIBUTES}\})?)`, "g");

/** The same lines, as many as before. */
export function plainLongSpans(lines: readonly string[]): readonly string[] {
  if (!lines.some((line) => line.includes("]{") && ENDS.test(line))) return lines;
  const edits: Edit[] = [];
  let open: { readonly line: number; readonly at: number }[] = [];
  for (const [line, text] of proseWithoutCode(lines).entries()) {
    if (text.trim() === "") open = [];
    for (const { 0: sign, 1: attributes, index: at } of text.matchAll(SIGN)) {
      if (sign === "[") {
        open.push({ line, at });
        continue;
      }
      const from = open.pop();
      if (attributes === undefined || from === undefined || from.line === line) continue;
      edits.push({ line: from.line, from: from.at, to: from.at + 1, words: "" });
      edits.push({ line, from: at, to: at + sign.length, words: "" });
    }
  }
  return withEdits(lines, edits);
}

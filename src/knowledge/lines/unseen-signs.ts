/** Signs that nobody sees: editors and wikis leave them behind, in words and before them. */

import { linesOfFences } from "./fences.ts";
import { CODE_INDENT, widthOf } from "./indentation.ts";

/** In a command that is copied, they break it, and in a word, its search. */
const UNSEEN = /[\u00AD\u200B\u2060\uFEFF\uFFFC]/g;
const HARD_SPACE = /\u00A0/g;
/** Before the words of a line; before a mark they may say how deep an item stands. */
const AT_LEFT =
  /^([ \t]*)((?:\u00AD|\u200B|\u2060|\uFEFF|\uFFFC|\u00A0)[\u00AD\u200B\u2060\uFEFF\uFFFC\u00A0 \t]*)(?=[\p{L}\d[(*_])(?![*+-]\s|\d+[.)]\s)/u;
const HAS_SOME_AT_LEFT = /^[ \t]*[\u00AD\u200B\u2060\uFEFF\uFFFC\u00A0]/m;

/** Before marks that end bold words, one parts them from a blank, behind which they would end nothing (CommonMark 6.2). */
const BEFORE_END = /([ \t]+)\u200B+(\*{1,3}|_{1,3})(?=[\u200B\s.,:;!?)|]|$)/g;

/** The text without them, and with spaces for hard ones. */
export function withoutUnseenSigns(text: string): string {
  const plain = HAS_SOME_AT_LEFT.test(text) ? withPlainIndents(text) : text;
  const ended = plain.includes("\u200B") ? plain.replace(BEFORE_END, "$2$1") : plain;
  return ended.replace(UNSEEN, "").replace(HARD_SPACE, " ");
}

/** Markdown takes such signs for words: what stands behind them at the left is no code, however far in it is. */
function withPlainIndents(text: string): string {
  const lines = text.split("\n");
  const isCode = linesOfFences(lines);
  return lines
    .map((line, at) => (isCode[at] === true ? line : line.replace(AT_LEFT, near)))
    .join("\n");
}

function near(written: string, spaces: string, signs: string): string {
  const width = widthOf(signs.replace(UNSEEN, "").replace(HARD_SPACE, " "));
  return width < CODE_INDENT ? written : spaces + " ".repeat(CODE_INDENT - 1);
}

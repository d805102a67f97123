/**
 * `{: .warning }` above or below a paragraph or a quote, as Just the Docs and its likes mark a remark: what kind
 * it is begins its first line; `{: .note-title }` takes that line for its title. Source: the manual of Just the
 * Docs, and kramdown's of attribute lists (one right below a block belongs to it, else to the block below).
 */

import { KINDS_OF_CLASSES, labelLine, remark } from "../markdown/remarks.ts";
import { linesOfProse } from "./prose.ts";

const MARK = new RegExp(
  String.raw`^\s{0,3}(?:>\s?)?\{:\s*(?:[^{}]*\s)?\.(${KINDS_OF_CLASSES})(-title)?(?=[\s}])[^{}]*\}\s*$`,
);
const WORDS = /^ {0,3}(?![-*+]\s|\d{1,9}[.)]\s|[|#<=]|`{3}|~{3}|\{|-{3,}\s*$|\s*$)/;

/** The same lines, as many as before. */
export function plainKramdownRemarks(lines: readonly string[]): readonly string[] {
  if (!lines.some((line) => MARK.test(line))) return lines;
  const isProse = linesOfProse(lines);
  const plain = [...lines];
  for (const [at, line] of lines.entries()) {
    const [, kind, title] = isProse[at] === true ? (MARK.exec(line) ?? []) : [];
    if (kind === undefined) continue;
    const first = isText(lines[at - 1]) ? firstOfBlock(lines, at - 1) : at + 1;
    const [, quote = "", words = ""] = /^(\s*(?:>\s?)*)(.*)$/.exec(lines[first] ?? "") ?? [];
    if (!isText(lines[first]) || words.trim() === "") continue;
    plain[at] = "";
    plain[first] =
      title === undefined
        ? `${quote}**${remark(kind)}:** ${words}`
        : `${quote}${labelLine(remark(kind, words.trim()))}`;
  }
  return plain;
}

function isText(line = ""): boolean {
  return WORDS.test(line.replace(/^\s*(?:>\s?)+/, ""));
}

function firstOfBlock(lines: readonly string[], last: number): number {
  let first = last;
  while (first > 0 && isText(lines[first - 1])) first -= 1;
  return first;
}

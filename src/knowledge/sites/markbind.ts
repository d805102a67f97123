/**
 * What MarkBind adds to Markdown: front matter between tags, `<variable name="code">` for what an include shows,
 * pictures and trees as elements, and includes among words. Source: markbind.org, "User Guide".
 */

import { linesOfFences, markAround } from "../lines/fences.ts";
import { mayBeIndentedCode } from "../lines/indentation.ts";
import { withWordsBetween } from "./code-spans.ts";

const SIGN = /<(?:frontmatter|variable\s|tree>|pic\s|puml\s|include\s[^<>]*(?:boilerplate|inline))/;
const FRONT = { begins: /^\s*<frontmatter>\s*$/, ends: /^\s*<\/frontmatter>\s*$/ };
const CODE = { begins: /^(\s*)<variable\s+name="code\w*">\s*$/, ends: /^\s*<\/variable>\s*$/ };
const TREE = { begins: /^(\s*)<tree>\s*$/, ends: /^\s*<\/tree>\s*$/ };
const BLOCKS = [FRONT, CODE, TREE];
type TaggedBlock = (typeof BLOCKS)[number];

/** Only the include needs them. */
const NO_WORDS =
  /<variable\s+name="[^"<>]*"\s*\/>|<variable\s+name="highlightStyle">[^<>]*<\/variable>|<include\s[^<>]*\sboilerplate\s*>|^\s*<\/include>\s*$|^\s*(?:<variable\s+(?:name|id)="[^"<>]*">|<\/variable>)\s*$/g;
const VARIABLE = /<variable\s+name="[^"<>]*">([^<>]*)<\/variable>/g;
const INLINE = /<include\s+src="([^"<>]*)"[^<>]{0,300}\sinline\b[^<>]{0,300}>(?:<\/include>)?/g;
const PICTURE = /<(?:pic|puml|thumbnail)(?=\s[^<>]*\ssrc=|\ssrc=)/g;
const NO_PICTURE = /<thumbnail\s[^<>]*>|<\/(?:pic|thumbnail)>/g;

/** The same lines, as many as before. */
export function plainMarkBind(lines: readonly string[]): readonly string[] {
  if (!lines.some((line) => SIGN.test(line))) return lines;
  const isCode = linesOfFences(lines);
  const written = [...lines];
  const lastEnds = new Map(
    BLOCKS.map((block) => [block, lines.findLastIndex((line) => block.ends.test(line))]),
  );
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? "";
    if (isCode[at] === true || !line.includes("<")) continue;
    const block = BLOCKS.find((each) => each.begins.test(line) && at < (lastEnds.get(each) ?? -1));
    if (block === undefined) {
      if (!mayBeIndentedCode(line)) written[at] = plainWords(line);
      continue;
    }
    let end = at + 1;
    while (!block.ends.test(lines[end] ?? "")) end += 1;
    writeBlock(written, { block, at, end });
    at = end;
  }
  return written;
}

function writeBlock(
  lines: string[],
  { block, at, end }: { block: TaggedBlock; at: number; end: number },
): void {
  if (block === FRONT) {
    lines.fill("", at, end + 1);
    return;
  }
  const indent = block.begins.exec(lines[at] ?? "")?.[1] ?? "";
  const mark = indent + markAround(lines.slice(at + 1, end));
  lines[at] = mark;
  lines[end] = mark;
}

function plainWords(line: string): string {
  return withWordsBetween(line, (words) =>
    words
      .replace(NO_WORDS, "")
      .replace(VARIABLE, "$1")
      .replace(INLINE, "[$1]($1)")
      .replace(PICTURE, "<img")
      .replace(NO_PICTURE, ""),
  );
}

/**
 * What MarkBind adds to Markdown: front matter between tags, `<variable name="code">` for what an include shows,
 * pictures and trees as elements, and includes among words. Source: markbind.org, "User Guide".
 */

import { linesOfFences, markAround } from "../lines/fences.ts";
import { mayBeIndentedCode } from "../lines/indentation.ts";
import { withWordsBetween } from "./code-spans.ts";
import { attribute } from "./tag-attributes.ts";

const SIGN =
  /<(?:frontmatter|variable\s|tree>|pic\s|puml\s|mermaid>|annotate\s|d-table[\s>]|head-(?:top|bottom)>|site-nav>|page-nav(?:-print)?[\s>]|navbar\s|thumbnail\s|include\s+src=)/;
const FRONT = { begins: /^\s*<frontmatter>\s*$/, ends: /^\s*<\/frontmatter>\s*$/ };
const CODE = { begins: /^(\s*)<variable\s+name="code\w*">\s*$/, ends: /^\s*<\/variable>\s*$/ };
const TREE = { begins: /^(\s*)<tree>\s*$/, ends: /^\s*<\/tree>\s*$/ };
/** What a drawing is made of; with an address it is a picture. */
const DRAWING = {
  begins: /^(\s*)<(?:mermaid|puml(?![^<>]*\ssrc=))(?:\s[^<>]*)?>\s*$/,
  ends: /^\s*<\/(?:mermaid|puml)>\s*$/,
};
/** What stands in the head of a page of HTML. */
const HEAD = {
  begins: /^\s*<head-(?:top|bottom)>\s*$/,
  ends: /^\s*<\/head-(?:top|bottom)>\s*$/,
};
const BLOCKS = [FRONT, HEAD, CODE, TREE, DRAWING];
type TaggedBlock = (typeof BLOCKS)[number];

/** Only the include needs them, or they say where something stands. */
const NO_WORDS =
  /^\s*<\/?(?:d-table|site-nav|page-nav(?:-print)?|navbar|annotate)(?=[\s>])(?![^<>]*\ssrc=)[^<>]*>\s*$|<\/a-point>|<variable\s+name="[^"<>]*"\s*\/>|<variable\s+name="highlightStyle">[^<>]*<\/variable>|<include\s[^<>]*\sboilerplate\s*>|^\s*<\/include>\s*$|^\s*(?:<variable\s+(?:name|id)="[^"<>]*">|<\/variable>)\s*$/g;
const VARIABLE = /<variable\s+name="[^"<>]*">([^<>]*)<\/variable>/g;
const INLINE = /<include\s+src="([^"<>]*)"[^<>]{0,300}\sinline\b[^<>]{0,300}>(?:<\/include>)?/g;
/** Among words, all that a file holds. */
const AMONG_WORDS = /(?<=\S[ \t]{0,9})<include\s+src="([^"<>]*)"\s*\/>/g;
const PICTURE = /<(?:pic|puml|thumbnail|annotate)(?=\s[^<>]*\ssrc=|\ssrc=)/g;
const NO_PICTURE = /<thumbnail\s[^<>]*>|<\/(?:pic|thumbnail)>/g;

/** What is said of a point in a picture: `<a-point x="25%" y="25%" header="Disk" content="It is full" />`. */
const POINT = /^\s*<a-point\s([^<>]*?)\/?>/;

function pointWords(all: string, given: string): string {
  const [label, header, content] = ["label", "header", "content"].map((name) =>
    attribute(given, name),
  );
  const said = [label, header, content].filter((words) => words !== undefined && words !== "");
  return said.length === 0 ? all.replace(POINT, "") : `- ${said.join(": ")}`;
}

/** The same lines, as many as before. */
export function plainMarkBind(lines: readonly string[]): readonly string[] {
  if (!lines.some((line) => SIGN.test(line))) return lines;
  const isCode = linesOfFences(lines);
  const written = [...lines];
  const lastEnds = new Map(
    BLOCKS.map((block) => [block, lines.findLastIndex((line) => block.ends.test(line))]),
  );
  let isFarIn = false;
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? "";
    if (isFarIn && line.trim() !== "") isFarIn = mayBeIndentedCode(line);
    if (isCode[at] === true || !line.includes("<")) continue;
    const block = BLOCKS.find((each) => each.begins.test(line) && at < (lastEnds.get(each) ?? -1));
    if (block === undefined) {
      // Right below words or tags, no code begins.
      isFarIn = mayBeIndentedCode(line) && (isFarIn || lines[at - 1]?.trim() === "");
      if (!isFarIn) written[at] = plainWords(line);
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
  if (block === FRONT || block === HEAD) {
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
      .replace(POINT, pointWords)
      .replace(INLINE, "[$1]($1)")
      .replace(AMONG_WORDS, "[$1]($1)")
      .replace(PICTURE, "<img")
      .replace(NO_PICTURE, ""),
  );
}

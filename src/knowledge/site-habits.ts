/**
 * What site generators add to Markdown -> plain Markdown, line by line: admonitions and tabs of MkDocs,
 * directives and JSX of Docusaurus, shortcodes of Hugo, tags of Jekyll, callouts and links of Obsidian,
 * alerts of GitHub, includes of GitLab.
 *
 * Each line stays one line, so that a place in the result is a place in the file. Code is left alone,
 * but loses the indentation that a directive's body has.
 */

import { headingLevel, labelLine, plainLine, type SiteLine } from "./site-lines.ts";

/** Columns by which MkDocs indents the body of an admonition or tab. */
const BODY_INDENT = 4;

interface Fence {
  readonly mark: string;
  /** How many bodies it stands in: with the body, the fence ends. */
  readonly bodies: number;
}

/** The text in Markdown that any parser reads, with as many lines as before. */
export function plainMarkdown(text: string): string {
  if (!HAS_HABITS.test(text)) return text;
  const bodies: number[] = [];
  const written: string[] = [];
  let fence: Fence | undefined;
  let level = 1;
  for (const line of text.split("\n")) {
    const isBlank = line.trim() === "";
    while (!isBlank && bodies.length > 0 && indentOf(line) < (bodies.at(-1) ?? 0) + BODY_INDENT) {
      bodies.pop();
    }
    if (fence !== undefined && fence.bodies > bodies.length) fence = undefined;
    const own = line.slice(Math.min(indentOf(line), bodies.length * BODY_INDENT));
    if (fence !== undefined) {
      if (closes(own, fence.mark)) fence = undefined;
      written.push(own);
      continue;
    }
    const mark = FENCE.exec(own)?.[1];
    if (mark !== undefined) {
      fence = { mark, bodies: bodies.length };
      written.push(own);
      continue;
    }
    level = headingLevel(own) ?? level;
    const read: SiteLine = plainLine(own);
    if (read.opensBody === true) bodies.push(indentOf(line));
    if (read.opensFence === true) fence = { mark: "```", bodies: bodies.length };
    if (read.anchor !== undefined) nameHeading(written, read.anchor);
    written.push(textOf(read, level));
  }
  return written.join("\n");
}

/** Nothing of all this is in a page that has none of these signs. */
const HAS_HABITS =
  /^\s*(?:!!!|\?\?\?|===? |:::|\{%|--8<--|::include|import |export |\[\[?_?TOC|<\/?[A-Z])|\{\{[<%]|\[!\w+\]|\[\[|\{:|\{\/\*|<[A-Z]\w*[\s/>]/m;

const FENCE = /^\s*(?:> ?)*\s*(`{3,}|~{3,})/;

function closes(line: string, mark: string): boolean {
  const found = FENCE.exec(line)?.[1];
  return (
    found !== undefined &&
    found[0] === mark[0] &&
    found.length >= mark.length &&
    /[`~]\s*$/.test(line)
  );
}

function textOf({ text, label, tab }: SiteLine, level: number): string {
  if (tab !== undefined) return `${"#".repeat(Math.min(6, level + 1))} ${tab}`;
  return label === undefined ? (text ?? "") : labelLine(label);
}

/** Kramdown writes `{: #id}` below the heading; here it stands on its line. */
function nameHeading(written: string[], anchor: string): void {
  const last = written.at(-1) ?? "";
  if (headingLevel(last) !== undefined) written[written.length - 1] = `${last} {#${anchor}}`;
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

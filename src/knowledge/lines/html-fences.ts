/**
 * Fences of code within a block of HTML, right below a tag: CommonMark ends such a block at an empty line
 * only (4.6, condition 6) and takes the fence for words of it. Here they become `<pre>`, as many lines as
 * before, which is what their authors see on their sites. Headings there become `<h2>`.
 */

import { endsFence, type Fence, fenceOf } from "./fences.ts";

/** The names of condition 6; those that pages write. */
const OPENS =
  /^ {0,3}(?:(?:[-*+]|\d{1,9}[.)])\s+)?<\/?(?:address|article|aside|blockquote|body|caption|center|col|colgroup|dd|details|dialog|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|header|hr|li|main|menu|nav|ol|p|section|summary|table|tbody|td|tfoot|th|thead|tr|ul)(?:\s|\/?>|$)/i;

/** Whether a line begins a block of HTML, also right below a paragraph. */
export function beginsHtmlBlock(line: string): boolean {
  return OPENS.test(line);
}

/** The same lines, as many as before. */
export function fencesInHtml(lines: readonly string[]): string[] {
  const written: string[] = [];
  let isInHtml = false;
  let fence: Fence | undefined;
  while (written.length < lines.length) {
    const at = written.length;
    const line = lines[at] ?? "";
    const mark = fenceOf(line);
    if (fence !== undefined) {
      if (endsFence(line, fence)) fence = undefined;
      written.push(line);
      continue;
    }
    const end = mark === undefined ? -1 : endOf(lines, at, mark);
    if (isInHtml && end !== -1) {
      // In an item, what stands further at the left would end it.
      const indent = /^\s*/.exec(line)?.[0] ?? "";
      const code = lines.slice(at + 1, end).map((each) => codeLine(each, indent));
      written.push(`${indent}<pre>`, ...code, `${indent}</pre>`);
      continue;
    }
    if (mark !== undefined && !isInHtml) fence = mark;
    isInHtml = line.trim() !== "" && (isInHtml || OPENS.test(line));
    written.push(isInHtml ? withHeading(line) : line);
  }
  return written;
}

const HEADING = /^\s*(#{1,6})\s+(.*?)(?:\s*\{:?\s*#([^\s{}]+)[^}]*\})?\s*$/;

/** A heading of Markdown there is one to its author. */
function withHeading(line: string): string {
  const [, signs = "", title = "", anchor = ""] = HEADING.exec(line) ?? [];
  if (signs === "") return line;
  const tag = `h${signs.length}`;
  return `<${tag}${anchor === "" ? "" : ` id="${anchor}"`}>${title}</${tag}>`;
}

function endOf(lines: readonly string[], at: number, fence: Fence): number {
  return lines.findIndex((line, index) => index > at && endsFence(line, fence));
}

/** An empty line would end the block; a remark holds its place. */
function codeLine(line: string, indent: string): string {
  if (line.trim() === "") return `${indent}<!---->`;
  return line.replace(/&/g, "&amp;").replace(/</g, "&lt;");
}

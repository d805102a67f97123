/**
 * Remarks that a site writes as fences, "```smart header="Take care"", whose Markdown is no code; code in one
 * stands between fewer signs. Source: javascript.info, whose articles are in twenty languages.
 */

import { endsFence, type Fence, fenceOf } from "../lines/fences.ts";
import { labelLine, remark } from "../markdown/remarks.ts";

const NOTE =
  /^(\s*)(`{3,})[ \t]*(smart|warn|compare|online|offline|quote|mdx-code-block)(?:\s+(.*\S))?\s*$/;
const KINDS: ReadonlyMap<string, string> = new Map([
  ["smart", "note"],
  ["warn", "warning"],
]);
/** What is given, with quotes that some forget to end; what stands behind it is its first words. */
const NAMES = /(?:^|(?<=["'])\s+)(?:header|title|author|plus|minus)=\s*/g;
/** `[iframe src="a"]`, `[codetabs src="b"]` */
const SHOWN =
  /^(\s*)\[(iframe|codetabs|demo|edit|js|html)((?:\s+[\w-]+(?:=(?:"[^"\]]*"|[\w-]+))?)*)\](?![(:[])\s*$/;

/** As many lines as before. */
export function plainNoteFences(lines: readonly string[]): readonly string[] {
  if (!lines.some((line) => beginsNote(line) !== undefined)) return lines;
  const open: OpenFence[] = [];
  return lines.map((line) => {
    const last = open.at(-1);
    if (last !== undefined && endsFence(line, { mark: last.mark, column: last.column })) {
      open.pop();
      return last.isNote ? "" : line;
    }
    if (last?.isNote === false) return line;
    const note = beginsNote(line);
    const fence = note ?? fenceOf(line);
    if (fence !== undefined) open.push({ ...fence, isNote: note !== undefined });
    return note?.text ?? line.replace(SHOWN, shownFile);
  });
}

interface OpenFence extends Fence {
  readonly isNote: boolean;
}

/** The fence of a remark, and what stands for its beginning. */
function beginsNote(line: string): (Fence & { readonly text: string }) | undefined {
  const [, indent = "", mark = "", kind = "", given = ""] = NOTE.exec(line) ?? [];
  if (mark === "" || (given !== "" && !/^[a-z]+=/.test(given))) return undefined;
  const title = given
    .replace(NAMES, " ")
    .replace(/(["'])\s+\1(?=\S)/g, "; ")
    .trim()
    .replace(/^["']+\s*/, "")
    .replace(/(?<!["'])["']+$/, "")
    .trim()
    .replace(/"(?=\s\p{L})/u, ":");
  const label = KINDS.has(kind) ? remark(KINDS.get(kind) ?? "", title) : title;
  return { mark, column: indent.length, text: label === "" ? "" : indent + labelLine(label) };
}

/** Files that are shown as a page or in tabs stand beside it. */
function shownFile(_all: string, indent: string, _kind: string, given: string): string {
  const file = /\bsrc="([^"]+)"/.exec(given)?.[1];
  const title = /\btitle="([^"]+)"/.exec(given)?.[1] ?? file;
  return file === undefined ? "" : `${indent}[${title}](${file})`;
}

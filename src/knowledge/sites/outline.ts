/**
 * What Logseq adds to Markdown: properties of blocks, blocks between `#+BEGIN_…` and `#+END_…`, queries and
 * embedded pages -> plain Markdown, a line for a line. Source: Logseq's own documentation.
 */

import { endsFence, type Fence, fenceOf } from "../lines/fences.ts";
import { isRemark, labelLine, remark } from "../markdown/remarks.ts";
import { withWordsBetween } from "./code-spans.ts";
import { includedFile } from "./included-file.ts";

const HABITS =
  /^[ \t]*(?:-[ \t]+)*(?:#\+BEGIN_\w+|[\w-]+:: )|\{\{(?:query|embed|video|youtube|tweet|cards|renderer|cloze|youtube-timestamp)\b|\(\([0-9a-f-]{36}\)\)/im;

/** Properties that only lay out or number, and none of the words that people write. */
const SILENT =
  /^(\s*(?:- )?)(?:id|collapsed|heading|created-at|updated-at|background-\w+|query-[\w-]+|logseq\.[\w.-]+|hl-[\w-]+|ls-type|card-[\w-]+|exclude-from-[\w-]+|public)::(?:\s.*)?$/;
const BEGINS = /^(\s*(?:- )?)(.*?)(?<!`)#\+BEGIN_(\w+)\s*(\S*).*$/i;
const ENDS = /^\s*#\+END_\w+\s*$/i;

/** The same lines, as many as before. */
export function plainOutline(lines: readonly string[]): readonly string[] {
  if (!lines.some((line) => HABITS.test(line))) return lines;
  let open: string | undefined;
  let fence: Fence | undefined;
  let mark = "```";
  return lines.map((line, at) => {
    if (fence !== undefined) {
      if (endsFence(line, fence)) fence = undefined;
      return line;
    }
    if (open === undefined) fence = fenceOf(line);
    if (fence !== undefined) return line;
    if (open !== undefined) {
      const kind = open;
      if (ENDS.test(line)) open = undefined;
      if (isVerbatim(kind)) return ENDS.test(line) ? line.replace(/#\+END_.*/i, mark) : line;
      if (kind === "QUERY") return "";
      return ENDS.test(line) ? "" : line;
    }
    const [, indent = "", before = "", name = "", language = ""] = BEGINS.exec(line) ?? [];
    // A query that nothing ends would hide the rest of the page.
    if (name === "" || (/^query$/i.test(name) && !isEnded(lines, at))) return outlineLine(line);
    open = name.toUpperCase();
    if (isVerbatim(open)) {
      mark = markAround(lines, at);
      return `${indent}${before}${mark}${language.replace(/[^\w+-]/g, "")}`;
    }
    const label = isRemark(name) ? labelLine(remark(name)) : "";
    return `${indent}${before}${label}`;
  });
}

/** Whether the block ends before another begins. */
function isEnded(lines: readonly string[], at: number): boolean {
  for (let below = at + 1; below < lines.length; below += 1) {
    const line = lines[below] ?? "";
    if (ENDS.test(line)) return true;
    if (BEGINS.test(line)) return false;
  }
  return false;
}

function isVerbatim(kind: string): boolean {
  return kind === "SRC" || kind === "EXAMPLE" || kind === "EXPORT";
}

const MOST_LINES = 500;

/** An example may show a fence. */
function markAround(lines: readonly string[], at: number): string {
  const below = lines.slice(at + 1, at + MOST_LINES);
  const end = below.findIndex((line) => ENDS.test(line));
  return below.slice(0, Math.max(0, end)).some((line) => /^\s*`{3}/.test(line)) ? "`````" : "```";
}

function outlineLine(line: string): string {
  const silent = SILENT.exec(line);
  if (silent !== null) return silent[1] ?? "";
  return withWordsBetween(line, plainMacros);
}

function plainMacros(text: string): string {
  return text
    .replace(/\{\{(?:query|cards|renderer)\b[^{}]*\}\}/gi, "")
    .replace(/\{\{(?:video|youtube|tweet|twitter|vimeo)\s+(https?:\S+?)\s*\}\}/gi, "<$1>")
    .replace(/\{\{cloze\s+((?:[^{}]|\{[^{}]*\})+)\}\}/gi, (_, words: string) =>
      words.replace(/\\(?=[{}])/g, ""),
    )
    .replace(/\{\{youtube-timestamp\s+([\d:]+)\s*\}\}/gi, "$1")
    .replace(/\{\{\{?youtube\s+([\w-]{6,20})\s*\}?\}\}/gi, "<https://youtu.be/$1>")
    .replace(/\{\{embed\s+\[\[([^\][]+)\]\]\s*\}\}/gi, (_, page: string) => includedFile(page))
    .replace(/\{\{embed\s+[^{}]*\}\}/gi, "")
    .replace(/\(\([0-9a-f]{8}-[0-9a-f-]{27}\)\)/g, "");
}

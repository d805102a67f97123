/**
 * Directives of ikiwiki, `[[!meta title="Disk full"]]`, and its links, which have their words first and go on in the
 * next line: `[[call\nus|contact]]`. Source: its manual. As many lines as before.
 */

import { linesOfFences } from "../lines/fences.ts";
import { destination } from "./destinations.ts";

const DIRECTIVE =
  /^[ \t]*\[\[!(\w+)((?:\s+(?:[\w-]+=)?(?:"[^"\n]{0,500}"|[^\s"\][]{1,200})){0,20})\s*\]\][ \t]*$/;
/** They say nothing to a reader by themselves: lists that the site makes, and what it knows of the page. */
const SILENT =
  /^(?:toc|tag|taglink|inline|map|orphans|brokenlinks|pagestats|pagecount|sidebar|meta|more|shortcut)$/;
/** Code, or a link with its words; each part has an end, since a hostile page begins it often. */
const CODE_OR_LINK =
  /(?<!`)(`+)(?!`)[^`\n]*\1(?!`)|(?<![![{])\[\[(?!!)([^\][|\n]{1,200}(?:\n[^\][|\n]{1,200})?)\|([^\][|\n]{1,200}(?:\n[^\][|\n]{1,200})?)\]\]/g;

/** The same lines; a page without such a directive is no page of ikiwiki. */
export function plainIkiwiki(lines: readonly string[]): readonly string[] {
  if (!lines.some((line) => DIRECTIVE.test(line))) return lines;
  const isCode = linesOfFences(lines);
  const hasTitle = lines.some((line, at) => isCode[at] !== true && /^#\s/.test(line));
  const written: string[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const from = at;
    while (at < lines.length && isCode[at] !== true) at += 1;
    const text = lines.slice(from, at).map((line) => directiveLine(line, hasTitle));
    if (text.length > 0)
      for (const line of linkedText(text.join("\n")).split("\n")) written.push(line);
    if (at < lines.length) written.push(lines[at] ?? "");
  }
  return written;
}

function directiveLine(line: string, hasTitle: boolean): string {
  const [, name = "", given = ""] = DIRECTIVE.exec(line) ?? [];
  if (name === "") return line;
  const own = (key: string): string => new RegExp(`\\b${key}="([^"]*)"`).exec(given)?.[1] ?? "";
  if (name === "meta" && own("title") !== "" && !hasTitle) return `# ${own("title")}`;
  if (SILENT.test(name)) return "";
  if (name === "img")
    return `![${own("alt")}](${destination(given.trim().split(/\s/, 1)[0] ?? "")})`;
  return own("text") === "" ? line : own("text");
}

function linkedText(text: string): string {
  return text.replace(CODE_OR_LINK, (all, code?: string, words = "", page = "") => {
    if (code !== undefined) return all;
    const end = String(page).includes("\n") ? "\n" : "";
    return `[${words}${end}](${destination(String(page).replace(/\s+/g, " ").trim())})`;
  });
}

/**
 * Helpers of Handlebars on lines of their own, with texts in quotes -> the words, and tabs as tags:
 * `{{ startTab "Linux" }}`, `{{ blockEnd }}`, `{{ details "Learn more" "Words" }}`. Source: Bartholomew.
 */

import { linesOfFences } from "../lines/fences.ts";
import { readsAsWords } from "./shown-names.ts";

/** Texts in quotes, and whether something is so; a path would be an object that a template is given. */
const HELPER = /^( {0,3})\{\{\s*([a-z]\w*)((?:\s+(?:"[^"]*"|true|false|\d+))*)\s*\}\}\s*$/;
const TEXT = /"([^"]*)"/g;
const ENDS_BLOCK = /^\s*\{\{\s*blockEnd\s*\}\}\s*$/;
const TABS: ReadonlyMap<string, string> = new Map([
  ["tabs", "tabs"],
  ["startTab", "tab"],
]);

/** As many lines as before. */
export function plainHandlebars(lines: readonly string[]): readonly string[] {
  if (!lines.some((line) => HELPER.test(line))) return lines;
  const isCode = linesOfFences(lines);
  const hasBlocks = lines.some((line, at) => isCode[at] !== true && ENDS_BLOCK.test(line));
  const open: string[] = [];
  return lines.map((line, at) => {
    if (isCode[at] === true) return line;
    const [, indent = "", name = "", given = ""] = HELPER.exec(line) ?? [];
    if (name === "") return line;
    if (hasBlocks && name === "blockEnd") return ended(open.pop(), indent);
    const texts = Array.from(given.matchAll(TEXT), ([, text = ""]) => text);
    const tag = hasBlocks ? TABS.get(name) : undefined;
    if (tag !== undefined || (hasBlocks && texts.length === 0)) open.push(tag ?? "");
    // What all tabs are given names the choice that readers make once, and is not shown.
    if (tag !== undefined)
      return `${indent}{% ${tag}${tag === "tab" ? ` title="${texts[0] ?? ""}"` : ""} %}`;
    if (texts.some((text) => readsAsWords(text))) return indent + wordsOf(texts);
    return hasBlocks && texts.length === 0 ? "" : line;
  });
}

function ended(tag: string | undefined, indent: string): string {
  return tag === undefined || tag === "" ? "" : `${indent}{% end${tag} %}`;
}

/** `"kind" "Title" "Words" "https://…" "tags"`: what reads as words, the first of it as what the rest is called. */
function wordsOf(texts: readonly string[]): string {
  const address = texts.find((text) => /^(?:https?:\/\/|\/)\S+$/.test(text));
  const isTitled = texts.length > 1 && !/^[a-z][\w-]*$/.test(texts[0] ?? "");
  const [title = "", ...more] = texts
    .filter((text, at) => readsAsWords(text) || (at === 0 && isTitled))
    .map((text) => text.replace(/(?:\\n|\s)+/g, " ").trim());
  const named = address === undefined ? title : `[${title}](${address})`;
  if (more.length === 0) return `${named}  `;
  return `${address === undefined ? `**${title}**` : named}: ${more.join(" ")}  `;
}

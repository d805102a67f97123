/**
 * Directives of MyST and Sphinx that are neither remarks nor code: what lays out is dropped, a tab becomes a
 * heading, a card or a folded part its title, an image an image.
 */

import { isRemark, labelLine, remark } from "../markdown/remarks.ts";
import { includedFile } from "./included-file.ts";
import { inlineText } from "./inline.ts";
import type { ShownOptions } from "./options.ts";

interface Directive {
  readonly text?: string;
  readonly tab?: string;
  /** It holds names of files, or code, and no text. */
  readonly isCode?: true;
}

const LAYOUT =
  /^(?:tab-set|grid|grid-item|div|container|card-carousel|only|cssclass|rst-class|class)$/;
/** What they are given is the beginning of what they hold. */
const ASIDES = /^(?:epigraph|highlights|pull-quote|margin|aside)$/;
const TITLED =
  /^(?:card|grid-item-card|dropdown|topic|sidebar|rubric|table|list-table|exercise|solution|proof|prf:[\w-]+|figure-md)$/;
const CHANGES: ReadonlyMap<string, string> = new Map([
  ["versionadded", "New in version"],
  ["versionchanged", "Changed in version"],
  ["deprecated", "Deprecated since version"],
]);

/** Their content is no Markdown. */
const CODE =
  /^(?:code|code-block|code-cell|sourcecode|raw|eval-rst|mermaid|math|parsed-literal|ipython|graphviz|plantuml|csv-table|jupyter-execute|doctest|testcode|prompt)$/;

const IN_A_LANGUAGE = /^(?:code|code-block|code-cell|sourcecode)$/;

/** The same of a fence; what is not known and is given words holds text, under these. */
export function fenceDirective(name: string, words: string): Directive | undefined {
  const known = readDirective(name, words);
  if (known !== undefined || name === "" || words === "" || CODE.test(name)) return known;
  return {
    text: labelLine(name.includes(":") ? `\`${words.replace(/`/g, "")}\`` : inlineText(words)),
  };
}

/** Whether what a directive holds is shown as it stands: code, or names of files. */
export function holdsCode(name: string): boolean {
  return name === "toctree" || CODE.test(name);
}

/** The fence of such a directive in its language; any other fence as it is written. */
export function codeFence({ written, mark, name, words }: CodeOpening): string {
  if (IN_A_LANGUAGE.test(name)) return mark + words.replace(/[^\w+-].*$/, "");
  return name === "toctree" ? mark : written;
}

type CodeOpening = Record<"written" | "mark" | "name" | "words", string>;

/** A directive's first line with the words of its options: a caption is the title of code. */
export function withOptions(text: string, { caption, alt }: ShownOptions): string {
  const words = alt.replace(/[[\]]/g, "\\$&");
  const named = words === "" ? text : text.replace(/^!\[\]/, () => `![${words}]`);
  if (caption === "") return named;
  const isCode = /^\s*(?:`{3}|~{3})/.test(named);
  return isCode
    ? `${named} title="${caption.replace(/`/g, "").replace(/"/g, "'")}"`
    : `**${caption}** ${named}`;
}

/** What a directive becomes; undefined for one that is not known, and stays as it is. */
export function readDirective(name: string, words: string): Directive | undefined {
  if (name === "tab-item" || name === "tab") return { tab: words };
  if (name === "image" || name === "figure")
    return words === "" ? undefined : { text: `![](<${words}>)` };
  if (name === "include" || name === "literalinclude") return { text: includedFile(words) };
  if (name === "toctree") return { isCode: true };
  const change = CHANGES.get(name);
  if (change !== undefined) return { text: labelLine(`${change} ${words}`) };
  if (isRemark(name)) return { text: labelLine(remark(name, words)) };
  if (ASIDES.test(name)) return { text: words };
  if (LAYOUT.test(name)) return { text: "" };
  return TITLED.test(name) ? { text: labelLine(words) } : undefined;
}

/**
 * What mdBook and its preprocessors write in `{{#…}}`, and Handlebars like them: files that a page takes words
 * from, tabs, and what only lays out. Sources: the manual of mdBook, mdbook-tabs, Cluster API's book.
 */

import { includedFile } from "./included-file.ts";
import { attribute } from "./tag-attributes.ts";

const MACRO = /\{\{\s*([#/^])\s*(\/?[\w-]+)([^{}]*)\}\}/g;
const ALONE = /^\s*\{\{\s*#\s*(\/?[\w-]+)([^{}]*)\}\}\s*$/;

interface Macro {
  readonly text: string;
  readonly tab?: string;
}

/** The macro that is all of a line. */
export function macroLine(line: string): Macro | undefined {
  const [, name = "", words = ""] = ALONE.exec(line) ?? [];
  if (name === "") return undefined;
  if (name === "tab") return { text: "", tab: attribute(words, "name") ?? words.trim() };
  return { text: fileOf(name, words) };
}

/** `{{$:/core/images/options-button}}` of TiddlyWiki, a picture or a text of its own: the last of its names says most. */
const OF_TIDDLYWIKI = /\{\{\$:\/(?:[^{}|/\n]+\/)*([^{}|/\n]+)(?:\|\|[^{}\n]*)?\}\}/g;

/** A line's text with its macros read. */
export function withoutMacros(given: string): string {
  const text = given.includes("{{$:/") ? given.replace(OF_TIDDLYWIKI, "$1") : given;
  if (!/\{\{\s*[#/^]/.test(text)) return text;
  return text.replace(MACRO, (_, sign: string, name: string, words: string) =>
    sign === "#" ? fileOf(name, words) : "",
  );
}

const INCLUDES = /^(?:include|rustdoc_include|playground|playpen|template)$/;
/** `ch01.md:2:9`, `../quizzes/a.toml`; a title and a condition are none. */
const FILE = /^[^\s"':]*[^\s"':.]\.\w{1,8}(?::\S*)?$/;

/** `repo:"a/b" path:"c.md"`, or a name. */
function fileOf(name: string, words: string): string {
  const own = (key: string): string =>
    new RegExp(`(?<![\\w-])${key}\\s*[:=]\\s*"([^"]*)"`).exec(words)?.[1] ?? "";
  const named = [own("repo"), own("path")].filter((part) => part !== "").join("/");
  if (named !== "") return includedFile(named);
  const [first = ""] = words.trim().split(/\s+/);
  return first !== "" && (INCLUDES.test(name) || FILE.test(first)) ? includedFile(first) : "";
}

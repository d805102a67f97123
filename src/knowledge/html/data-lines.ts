/** XML that stands on a page as if it were HTML, `<dependency>` of Maven: lines of tags that no browser knows. */

import type { Code } from "mdast";
import { isHtmlTag } from "./tags.ts";

const BEGIN = /^<([a-zA-Z][\w.:-]*)>\s*$/;
const LINE = /^\s*<\/?[a-zA-Z][\w.:-]*>(?:[^<>\n]*<\/[a-zA-Z][\w.:-]*>)?\s*$/;
/** The end of a fence that has no beginning. */
const LONE_FENCE = /\n`{3,}\s*$/;

/** Such lines as code, in which they stay lines; undefined for anything else. */
export function dataLines(html: string): Code | undefined {
  const value = html.replace(LONE_FENCE, "").trimEnd();
  const lines = value.split("\n");
  const name = BEGIN.exec(lines[0] ?? "")?.[1];
  const isData =
    name !== undefined &&
    lines.length > 2 &&
    lines.at(-1) === `</${name}>` &&
    lines.every((line) => LINE.test(line) && !isHtmlTag(/[a-zA-Z][\w-]*/.exec(line)?.[0] ?? ""));
  return isData ? { type: "code", lang: "xml", value } : undefined;
}

/** `<a-note>` to its end: with a dash in its name, it is an element of the site's own around words, and no placeholder. */
export function isElementOfSite(html: string): boolean {
  const name = /^<([a-z]+(?:-\w+)+)>/.exec(html)?.[1];
  const isWhole = name !== undefined && html.trimEnd().endsWith(`</${name}>`);
  return isWhole && dataLines(html) === undefined;
}

/**
 * Confluence's own elements, which its exports leave in Markdown and HTML -> HTML, with as many lines as
 * before. Source: Atlassian's reference of the storage format (macros, links, images).
 */

import { isRemark, remark } from "../markdown/remarks.ts";

const OWN = /<(?:ac|ri):/;
/** Code shows such elements as they are. */
const FENCED = /(^ {0,3}(`{3,}|~{3,})[\s\S]*?^ {0,3}\2[^\S\n]*$)/m;

const BODY = /<ac:plain-text-body>\s*<!\[CDATA\[([\s\S]*?)\]\]>\s*<\/ac:plain-text-body>/g;
const PARAMETER = /<ac:parameter\s[^<>]*ac:name="([^"]*)"[^<>]*>([^<>]*)<\/ac:parameter>/g;
const MACRO = /<ac:structured-macro\s[^<>]*?ac:name="([^"]*)"[^<>]*>/g;
const NAMED = /<ri:[\w-]+\s[^<>]*?ri:(?:content-title|filename|value)="([^"]*)"[^<>]*>/g;
const ANY = /<\/?(?:ac|ri):[^<>]*>/g;

/** The same text for a page without them. */
export function plainConfluence(text: string): string {
  if (!OWN.test(text)) return text;
  // Each fence comes with its signs behind it, which are a part of it.
  const parts = text.split(FENCED);
  return parts
    .map((part, at) => (at % 3 === 0 ? plainElements(part) : at % 3 === 1 ? part : ""))
    .join("");
}

function plainElements(text: string): string {
  return text
    .replace(BODY, (_, code: string) => `<pre><code>${codeOf(code)}</code></pre>`)
    .replace(PARAMETER, (_, name: string, value: string) =>
      name === "title" ? `<p><strong>${value}</strong></p>` : linesOf(value),
    )
    .replace(MACRO, (macro, name: string) =>
      isRemark(name) ? `<div><p><strong>${remark(name)}</strong></p>` : `<div>${linesOf(macro)}`,
    )
    .replace(/<\/ac:structured-macro>/g, "</div>")
    .replace(/<(\/?)ac:rich-text-body>/g, "<$1div>")
    .replace(NAMED, (_, title: string) => title)
    .replace(ANY, linesOf);
}

/** An empty line would end a block of HTML; a remark holds its place. */
function codeOf(code: string): string {
  return code
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/^[^\S\n]*$/gm, "<!---->");
}

/** Nothing but the line ends of what is left out. */
function linesOf(text: string): string {
  return text.replace(/[^\n]+/g, "");
}

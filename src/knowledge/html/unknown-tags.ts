/** Tags that HTML does not have, such as `<topic>`: a placeholder is words, and what nobody ends swallows nothing. */

import type { Html, Nodes, Parents } from "mdast";
import { withInlineMarkdown } from "./inline.ts";
import { type HtmlAround, withoutMistakes } from "./mistakes.ts";
import { withEndedTags } from "./raw-tags.ts";
import { isHtmlTag, mustEnd } from "./tags.ts";
import { withWholeDrawings } from "./whole-drawings.ts";
import { plainComments, withoutComments } from "./xml-comments.ts";

/** `<p align="center"` at the end of a line, whose end its author has forgotten: the next tag is none of it. */
const NO_END = /(<[a-z][\w-]{0,50}(?:[ \t]+[\w-]+="[^"<>\n]*")+)[ \t]*\n(?=[ \t]*<[a-z])/gi;
/**
 * No name of a tag or an attribute has such letters, or goes on with a sign, `i<n.length;i++`, `=</path/to/it>`; a
 * browser would swallow what follows them.
 */
const NO_NAME =
  /<(?=[a-zA-Z][\w-]{0,50}\s{0,9}(?=\p{L})\P{ASCII}|[a-zA-Z][\w.]{0,50};|\/[a-zA-Z][\w.-]{0,50}\/\w)/gu;

/** `<true/false>`: a tag ends behind its slash. */
const NO_TAG = /<(?=[a-zA-Z][\w-]{0,50}\/[\w-])/g;

/** A block of HTML in which what a browser would swallow is ended, or stands as words. */
export function plainHtml(html: string, around: HtmlAround): string {
  return withInlineMarkdown(
    withPlaceholders(withoutMistakes(plainComments(html.replace(NO_END, "$1>\n")), around)),
  );
}

/** `<topic>` within a block of HTML, where a browser would swallow it: no tag of HTML, and nothing ends it. */
function withPlaceholders(written: string): string {
  if (/<(?:svg|math)\b/i.test(written)) return written;
  const html = withEndedTags(written).replace(NO_NAME, "&lt;").replace(NO_TAG, "&lt;");
  const ended = new Set(Array.from(html.matchAll(/<\/([a-zA-Z][\w.-]*)/g), ([, name]) => name));
  return html.replace(/<([a-zA-Z][\w.-]*)([^<>="'/]*)>/g, (tag, name: string, rest: string) =>
    isHtmlTag(name) || ended.has(name) ? tag : `&lt;${name}${rest}&gt;`,
  );
}

/** In a paragraph, HTML is a tag alone; in these, it holds words. */
const BLOCKS_WITHIN = /^(?:listItem|blockquote)$/;

/** HTML that is no HTML, such as `<topic>`, as the words that it is. */
export function withWords<T extends Nodes>(node: T, around: HtmlAround): T {
  if (!("children" in node)) return node;
  const children = withoutVainTags(withWholeDrawings(withoutComments(node.children))).map(
    (child: Nodes) =>
      child.type === "html" && (isWords(child) || isPlaceholder(child, around.ended))
        ? { type: "text", value: child.value }
        : child.type === "html" && BLOCKS_WITHIN.test(node.type)
          ? { ...child, value: plainHtml(child.value, around) }
          : isStrayEnd(child, node)
            ? { type: "break" }
            : withWords(child, around),
  );
  return Object.assign({}, node, { children });
}

/** `</p>` among the words of a paragraph parts them. */
function isStrayEnd(node: Nodes, { type, children }: Parents): boolean {
  const isEnd = type === "paragraph" && node.type === "html" && /^<\/p\s*>$/i.test(node.value);
  return isEnd && node !== children.at(-1);
}

/** `<unlink></unlink>`: with nothing in it, what is no tag of HTML shows nothing either. */
function withoutVainTags(nodes: readonly Nodes[]): readonly Nodes[] {
  const isEmptyPair = (open: Nodes | undefined, close: Nodes | undefined): boolean =>
    open?.type === "html" &&
    close?.type === "html" &&
    isWords(open) &&
    /^<\w/.test(open.value) &&
    close.value === `</${/^<([\w-]+)/.exec(open.value)?.[1]}>`;
  const opened = new Set<string>();
  const ended = pairedTags(nodes);
  return nodes.filter((node, at) => {
    if (node.type !== "html" || !isWords(node)) return true;
    // With words in it, a browser shows these alone.
    if (ended.has(node)) return false;
    const [, end, name = ""] = /^<(\/?)([\w-]+)/.exec(node.value) ?? [];
    if (end === "") opened.add(name);
    // An end of what never began is no placeholder.
    else if (!opened.has(name)) return false;
    return !isEmptyPair(node, nodes[at + 1]) && !isEmptyPair(nodes[at - 1], node);
  });
}

/** Tags that nobody knows, and their ends. */
function pairedTags(nodes: readonly Nodes[]): ReadonlySet<Nodes> {
  const open = new Map<string, Nodes>();
  const paired = new Set<Nodes>();
  for (const node of nodes) {
    if (node.type !== "html" || !isWords(node)) continue;
    const [, end, name = ""] = /^<(\/?)([\w-]+)/.exec(node.value) ?? [];
    const begun = open.get(name);
    if (end === "") open.set(name, node);
    else if (begun !== undefined) {
      paired.add(begun).add(node);
      open.delete(name);
    }
  }
  return paired;
}

/** `<title>`, `<address>` among words: of HTML, but nothing in all of the region ends it. */
function isPlaceholder({ value }: Html, ended: ReadonlySet<string>): boolean {
  const name = /^<([a-z]\w*)>$/.exec(value)?.[1];
  if (name === undefined || ended.has(name)) return false;
  return mustEnd(name) || (name === "option" && !ended.has("select"));
}

/** `<auto-table path="a.ts" />`, `<is-land on:visible import="a.js">`: no placeholder is given something. */
const CUSTOM_ELEMENT = /^<[a-z]+(?:-\w+)+\s(?:[^<>]*\w=["']|[a-z]+:[a-z]+[\s>])[^<>]*>?/;

/** `<issue number="">` of a template: nobody has filled it in, and it says nothing. */
const UNFILLED = /^<[a-z][\w-]*(?:\s+[\w-]+=(?:""|''))+\s*\/?>$/;

/** Whether a piece of HTML begins with a tag that HTML does not have, and that is no element of a site's own. */
export function isWords({ value }: Html): boolean {
  const tag = /^<\/?([a-zA-Z][\w-]*)/.exec(value)?.[1];
  const isOwn = CUSTOM_ELEMENT.test(value) || UNFILLED.test(value);
  return tag !== undefined && !isHtmlTag(tag) && !isOwn;
}

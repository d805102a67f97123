/** Markdown's words inside a paragraph -> the elements of a rich_text section. */

import type { RichTextElement } from "@slack/types";
import type { PhrasingContent } from "mdast";
import { toString as textOf } from "mdast-util-to-string";
import { clean } from "./text.ts";

type Style = NonNullable<Extract<RichTextElement, { type: "text" }>["style"]>;

/** Words with their styles; links only where they lead to the web. */
export function phrasesOf(nodes: readonly PhrasingContent[], style: Style = {}): RichTextElement[] {
  return nodes.flatMap((node) => phrase(node, style));
}

function phrase(node: PhrasingContent, style: Style): RichTextElement[] {
  switch (node.type) {
    case "text":
      return [styledText(node.value.replace(/\n/g, " "), style)];
    case "inlineCode":
      return [styledText(node.value, { ...style, code: true })];
    case "strong":
      return phrasesOf(node.children, { ...style, bold: true });
    case "emphasis":
      return phrasesOf(node.children, { ...style, italic: true });
    case "delete":
      return phrasesOf(node.children, { ...style, strike: true });
    case "link":
      return link(node.url, textOf(node), style);
    case "break":
      return [styledText("\n")];
    case "footnoteReference":
      return [styledText(`[${node.label ?? node.identifier}]`, style)];
    case "image":
      return link(node.url, `image: ${node.alt || node.title || "without a name"}`, style);
    // The end of a line in a cell; other HTML that is left among words is a placeholder, "replace <topic>", a remark,
    // or names a heading.
    case "html":
      if (/^<br\s*\/?>$/i.test(node.value)) return [styledText("\n")];
      return /^<(?:\/?a\b|!--)/i.test(node.value) ? [] : [styledText(node.value, style)];
    // A reference that nothing resolves stays as its words.
    case "imageReference":
    case "linkReference":
      return [styledText(textOf(node), style)];
  }
}

/** Addresses that lead somewhere outside of the web: whom to write to, what to call, where to log in. */
const ELSEWHERE =
  /^(?:mailto:|tel:|(?!https?:|javascript:|data:|file:)[a-z][a-z\d+.-]{1,20}:\/\/)\S/i;

/** Only web addresses become links; a path inside the runbooks, and what a program opens, follows its words. */
function link(url: string, label: string, style: Style): RichTextElement[] {
  // An anchor without words only names a place: `<a class="anchor" href="#step-2"></a>`.
  if (label === "" && url.startsWith("#")) return [];
  const shown = clean(label).replace(/\s*\n\s*/g, " ") || url;
  if (/^https?:\/\//i.test(url)) return [{ type: "link", url, text: shown }];
  const place = readable(url.replace(/^(?:mailto|tel):(?:\/\/)?/i, ""));
  const isElsewhere = ELSEWHERE.test(url) || !/^(?:#|[a-z][\w+.-]*:|$)/i.test(url);
  const isSaid = url === shown || place === shown;
  return [styledText(isElsewhere && !isSaid ? `${shown} (${clean(place)})` : shown, style)];
}

/** A run of letters in a style, without what Slack refuses or hides. */
export function styledText(value: string, style: Style = {}): RichTextElement {
  const shown = clean(value);
  return Object.keys(style).length === 0
    ? { type: "text", text: shown }
    : { type: "text", text: shown, style };
}

/** `Restart%20steps.md` as people read it; what is no such writing stays. */
function readable(url: string): string {
  try {
    return decodeURI(url);
  } catch {
    return url;
  }
}

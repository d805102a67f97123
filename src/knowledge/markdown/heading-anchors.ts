/** Anchors that a page gives its headings, in the ways of Hugo, Pandoc, Docusaurus and plain HTML. */

import type { Heading, Nodes } from "mdast";
import { toString as toText } from "mdast-util-to-string";

/** `{#disk-full}`, perhaps with classes beside it, at the end of a heading. */
export const GIVEN_ANCHOR = /(?<!\s)\s*\{:?\s*(?:[.\w-]+\s+)*#([^\s{}]+)[^}]*\}\s*$/;

const NAMED = /<a\s[^>]*?(?:name|id)\s*=\s*["']?([\w:.-]+)/i;

/** The anchor that the heading carries; undefined when GitHub's holds. */
export function givenAnchor(heading: Heading): string | undefined {
  if (heading.data?.id !== undefined) return heading.data.id;
  const inText = GIVEN_ANCHOR.exec(toText(heading, { includeHtml: false }))?.[1];
  return inText ?? namedIn(heading);
}

/** The heading without the attribute at its end, and the anchor that it gives. */
export function withoutAnchor(heading: Heading): { heading: Heading; anchor: string | undefined } {
  const last = heading.children.at(-1);
  const [attribute, anchor] =
    last?.type === "text" ? (GIVEN_ANCHOR.exec(last.value) ?? []) : [undefined, undefined];
  if (last?.type !== "text" || attribute === undefined) return { heading, anchor };
  const words = { ...last, value: last.value.slice(0, -attribute.length) };
  const children = [...heading.children.slice(0, -1), ...(words.value === "" ? [] : [words])];
  return { heading: { ...heading, children }, anchor };
}

/** The anchor of `<a name="x"></a>` that stands alone: it names the heading that follows. */
export function loneAnchor(node: Nodes): string | undefined {
  const text = toText(node, { includeHtml: false }).trim();
  return text === "" || node.type === "html" ? namedIn(node) : undefined;
}

function namedIn(node: Nodes): string | undefined {
  if (node.type === "html") return NAMED.exec(node.value)?.[1];
  if (!("children" in node)) return undefined;
  for (const child of node.children) {
    const name = namedIn(child);
    if (name !== undefined) return name;
  }
  return undefined;
}

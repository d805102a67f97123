/**
 * Comments of C# in XML, as generators put them into pages: `<see cref="T:A.B"/>` and `<paramref name="topic"/>`
 * name what they show, and `<list type="bullet">` with its `<item>` is a list. To a browser all of them are unknown.
 * Source: learn.microsoft.com, "Recommended XML tags for C# documentation comments".
 */

import type { Nodes } from "mdast";

const REFERENCE =
  /<(?:see|seealso|paramref|typeparamref)\s+(?:cref|name|langword)="(?:[A-Z]:)?([^"<>]{1,300})"\s*(?:\/>|>\s*<\/\w+>)/g;
const REFERENCE_ALONE = new RegExp(`^${REFERENCE.source}$`);
const LINK = /<see(?:also)?\s+href=("[^"<>]*")\s*>([^<>]*)<\/see(?:also)?>/g;
const LIST = /<list\s+type="(bullet|number|table)"\s*>/g;
const IS_LIST = /<list\s+type="(?:bullet|number|table)"/;
const MAY_BE = /<(?:see|seealso|paramref|typeparamref|list)\s/;

const PARTS: readonly [part: RegExp, html: string][] = [
  [/<(\/?)(?:item|listheader)>/g, "<$1li>"],
  [/<\/term>\s*(?=<description>)/g, "</b>:"],
  [/<(\/?)term>/g, "<$1b>"],
  [/<description>/g, " "],
  [/<\/description>/g, ""],
];

/** The same HTML, in which such tags are of HTML. */
export function plainComments(html: string): string {
  if (!MAY_BE.test(html)) return html;
  const named = html.replace(LINK, "<a href=$1>$2</a>").replace(REFERENCE, "<code>$1</code>");
  return IS_LIST.test(named) ? plainParts(named) : named;
}

function plainParts(html: string): string {
  return PARTS.reduce(
    (text, [part, plain]) => text.replace(part, plain),
    html
      .replace(LIST, (_, type: string) => (type === "number" ? "<ol>" : "<ul>"))
      .replace(/<\/list>/g, "</ul>"),
  );
}

/** The same nodes beside each other, of which each tag is one. */
export function withoutComments(nodes: readonly Nodes[]): readonly Nodes[] {
  const tags = nodes.filter((node) => node.type === "html" && /^<[a-z/]/.test(node.value));
  const isList = tags.some((tag) => "value" in tag && IS_LIST.test(tag.value));
  const isReference = tags.some((tag) => "value" in tag && MAY_BE.test(tag.value));
  if (!isList && !isReference) return nodes;
  return nodes.map((node): Nodes => {
    if (node.type !== "html") return node;
    const name = REFERENCE_ALONE.exec(node.value)?.[1];
    if (name !== undefined) return { type: "inlineCode", value: name };
    return isList ? { ...node, value: plainParts(node.value) } : node;
  });
}

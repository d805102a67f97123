/** Mistakes in HTML for which a browser hides the words behind a tag: here they are shown. */

import type { Nodes } from "mdast";

/** What a node's HTML has around it: the tags that something ends, and whether any table has a cell. */
export interface HtmlAround {
  readonly ended: ReadonlySet<string>;
  readonly hasCells: boolean;
}

/** The same of nodes that HTML holds together. */
export function htmlAround(nodes: readonly Nodes[]): HtmlAround {
  const html = nodes.flatMap(htmlIn);
  const names = html.flatMap((value) =>
    Array.from(value.matchAll(/<\/([a-z]\w*)/gi), ([, name = ""]) => name),
  );
  return { ended: new Set(names), hasCells: html.some((value) => /<t[dh]\b/i.test(value)) };
}

function htmlIn(node: Nodes): string[] {
  if (node.type === "html") return [node.value];
  return "children" in node ? node.children.flatMap((child: Nodes) => htmlIn(child)) : [];
}

/** A remark, a whole tag, whatever its values are, or the sign of one that has no end before the next. */
const TAG =
  /<!--[\s\S]*?(?:-->|$)|<[a-zA-Z][\w:-]*(?:"[^"]*"|'[^']*'|[^"'<>]){0,4000}>|<[a-zA-Z][^<>]*>|<(?=[a-zA-Z][\w:-]*(?:\s|$))/g;
/** Without its end, it takes all that follows, and shows nothing of it. */
const SWALLOWS = /<(datalist|dialog|iframe|svg|template|title)(\s[^<>]*)?(?<!\/)>/gi;
/** What a page keeps for its program, which shows it: a browser alone would not. */
const TEMPLATE = /<(\/?)template((?:\s[^<>]*)?)>/gi;
const OF_TABLES = /<\/?(?:caption|col|colgroup|table|t(?:body|foot|head|r))(?:\s[^<>]*)?>/gi;

/** The same HTML, in which no tag takes words that it should not. */
export function withoutMistakes(html: string, { ended, hasCells }: HtmlAround): string {
  const whole = html.replace(TAG, (tag) => (tag === "<" ? "&lt;" : tag));
  const open = ended.has("template") ? whole.replace(TEMPLATE, "<$1div$2>") : whole;
  const shown = open.replace(SWALLOWS, (tag, name: string, given?: string) => {
    if (ended.has(name)) return tag;
    return given === undefined ? `&lt;${name}&gt;` : `${tag}</${name}>`;
  });
  return hasCells ? shown : shown.replace(OF_TABLES, "");
}

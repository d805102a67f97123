/**
 * Long runs of elements that show nothing, such as a thousand `<a>` that nobody ends: before each of them, the
 * converter looks for the next words behind all others (hast-util-minify-whitespace, quadratic). A mark that
 * is neither words nor a space ends its search.
 */

import type { raw } from "hast-util-raw";

type HtmlTree = ReturnType<typeof raw>;

/** The type of the mark, which becomes nothing. */
export const PAUSE = "pause";

/** Usual paragraphs have a few; the search takes a hundred steps for each of them. */
const LONGEST_RUN = 8;

/** With nothing in them and no attribute, they show nothing at all. */
const VAIN =
  /^(?:a|b|big|cite|code|del|em|font|i|ins|kbd|label|mark|s|samp|small|span|strike|strong|sub|sup|tt|u|var)$/;

/** Elements that stand among words; between blocks and parts of a table, a mark would be a part. */
const AMONG_WORDS =
  /^(?:a|abbr|acronym|b|bdi|bdo|big|cite|code|data|del|dfn|em|font|i|ins|kbd|label|map|mark|meta|nobr|noscript|output|q|rp|rt|ruby|s|samp|script|small|span|strike|strong|style|sub|sup|template|time|tt|u|var|wbr|\w+-[\w-]+)$/;

/** The same tree, in which no such run is long. */
export function withPauses<T extends HtmlTree>(node: T): T {
  if (!("children" in node)) return node;
  const children: HtmlTree[] = [];
  let run = 0;
  for (const child of node.children) {
    if (isVain(child)) continue;
    run = isEmpty(child) ? run + 1 : 0;
    if (run === LONGEST_RUN) {
      children.push({ type: PAUSE } as unknown as HtmlTree);
      run = 0;
    }
    children.push(withPauses(child as HtmlTree));
  }
  return Object.assign({}, node, { children });
}

function isVain(node: HtmlTree): boolean {
  if (node.type !== "element" || node.children.length > 0 || !VAIN.test(node.tagName)) return false;
  return Object.keys(node.properties).length === 0;
}

function isEmpty(node: HtmlTree): boolean {
  if (node.type === "text") return node.value.trim() === "";
  if (node.type === "comment") return true;
  if (node.type !== "element" || !AMONG_WORDS.test(node.tagName)) return false;
  return node.children.every((child) => isEmpty(child as HtmlTree));
}

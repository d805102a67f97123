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

/** With no attribute and no words, they show nothing at all. */
const VAIN =
  /^(?:a|b|big|cite|code|del|em|font|i|ins|kbd|label|mark|s|samp|small|span|strike|strong|sub|sup|tt|u|var)$/;

/** Elements that stand among words; between blocks and parts of a table, a mark would be a part. */
const AMONG_WORDS =
  /^(?:a|abbr|acronym|b|bdi|bdo|big|cite|code|data|del|dfn|em|font|i|ins|kbd|label|map|mark|meta|nobr|noscript|output|q|rp|rt|ruby|s|samp|script|small|span|strike|strong|style|sub|sup|template|time|tt|u|var|wbr|\w+-[\w-]+)$/;

/** The same tree without elements that say nothing, in which no such run is long. */
export function withPauses<T extends HtmlTree>(node: T): T {
  if (!("children" in node)) return node;
  const children: HtmlTree[] = [];
  let run = 0;
  for (const child of node.children.flatMap(shownParts)) {
    const before = children.at(-1);
    if (child.type === "text" && before?.type === "text") {
      children[children.length - 1] = { ...before, value: before.value + child.value };
      continue;
    }
    run = isEmpty(child) ? run + 1 : 0;
    if (run === LONGEST_RUN) {
      children.push({ type: PAUSE } as unknown as HtmlTree);
      run = 0;
    }
    children.push(withPauses(child));
  }
  return Object.assign({}, node, { children });
}

/** What stands in an element that says nothing itself: `<a>` without an address, `<b> </b>`. */
function shownParts(node: HtmlTree): HtmlTree[] {
  if (node.type !== "element" || Object.keys(node.properties).length > 0) return [node];
  const isPlain = node.tagName === "a" || (VAIN.test(node.tagName) && node.children.every(isSpace));
  return isPlain ? node.children.flatMap((child) => shownParts(child as HtmlTree)) : [node];
}

function isSpace(node: HtmlTree): boolean {
  return node.type === "text" && node.value.trim() === "";
}

function isEmpty(node: HtmlTree): boolean {
  if (isSpace(node) || node.type === "comment") return true;
  if (node.type !== "element" || !AMONG_WORDS.test(node.tagName)) return false;
  return node.children.every((child) => isEmpty(child as HtmlTree));
}

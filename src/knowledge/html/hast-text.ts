/** The words of a tree of HTML; remarks in it are none, which mdast-util-to-string takes for some. */

import type { raw } from "hast-util-raw";

type HastTree = ReturnType<typeof raw>;

/** All texts in the node, behind each other as they stand. */
export function textOfHast(node: HastTree): string {
  if (node.type === "text") return node.value;
  return "children" in node ? node.children.map(textOfHast).join("") : "";
}

/** Signs and the longest word that is looked for fit in. */
const MOST_SIGNS = 40;

/** The first text in the node, and what follows while that is short: blocks may be nested a thousand deep. */
export function firstWords(node: HastTree): string {
  if (node.type === "text") return node.value.trimStart().slice(0, MOST_SIGNS);
  let words = "";
  for (const child of "children" in node ? node.children : []) {
    words += firstWords(child);
    if (words.length >= MOST_SIGNS) break;
  }
  return words;
}

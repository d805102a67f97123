/** Which nodes of a page HTML holds together. */

import type { Nodes, RootContent } from "mdast";
import { type HtmlTag, tagsIn } from "./tags.ts";

/** Nodes that belong together: those between an opening and its closing tag, and each other alone. */
export function regionsOf(nodes: readonly RootContent[]): RootContent[][] {
  const regions: RootContent[][] = [];
  let open: RootContent[] = [];
  let depth = 0;
  /** The end of a table ends what is open in it, too. */
  const names: string[] = [];
  for (const node of nodes) {
    open.push(node);
    const tags = tagsOf(node);
    const sum = tags.reduce((opened, { isClosing }) => opened + (isClosing ? -1 : 1), 0);
    depth = Math.max(0, depth + sum);
    follow(names, tags);
    if (depth > 0 && names.length > 0) continue;
    depth = names.length = 0;
    regions.push(open);
    open = [];
  }
  // A tag that nobody closes costs nothing: what follows it is read by itself.
  for (const node of open) regions.push([node]);
  return regions;
}

const BLOCK_TAG = /^<\/?(?:div|table|details|section|article|ul|ol|dl|blockquote|center|figure)\b/i;

/** What a node opens and closes; the end of a block may stand in the paragraph before it. */
function tagsOf(node: Nodes, isWithin = false): HtmlTag[] {
  if (node.type === "html") {
    return isWithin && !BLOCK_TAG.test(node.value) ? [] : tagsIn(node.value);
  }
  return "children" in node ? node.children.flatMap((child: Nodes) => tagsOf(child, true)) : [];
}

function follow(open: string[], tags: readonly HtmlTag[]): void {
  for (const { name, isClosing } of tags) {
    if (!isClosing) open.push(name);
    else if (open.includes(name)) open.length = open.lastIndexOf(name);
  }
}

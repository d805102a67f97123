/** Steps that are all written as "1.", with code between them that Markdown does not take for theirs. */

import type { List, RootContent } from "mdast";

/** The same nodes; such a list goes on where the one before its code ended. */
export function numberedOn(nodes: readonly RootContent[], markdown: string): RootContent[] {
  let before: List | undefined;
  return nodes.map((node, at) => {
    if (node.type !== "list" || !isLazy(node, markdown)) {
      if (node.type !== "code") before = undefined;
      return node;
    }
    const isBehindCode = before !== undefined && nodes[at - 1]?.type === "code";
    const start = isBehindCode ? (before?.start ?? 1) + (before?.children.length ?? 0) : 1;
    before = { ...node, start };
    return before;
  });
}

function isLazy({ ordered, start, children }: List, markdown: string): boolean {
  if (ordered !== true || start !== 1) return false;
  return children.every(({ position }) => {
    const from = position?.start.offset ?? 0;
    return /^1[.)]/.test(markdown.slice(from, from + 2));
  });
}

/**
 * `[<svg><text>Open</text></svg>](b)`: among words, each tag of a drawing is a node by itself, and most of them are
 * no tags of HTML. As one piece they are a drawing, whose texts are shown.
 */

import type { Nodes } from "mdast";
import { toString as toText } from "mdast-util-to-string";

const TAGS = /<(\/?)svg\b[^<>]*?(\/?)>/gi;

/** The same nodes, in which each drawing from its first tag to its last is one node of HTML. */
export function withWholeDrawings(nodes: readonly Nodes[]): readonly Nodes[] {
  if (!nodes.some((node) => opened(node) > 0)) return nodes;
  const whole: Nodes[] = [];
  const lastEnd = nodes.findLastIndex((node) => opened(node) < 0);
  let depth = 0;
  for (const [at, node] of nodes.entries()) {
    const last = whole.at(-1);
    if (depth > 0 && at <= lastEnd && last?.type === "html")
      whole[whole.length - 1] = { ...last, value: last.value + htmlOf(node) };
    else whole.push(node);
    depth = Math.max(0, depth + opened(node));
  }
  return whole;
}

/** How many drawings the node begins more than it ends. */
function opened(node: Nodes): number {
  if (node.type !== "html") return 0;
  const tags = [...node.value.matchAll(TAGS)].filter(([, , isWhole]) => isWhole !== "/");
  return tags.reduce((sum, [, closing]) => sum + (closing === "/" ? -1 : 1), 0);
}

function htmlOf(node: Nodes): string {
  if (node.type === "html") return node.value;
  if (node.type === "break") return "\n";
  return toText(node).replace(/&/g, "&amp;").replace(/</g, "&lt;");
}

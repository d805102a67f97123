/**
 * `<span class="a">New</span><span class="b">Beta</span>`: what looks like badges, or one of several wordings of
 * which a site shows one, stands apart there; so does a bold name before a span. In code, such elements colour parts of words.
 */

import type { raw } from "hast-util-raw";

type BadgeTree = ReturnType<typeof raw>;

/** The same tree with a space between two such elements. */
export function withBadgesApart<T extends BadgeTree>(node: T): T {
  if (!("children" in node) || isVerbatim(node)) return node;
  const children: BadgeTree[] = [];
  // Where elements stand alone, a site's own style sets them apart.
  const isLaidOut = node.children.every(
    (child) => child.type !== "text" || child.value.trim() === "",
  );
  for (const child of node.children) {
    const last = children.at(-1);
    if (
      last !== undefined &&
      (isBadge(last) || isName(last, isLaidOut)) &&
      isBadge(child, isLaidOut)
    )
      children.push({ type: "text", value: " " });
    children.push(withBadgesApart(child as BadgeTree));
  }
  return Object.assign({}, node, { children });
}

function isVerbatim(node: BadgeTree): boolean {
  return node.type === "element" && /^(?:pre|code|kbd|samp|svg|math)$/.test(node.tagName);
}

function isBadge(node: BadgeTree, isLaidOut = false): boolean {
  return (
    node.type === "element" &&
    node.tagName === "span" &&
    (isLaidOut || node.properties["className"] !== undefined) &&
    node.children.length > 0
  );
}

/** `<strong>Go</strong><span>its library</span>`, a name and what it is. */
function isName(node: BadgeTree, isLaidOut: boolean): boolean {
  return isLaidOut && node.type === "element" && /^(?:b|strong)$/.test(node.tagName);
}

/**
 * `<span class="a">New</span><span class="b">Beta</span>`: what looks like badges, or one of several wordings of
 * which a site shows one, stands apart there; so does a bold name before a span. In code, such elements colour parts of words.
 * And `<abbr title="…">API</abbr>s` is one word, behind which stands what it is short for.
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
    const whole = labelled(child) ?? wholeWord(last, child);
    if (whole === undefined) children.push(withBadgesApart(child as BadgeTree));
    else children.splice(labelled(child) === undefined ? -1 : children.length, 1, ...whole);
  }
  return Object.assign({}, node, { children });
}

/** An element of a site's own that holds nothing shows its label: `<a-badge label="Beta"></a-badge>`. */
function labelled(node: BadgeTree): BadgeTree[] | undefined {
  if (node.type !== "element" || !node.tagName.includes("-") || node.children.length > 0)
    return undefined;
  const { label } = node.properties;
  return typeof label === "string" ? [{ type: "text", value: ` ${label} ` }] : undefined;
}

/** Of the plural, of what belongs to it, and a particle of Korean, which is written as a part of its word. */
const ENDING = /^(?:(?:['’]?s|es)(?![\p{L}\d])|\p{scx=Hangul}+)/u;

/** An abbreviation with the letters behind it, and what stands there then. */
function wholeWord(word: BadgeTree | undefined, behind: BadgeTree): BadgeTree[] | undefined {
  if (word?.type !== "element" || word.tagName !== "abbr" || behind.type !== "text")
    return undefined;
  const ending = ENDING.exec(behind.value)?.[0];
  if (ending === undefined) return undefined;
  return [
    { ...word, children: [...word.children, { type: "text", value: ending }] },
    { ...behind, value: behind.value.slice(ending.length) },
  ];
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

/**
 * `<b> Groups: </b>` and `<a href="/a"> here </a>`: Markdown's marks stand right at the words, so that a space at
 * an edge would be written as a reference, `&#x20;`.
 */

import type { raw } from "hast-util-raw";
import { firstWords } from "./hast-text.ts";

type EdgeTree = ReturnType<typeof raw>;

const MARKED = /^(?:a|b|strong|em|i|del|s|strike)$/;
const VERBATIM = /^(?:pre|code|kbd|samp|textarea)$/;

/** The same tree with such spaces outside, and without a link to what the link behind it leads to. */
export function withSpacesOutside<T extends EdgeTree>(node: T): T {
  if (!("children" in node) || isVerbatim(node)) return node;
  const children = node.children
    .filter((child, at) => !isVainLink(child, node.children.slice(at + 1, at + 3)))
    .flatMap((child) => withoutEdges(withSpacesOutside(child as EdgeTree)));
  return Object.assign({}, node, { children });
}

function isVerbatim(node: EdgeTree): boolean {
  return node.type === "element" && VERBATIM.test(node.tagName);
}

/** The node between the spaces that it begins and ends with. */
function withoutEdges(node: EdgeTree): EdgeTree[] {
  if (node.type !== "element" || !MARKED.test(node.tagName)) return [node];
  const [first] = node.children;
  const last = node.children.at(-1);
  const before = first?.type === "text" ? (/^\s+/.exec(first.value)?.[0] ?? "") : "";
  const after = last?.type === "text" ? (/\s+$/.exec(last.value)?.[0] ?? "") : "";
  if (before + after === "" || before === (first as { value?: string }).value) return [node];
  const children = node.children.map((child) => {
    if (child.type !== "text") return child;
    const begun = child === first ? child.value.slice(before.length) : child.value;
    return {
      ...child,
      value: child === last ? begun.slice(0, begun.length - after.length) : begun,
    };
  });
  return [...space(before), { ...node, children }, ...space(after)];
}

function space(value: string): EdgeTree[] {
  return value === "" ? [] : [{ type: "text", value }];
}

/** `<a href="/a"> [x](/a) </a>`: no link holds another, so the outer one has nothing in it. */
function isVainLink(node: EdgeTree, behind: readonly EdgeTree[]): boolean {
  if (node.type !== "element" || node.tagName !== "a" || firstWords(node) !== "") return false;
  const next = behind.find((each) => each.type !== "text" || each.value.trim() !== "");
  if (next?.type !== "element" || next.tagName !== "a" || node.children.some(isElement))
    return false;
  return (
    node.properties["href"] !== undefined && next.properties["href"] === node.properties["href"]
  );
}

function isElement(node: EdgeTree): boolean {
  return node.type === "element";
}

/**
 * `<div class="warning">` and `<p class="note">`: a site's style says there, in colour or with a sign, what kind
 * of remark it is; its readers here see the class as words.
 */

import type { raw } from "hast-util-raw";
import { KINDS_OF_CLASSES, remark } from "../markdown/remarks.ts";
import { firstWords, textOfHast } from "./hast-text.ts";

type RemarkTree = ReturnType<typeof raw>;
type RemarkElement = Extract<RemarkTree, { type: "element" }>;

const BLOCK = /^(?:div|aside|section|blockquote|p)$/;
const KIND = new RegExp(`^(?:${KINDS_OF_CLASSES})$`);
/** Of Bootstrap, Sphinx, MDN and GitHub. */
const BOX = new RegExp(
  `^(?:alert|bs-callout|callout|admonition|notecard|markdown-alert|message|hint)(?:-(${KINDS_OF_CLASSES}|info|error))?$`,
);
const LOOSE_KIND = new RegExp(`^(?:${KINDS_OF_CLASSES}|info|error)$`);

/** The same tree, in which such a block begins with its kind, unless its words do. */
export function withClassRemarks<T extends RemarkTree>(node: T): T {
  if (!("children" in node)) return node;
  const children = node.children.map((child) => withClassRemarks(child as RemarkTree));
  const kind = node.type === "element" ? kindOf(node) : undefined;
  const isSaid = kind === undefined || saysKind(node, kind) || firstWords(node) === "";
  return Object.assign({}, node, { children: isSaid ? children : begun(node, kind, children) });
}

function kindOf({ tagName, properties }: RemarkElement): string | undefined {
  const { className } = properties;
  if (!BLOCK.test(tagName) || !Array.isArray(className)) return undefined;
  const names = className.map(String);
  const own = names.map((name) => BOX.exec(name)?.[1]).find((each) => each !== undefined);
  const isBox = names.some((name) => BOX.test(name));
  return own ?? names.find((name) => (isBox ? LOOSE_KIND : KIND).test(name));
}

/** Signs, as "⚠️", may stand before the word. */
function saysKind(node: RemarkTree, kind: string): boolean {
  const words = firstWords(node).replace(/^[^\p{L}]+/u, "");
  return words.slice(0, kind.length).toLowerCase() === kind;
}

/** Its title goes on behind its kind; a paragraph begins with it, and another block has a line for it. */
function begun(node: RemarkTree, kind: string, children: RemarkTree[]): RemarkTree[] {
  const label = remark(kind);
  const bold = (words: string): RemarkElement => ({
    type: "element",
    tagName: "strong",
    properties: {},
    children: [{ type: "text", value: words }],
  });
  const at = children.findIndex((child) => firstWords(child) !== "");
  const first = children[at];
  if (first?.type === "element" && isTitle(first)) {
    const title = textOfHast(first).trim();
    return children.with(at, { ...first, children: [bold(`${label}: ${title}`)] });
  }
  if (node.type === "element" && node.tagName === "p")
    return [bold(`${label}:`), { type: "text", value: " " }, ...children];
  return [{ type: "element", tagName: "p", properties: {}, children: [bold(label)] }, ...children];
}

/** `<p class="admonition-title">Look</p>`, `<p><strong>Look</strong></p>` */
function isTitle({ tagName, properties, children }: RemarkElement): boolean {
  const { className } = properties;
  const isNamed = Array.isArray(className) && className.some((name) => /title/.test(String(name)));
  const [only] = children;
  const isBold =
    children.length === 1 && only?.type === "element" && /^(?:strong|b)$/.test(only.tagName);
  return tagName === "p" && (isNamed || isBold);
}

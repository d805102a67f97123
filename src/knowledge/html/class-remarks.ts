/**
 * `<div class="warning">` and `<p class="note">`: a site's style says there, in colour or with a sign, what kind
 * of remark it is; its readers here see the class as words.
 */

import type { raw } from "hast-util-raw";
import { remark } from "../sites/remarks.ts";

type RemarkTree = ReturnType<typeof raw>;
type RemarkElement = Extract<RemarkTree, { type: "element" }>;

const BLOCK = /^(?:div|aside|section|blockquote|p)$/;
/** By themselves they say it; `info` and `success` are names of much else. */
const KIND = /^(?:note|tip|hint|important|warning|caution|danger|attention)$/;
/** Of Bootstrap, Sphinx, MDN and GitHub. */
const BOX =
  /^(?:alert|bs-callout|callout|admonition|notecard|markdown-alert|message|hint)(?:-(note|tip|hint|info|important|warning|caution|danger|error|attention))?$/;
const LOOSE_KIND = /^(?:note|tip|hint|info|important|warning|caution|danger|error|attention)$/;

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

/** Signs and the longest kind fit in. */
const MOST_SIGNS = 40;

/** The first text in it, and what follows while that is short: blocks may be nested a thousand deep. */
function firstWords(node: RemarkTree): string {
  if (node.type === "text") return node.value.trimStart().slice(0, MOST_SIGNS);
  let words = "";
  for (const child of "children" in node ? node.children : []) {
    words += firstWords(child);
    if (words.length >= MOST_SIGNS) break;
  }
  return words;
}

function textOf(node: RemarkTree): string {
  if (node.type === "text") return node.value;
  return "children" in node
    ? node.children.map((child) => textOf(child as RemarkTree)).join("")
    : "";
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
    const title = textOf(first).trim();
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

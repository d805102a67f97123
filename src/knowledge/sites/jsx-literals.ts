/** Texts that stand in JavaScript, as the lines that a reader of the page sees. */

import { isJsNode, type JsNode } from "./jsx-node.ts";
import { isCodeName, isShown } from "./shown-names.ts";

/** Words of one line of the page. */
export interface JsxText {
  /** Counted from 1, in the text that was parsed. */
  readonly line: number;
  readonly words: string;
}

/** What is shown of a text that stands under a name. */
export function literalTexts(node: JsNode, words: string, name: string): JsxText[] {
  if (!isShown(name.replace(/HTML$/i, ""), words)) return [];
  if (/HTML$/i.test(name) && /<[a-z]/.test(words)) {
    // An empty line would end a block of HTML, and code in it has lines.
    return [{ line: node.loc.start.line, words: words.trim().replace(/\r?\n/g, "&#10;") }];
  }
  if (isCodeName(name)) return joinedTexts(node, codeLines(node, words), "<br />");
  return joinedTexts(node, lineTexts(node, words), " ");
}

/** `"a\nb"` stands in one line of the page, whatever it says in several. */
function joinedTexts(node: JsNode, texts: readonly JsxText[], between: string): JsxText[] {
  const [first] = texts;
  const isAsWritten = node.type === "Literal" && node.loc.end.line > node.loc.start.line;
  if (first === undefined || node.type === "TemplateLiteral" || isAsWritten) return [...texts];
  return [{ line: node.loc.start.line, words: texts.map(({ words }) => words).join(between) }];
}

/** Code keeps its indentation, and what a template escapes. */
function codeLines(node: JsNode, code: string): JsxText[] {
  const written =
    node.type === "TemplateLiteral" ? code.replace(/\\([\\`]|\$(?=\{))/g, "$1") : code;
  return written
    .split("\n")
    .map((each, at) => ({ line: node.loc.start.line + at, words: each.trimEnd() }))
    .filter(({ words }) => words !== "")
    .map((each) => ({ ...each, words: asCode(each.words) }));
}

/** As code of Markdown, whatever signs are in it. */
export function asCode(words: string): string {
  const runs = new Set(words.match(/`+/g));
  let fence = runs.size === 0 ? "`" : "``";
  while (runs.has(fence)) fence += "`";
  const space = /^`|`$/.test(words) ? " " : "";
  return `${fence}${space}${words}${space}${fence}`;
}

/** What a component fills in, `{{date}}`, in a text of its own. */
const FILLED_IN = /(?<![`{])\{\{\s*\w+\s*\}\}(?![`}])/g;

/** Each line by itself, where it stands. */
export function lineTexts(node: JsNode, words: string): JsxText[] {
  return words
    .split("\n")
    .map((each, at) => ({
      line: node.loc.start.line + at,
      words: each.trim().replace(FILLED_IN, "`$&`"),
    }))
    .filter((each) => each.words !== "");
}

/** What a site makes a table of, such as an interface of TypeScript over many lines: it is shown as it stands. */
export function typedTexts(value: unknown): JsxText[] {
  if (!isJsNode(value) || typeof value["value"] !== "string" || !value["value"].includes("\n"))
    return [];
  return lineTexts(value, value["value"]).map(({ line, words }) => ({
    line,
    words: asCode(words),
  }));
}

/** Code of several lines that a component is given, `code={"a\nb"}` -> the same as HTML in one line of the page. */

import { indentOf } from "../lines/indentation.ts";
import { isJsNode, type JsNode } from "./jsx-node.ts";

export interface JsxCode {
  /** The lines of the page, from 1, over which it is written. */
  readonly first: number;
  readonly last: number;
  readonly text: string;
}

/** Undefined for what is no text, or a text of one line. */
export function longCode(value: JsNode | undefined, page: string): JsxCode | undefined {
  const text =
    value === undefined ? undefined : writtenText(value, page)?.replace(/^\n+|\s+$/g, "");
  if (value === undefined || text?.includes("\n") !== true) return undefined;
  return { first: value.loc.start.line, last: value.loc.end.line, text };
}

/** What a text says, or several of them with "+" between them; undefined for what is computed otherwise. */
export function writtenText(value: JsNode, page: string): string | undefined {
  if (value.type === "BinaryExpression" && value["operator"] === "+") {
    const parts = [value["left"], value["right"]].map((part) =>
      isJsNode(part) ? writtenText(part, page) : undefined,
    );
    return parts.includes(undefined) ? undefined : parts.join("");
  }
  if (value.type === "TemplateLiteral") {
    // What it computes stays as it is written, and what it escapes is meant.
    return page.slice(value.start + 1, value.end - 1).replace(/\\([\\`]|\$(?=\{))/g, "$1");
  }
  return typeof value["value"] === "string" ? value["value"] : undefined;
}

/** Each sign by its number, so that nobody takes it for markup, and the ends of lines, too. */
export function codeElement(
  { text }: Partial<JsxCode> & Pick<JsxCode, "text">,
  language: string,
): string {
  const signs = text.replace(/[^\p{L}\p{N} ]/gu, (sign) => `&#${sign.codePointAt(0) ?? 32};`);
  const name = /^[\w+-]+$/.test(language) ? ` class="language-${language}"` : "";
  return `<pre><code${name}>${signs}</code></pre>`;
}

/** Lines of code without empty ones at both ends and without the indentation that all of them have. */
export function plainLines(code: readonly string[]): string[] {
  const isSaid = (line: string): boolean => line.trim() !== "";
  const own = code.slice(Math.max(0, code.findIndex(isSaid)), code.findLastIndex(isSaid) + 1);
  const least = own
    .filter(isSaid)
    .reduce((columns, line) => Math.min(columns, indentOf(line)), Number.POSITIVE_INFINITY);
  return own.map((line) => line.slice(Math.min(indentOf(line), least)).trimEnd());
}

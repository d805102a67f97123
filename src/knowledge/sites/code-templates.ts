/**
 * Code of several lines that a component holds as a template, `<CodeBlock>{`df -h` and more lines to
 * `}</CodeBlock>`. Source: docusaurus.io, "Code blocks", whose `CodeBlock` takes one.
 */

import { linesOfFences } from "../lines/fences.ts";
import { codeElement } from "./jsx-code.ts";
import { isCode } from "./site-tag.ts";
import { attribute } from "./tag-attributes.ts";

const BEGINS = /^(\s*(?:(?:[-*+]|\d{1,9}[.)])\s+)?)<([A-Z][\w.]{0,40})([^<>`]*)>\s*(?:\{|$)/;
const TEMPLATE = /^\s*\{\s*`((?:[^`\\]|\\[\s\S])*)`\s*\}\s*$/;
const MOST_LINES = 500;
/** Between these, JavaScript computes what is shown, and is read as a whole. */
const COMPUTES = { begins: /(?:=>|&&|\?|\{)\s*\((?:<>)?\s*$/, ends: /^\s*(?:<\/>)?\s*\)/ };

/** The same lines, as many as before: such code stands in the first of its lines, as an element of HTML. */
export function plainCodeTemplates(lines: readonly string[]): readonly string[] {
  if (!lines.some((line) => BEGINS.test(line))) return lines;
  const isFenced = linesOfFences(lines);
  const written = [...lines];
  let isComputed = false;
  for (let at = 0; at < lines.length; at += 1) {
    if (isFenced[at] === true) continue;
    const line = lines[at] ?? "";
    isComputed = isComputed ? !COMPUTES.ends.test(line) : COMPUTES.begins.test(line);
    const found = isComputed ? undefined : codeFrom(lines, at);
    if (found === undefined) continue;
    written.fill("", at, found.end + 1);
    written[at] = found.text;
    at = found.end;
  }
  return written;
}

function codeFrom(lines: readonly string[], at: number): { text: string; end: number } | undefined {
  const [opening = "", indent = "", name = "", words = ""] = BEGINS.exec(lines[at] ?? "") ?? [];
  if (
    name === "" ||
    !isCode({ name, words, syntax: "jsx", isClosing: false, isSelfClosing: false })
  )
    return undefined;
  const ending = `</${name}>`;
  const below = lines.slice(at + 1, at + MOST_LINES).findIndex((line) => line.includes(ending));
  const end = at + 1 + below;
  const [before = "", behind = ""] = (lines[end] ?? "").split(ending);
  if (below === -1 || behind.trim() !== "") return undefined;
  const first = opening.endsWith("{") ? (lines[at] ?? "").slice(opening.length - 1) : "";
  const code = TEMPLATE.exec([first, ...lines.slice(at + 1, end), before].join("\n"))?.[1];
  if (code?.includes("\n") !== true) return undefined;
  return { text: indent + elementOf(code, { words, indent: indent.length }), end };
}

/** Without what all of it is indented by as its tag is, and with what a template escapes as it is meant. */
function elementOf(code: string, { words, indent }: { words: string; indent: number }): string {
  const [first = "", ...below] = code.split("\n");
  const isIndented = below.every((line) => line.trim() === "" || line.search(/\S/) >= indent);
  const text = [first, ...(isIndented ? below.map((line) => line.slice(indent)) : below)]
    .join("\n")
    .replace(/\\([\\`]|\$(?=\{))/g, "$1")
    .replace(/^\s*\n|\s+$/g, "");
  const title = attribute(words, "title");
  const label = title === undefined ? "" : `<p><b>${title.replace(/</g, "&lt;")}</b></p>`;
  return label + codeElement({ first: 1, last: 1, text }, languageIn(words));
}

function languageIn(words: string): string {
  const named = attribute(words, "language") ?? attribute(words, "lang");
  return named ?? /\blanguage-([\w+-]+)/.exec(attribute(words, "className") ?? "")?.[1] ?? "";
}

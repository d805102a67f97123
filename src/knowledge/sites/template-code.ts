/**
 * Code that a component of MDX is given as a text which is computed: `<CodeBlock language="sh">{`df -h`}</CodeBlock>`
 * and `<Mermaid chart={`…`} />` -> the same as HTML in one line of the page; as many lines as before.
 * Sources: Docusaurus (CodeBlock, Mermaid), Nextra and Fumadocs (Mermaid).
 */

import { linesOfFences } from "../lines/fences.ts";
import { indentOf } from "../lines/indentation.ts";
import { codeElement } from "./jsx-code.ts";
import { isCode, isDrawing } from "./site-tag.ts";
import { attribute } from "./tag-attributes.ts";

/** A component whose body begins in its own line with a text that is computed; one that begins below is read as it stands. */
const BODY =
  /^(\s*(?:(?:[-*+]|\d{1,9}[.)])\s+)?)<([A-Z]\w{0,40})((?:\s+[\w:-]+(?:=(?:"[^"<>]*"|'[^'<>]*'|\{[^{}<>]*\}))?){0,20})\s*>\s*(\{\s*(?:`.*)?)$/;
/** A drawing that stands in an attribute. */
const GIVEN =
  /^(\s*(?:(?:[-*+]|\d{1,9}[.)])\s+)?)<([A-Z]\w{0,40})\s+(?:value|chart|code|definition|diagram)=\{\s*`(.*)$/;
const GIVEN_ENDS = /`\s*\}\s*\/>\s*$/;
/** Of a body with its braces, the text. */
const TEMPLATE = /^\s*\{\s*`((?:[^`\\]|\\[\s\S])*)`\s*\}\s*$/;

/** Between these, JavaScript computes what is shown, and is read as a whole. */
const COMPUTES = { begins: /(?:=>|&&|\|\||\?|\{)\s*\((?:<>)?\s*$/, ends: /^\s*(?:<\/>)?\s*\)/ };

interface CodeOpening {
  readonly at: number;
  readonly indent: string;
  readonly name: string;
  readonly words: string;
  readonly first: string;
  readonly isGiven: boolean;
}

/** The same lines, as many as before. */
export function plainTemplateCode(lines: readonly string[]): readonly string[] {
  if (!lines.some((line) => openingAt(line, 0) !== undefined)) return lines;
  const isInFence = linesOfFences(lines);
  const plain = [...lines];
  let open: CodeOpening | undefined;
  let isComputed = false;
  for (const [at, line] of lines.entries()) {
    isComputed = isComputed ? !COMPUTES.ends.test(line) : COMPUTES.begins.test(line);
    if (isInFence[at] === true || isComputed) open = undefined;
    else open = openingAt(line, at) ?? open;
    if (open === undefined || !endOf(open).test(line)) continue;
    const text = textUntil(lines, at, open);
    if (text !== undefined) {
      plain.fill("", open.at, at + 1);
      plain[open.at] = open.indent + elementOf(open, text);
    }
    open = undefined;
  }
  return plain;
}

function openingAt(line: string, at: number): CodeOpening | undefined {
  if (!line.includes("<") || !line.includes("{")) return undefined;
  const [, indent = "", name = "", words = "", first = ""] = BODY.exec(line) ?? [];
  if (
    name !== "" &&
    isCode({ name, words, isClosing: false, isSelfClosing: false, syntax: "jsx" })
  ) {
    return { at, indent, name, words, first, isGiven: false };
  }
  const [, before = "", drawing = "", begun = ""] = GIVEN.exec(line) ?? [];
  if (!isDrawing({ name: drawing })) return undefined;
  return { at, indent: before, name: drawing, words: "", first: begun, isGiven: true };
}

function endOf({ isGiven, name }: CodeOpening): RegExp {
  return isGiven ? GIVEN_ENDS : new RegExp(`</${name}>\\s*$`);
}

/** The text of what has begun and ends in this line; undefined where it is no text alone. */
function textUntil(lines: readonly string[], at: number, open: CodeOpening): string | undefined {
  const whole = [open.first, ...lines.slice(open.at + 1, at + 1)].join("\n");
  const written = whole.replace(endOf(open), open.isGiven ? "`}" : "");
  const text = TEMPLATE.exec(open.isGiven ? `{\`${written}` : written)?.[1];
  if (text === undefined) return undefined;
  const meant = text.replace(/\\([\\`]|\$(?=\{))/g, "$1");
  return withoutIndent(meant, open.indent.length).replace(/^\s*\n|\s+$/g, "");
}

/** Without what all lines below the first are indented by as their tag is. */
function withoutIndent(text: string, indent: number): string {
  const [first = "", ...below] = text.split("\n");
  const isIndented = below.every((line) => line.trim() === "" || indentOf(line) >= indent);
  return isIndented ? [first, ...below.map((line) => line.slice(indent))].join("\n") : text;
}

function elementOf({ name, words }: CodeOpening, text: string): string {
  const language = isDrawing({ name })
    ? name.toLowerCase()
    : (attribute(words, "language") ??
      attribute(words, "lang") ??
      /\blanguage-([\w+-]+)/.exec(attribute(words, "className") ?? "")?.[1] ??
      "");
  const title = attribute(words, "title");
  const named =
    title === undefined
      ? ""
      : `<p><b>${title.replace(/&/g, "&amp;").replace(/</g, "&lt;")}</b></p>`;
  return named + codeElement({ text, first: 0, last: 0 }, language);
}

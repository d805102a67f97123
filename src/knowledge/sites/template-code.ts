/**
 * Code that a component of MDX is given as a text which is computed: `<CodeBlock language="sh">{`df -h`}</CodeBlock>`
 * and `<Mermaid chart={`…`} />` -> the same as HTML in one line of the page; as many lines as before.
 * Sources: Docusaurus (CodeBlock, Mermaid), Nextra and Fumadocs (Mermaid).
 */

import { linesOfFences } from "../lines/fences.ts";
import { codeElement } from "./jsx-code.ts";
import { isCode, isDrawing } from "./site-tag.ts";
import { attribute } from "./tag-attributes.ts";

/** A component whose body begins with a text that is computed, and what of it stands behind. */
const BODY =
  /^(\s*(?:(?:[-*+]|\d{1,9}[.)])\s+)?)<([A-Z]\w{0,40})((?:\s+[\w:-]+(?:=(?:"[^"<>]*"|'[^'<>]*'|\{[^{}<>]*\}))?){0,20})\s*>\s*\{\s*(?:`(.*))?$/;
/** A drawing that stands in an attribute. */
const GIVEN =
  /^(\s*(?:(?:[-*+]|\d{1,9}[.)])\s+)?)<([A-Z]\w{0,40})\s+(?:value|chart|code|definition|diagram)=\{\s*`(.*)$/;
const BODY_ENDS = /^(?:(.*)`)?\s*\}\s*<\/([A-Z]\w*)\s*>\s*$/;
const GIVEN_ENDS = /^(.*)`\s*\}\s*\/>\s*$/;

const WITHIN = /(?:[({?]|&&|\|\||=>)\s*$/;

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
  if (!lines.some((line) => line.includes("{") && openingAt(line, 0) !== undefined)) return lines;
  const isInFence = linesOfFences(lines);
  const plain = [...lines];
  let open: CodeOpening | undefined;
  for (const [at, line] of lines.entries()) {
    if (isInFence[at] === true) open = undefined;
    else {
      // Within an expression, the whole of it is read elsewhere.
      const opened = WITHIN.test(lines[at - 1] ?? "") ? undefined : openingAt(line, at);
      open = opened ?? open;
      if (open === undefined) continue;
      const text = textUntil(lines, at, open);
      if (text === undefined) continue;
      plain.fill("", open.at, at + 1);
      plain[open.at] = open.indent + elementOf(open, text);
      open = undefined;
    }
  }
  return plain;
}

function openingAt(line: string, at: number): CodeOpening | undefined {
  if (!line.includes("<") || !line.includes("{")) return undefined;
  const [, indent = "", name = "", words = "", first] = BODY.exec(line) ?? [];
  if (
    name !== "" &&
    isCode({ name, words, isClosing: false, isSelfClosing: false, syntax: "jsx" })
  ) {
    return { at, indent, name, words, first: first ?? "", isGiven: false };
  }
  const [, before = "", drawing = "", begun = ""] = GIVEN.exec(line) ?? [];
  if (!isDrawing({ name: drawing })) return undefined;
  return { at, indent: before, name: drawing, words: "", first: begun, isGiven: true };
}

/** The text of what has begun, where it ends in this line. */
function textUntil(lines: readonly string[], at: number, open: CodeOpening): string | undefined {
  const isOne = at === open.at;
  const line = isOne ? open.first : (lines[at] ?? "");
  const [all, last = "", name] = (open.isGiven ? GIVEN_ENDS : BODY_ENDS).exec(line) ?? [];
  if (all === undefined || (!open.isGiven && name !== open.name)) return undefined;
  const written = isOne ? [last] : [open.first, ...lines.slice(open.at + 1, at), last];
  // A sign of its own line may begin and end the text.
  const text = written.join("\n").replace(/^\s*`/, "").replace(/`\s*$/, "");
  return text.replace(/\\([\\`]|\$(?=\{))/g, "$1").replace(/^\s*\n|\s+$/g, "");
}

function elementOf({ name, words }: CodeOpening, text: string): string {
  const language = isDrawing({ name })
    ? name.toLowerCase()
    : (attribute(words, "language") ??
      /\blanguage-([\w+-]+)/.exec(attribute(words, "className") ?? "")?.[1] ??
      "");
  const title = attribute(words, "title");
  const named = title === undefined ? "" : `<p><b>${title.replace(/[<>&]/g, " ")}</b></p>`;
  return named + codeElement({ text, first: 0, last: 0 }, language);
}

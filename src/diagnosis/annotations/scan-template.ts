/** A template -> its texts and actions, and an action -> its tokens (Go's text/template/parse/lex.go). */

import { TemplateError } from "./template-value.ts";

export type TemplatePiece =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "action"; readonly source: string };

/** What is white space to Go's templates; any other is a sign that stands nowhere in an action. */
const SPACE_BEHIND = /^[ \t\r\n]+/;

function withoutSpaceBefore(text: string): string {
  let end = text.length;
  while (end > 0 && " \t\r\n".includes(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

/** Cuts at `{{` and `}}`; `{{- ` and ` -}}` take the white space beside them; comments are left out. */
export function piecesOf(template: string): TemplatePiece[] {
  const pieces: TemplatePiece[] = [];
  let rest = template;
  let trims = false;
  for (;;) {
    const open = rest.indexOf("{{");
    const text = open < 0 ? rest : rest.slice(0, open);
    const left = trims ? text.replace(SPACE_BEHIND, "") : text;
    if (open < 0) {
      pieces.push({ kind: "text", text: left });
      return pieces;
    }
    const trimsBefore = /^\{\{-[ \t\r\n]/.test(rest.slice(open));
    pieces.push({ kind: "text", text: trimsBefore ? withoutSpaceBefore(left) : left });
    const from = open + (trimsBefore ? 3 : 2);
    const close = endOf(rest, from);
    const inner = rest.slice(from, close);
    trims = /[ \t\r\n]-$/.test(inner);
    const written = trims ? inner.slice(0, -1) : inner;
    const source = withoutSpaceBefore(written.replace(SPACE_BEHIND, ""));
    if (source.startsWith("/*"))
      requireAlone(inner.slice(Number(trimsBefore), trims ? -2 : undefined));
    else pieces.push({ kind: "action", source });
    rest = rest.slice(close + 2);
  }
}

/** To Go a comment begins and ends right at the braces. */
function requireAlone(comment: string): void {
  if (/^\/\*[\s\S]*\*\/$/.test(comment)) return;
  throw new TemplateError("a comment is not alone within its braces: {{/* so */}}");
}

const QUOTED = /"(?:[^"\\\n]|\\.)*"|`[^`]*`|'(?:[^'\\\n]|\\.)+'|\/\*[\s\S]*?\*\/|\}\}/g;

/** Where the action ends: the first `}}` outside quotes and comments. */
function endOf(text: string, from: number): number {
  QUOTED.lastIndex = from;
  for (let match = QUOTED.exec(text); match !== null; match = QUOTED.exec(text)) {
    if (match[0] === "}}") return match.index;
  }
  throw new TemplateError("an action is not closed: }} is missing");
}

export interface TemplateToken {
  readonly kind: "word" | "variable" | "field" | "string" | "complex" | "number" | "char" | "sign";
  readonly text: string;
  /** White space stands before it. */
  readonly isApart: boolean;
}

const TOKEN =
  /[ \t\r\n]*(?:(?<variable>\$[\p{L}\p{N}_]*)|(?<field>\.[\p{L}_][\p{L}\p{N}_]*)|(?<string>"(?:[^"\\\n]|\\.)*"|`[^`]*`)|(?<complex>(?:[+-]?(?:\d[\d_]*(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?(?=[+-]))?[+-]?(?:\d[\d_]*(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?i(?![\p{L}\p{N}_]))|(?<char>'(?:[^'\\\n]|\\.)+')|(?<number>[+-]?(?:0[xX][\da-fA-F_]*\.?[\da-fA-F_]*[pP][+-]?\d+|0[xX][\da-fA-F_]+|0[bB][01_]+|0[oO][0-7_]+|\d[\d_]*\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?))|(?<word>[\p{L}_][\p{L}\p{N}_]*)|(?<sign>:=|[=|().,]))/uy;

const KINDS = ["variable", "field", "string", "complex", "char", "number", "word", "sign"] as const;

/** Throws a TemplateError at a sign that no token begins with. */
export function tokensOf(source: string): TemplateToken[] {
  const tokens: TemplateToken[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < source.length) {
    const at = TOKEN.lastIndex;
    const groups = TOKEN.exec(source)?.groups;
    const kind = groups && KINDS.find((each) => groups[each] !== undefined);
    if (groups === undefined || kind === undefined) {
      throw new TemplateError(
        `{{ ${source} }} is not understood at: ${source.slice(at, at + 20).trim()}`,
      );
    }
    tokens.push({ kind, text: groups[kind] ?? "", isApart: SPACE_BEHIND.test(source.slice(at)) });
  }
  return tokens;
}

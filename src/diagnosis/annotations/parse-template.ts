/** Pieces of a template -> its tree. The grammar is that of Go's text/template. */

import { parsePipe } from "./parse-pipe.ts";
import { piecesOf, type TemplatePiece, type TemplateToken, tokensOf } from "./scan-template.ts";
import type { ParsedTemplate, TemplateNode } from "./template-node.ts";
import { TemplateError } from "./template-value.ts";

interface PieceReader {
  readonly pieces: readonly TemplatePiece[];
  at: number;
  /** How deep the blocks are nested. */
  depth: number;
  /** How many of them are loops. */
  loops: number;
  readonly defined: Map<string, readonly TemplateNode[]>;
}

/** Nobody nests deeper, and what does would exhaust the stack. */
const DEEPEST = 50;

/** Throws a TemplateError that says what is wrong. */
export function parseTemplate(template: string): ParsedTemplate {
  const reader: PieceReader = {
    pieces: piecesOf(template),
    at: 0,
    depth: 0,
    loops: 0,
    defined: new Map(),
  };
  const { nodes, end } = parseList(reader);
  if (end !== undefined) throw new TemplateError(`{{ ${end.word} }} closes nothing`);
  return { nodes, defined: reader.defined };
}

/** What ended a list: `end`, or `else` with the rest of its action. */
interface ListEnd {
  readonly word: "end" | "else";
  readonly rest: readonly TemplateToken[];
}

function parseList(reader: PieceReader): { nodes: TemplateNode[]; end?: ListEnd } {
  const nodes: TemplateNode[] = [];
  while (reader.at < reader.pieces.length) {
    const piece = reader.pieces[reader.at];
    reader.at += 1;
    if (piece === undefined) break;
    if (piece.kind === "text") {
      if (piece.text !== "") nodes.push(piece);
      continue;
    }
    const [first, ...rest] = tokensOf(piece.source);
    if (first === undefined) throw new TemplateError("an action is empty");
    if (first.kind === "word" && (first.text === "end" || first.text === "else")) {
      if (first.text === "end") requireNothing("end", rest);
      return { nodes, end: { word: first.text, rest } };
    }
    const node = parseAction(reader, first, rest);
    if (node !== undefined) nodes.push(node);
  }
  return { nodes };
}

function parseAction(
  reader: PieceReader,
  first: TemplateToken,
  rest: readonly TemplateToken[],
): TemplateNode | undefined {
  const word = first.kind === "word" ? first.text : "";
  switch (word) {
    case "if":
    case "with":
    case "range":
      return parseBranch(reader, word, rest);
    case "define":
      if (reader.depth > 0) throw new TemplateError("{{ define }} stands within a block");
      requireNothing(word, rest.slice(1));
      return parseDefinition(reader, word, rest);
    case "block":
      return parseDefinition(reader, word, rest);
    case "template":
      return { kind: "template", name: nameIn(rest), ...pipeAfterName(rest) };
    case "break":
    case "continue":
      if (reader.loops === 0) throw new TemplateError(`{{ ${word} }} stands in no {{ range }}`);
      requireNothing(word, rest);
      return { kind: word };
    default:
      return { kind: "action", pipe: parsePipe([first, ...rest]) };
  }
}

/** `{{ end | title }}`. */
function requireNothing(word: string, [token]: readonly TemplateToken[]): void {
  if (token !== undefined)
    throw new TemplateError(`${token.text} is in a wrong place in {{ ${word} }}`);
}

type BranchKind = "if" | "with" | "range";

function parseBranch(
  reader: PieceReader,
  kind: BranchKind,
  tokens: readonly TemplateToken[],
): TemplateNode {
  const pipe = parsePipe(tokens, kind === "range" ? 2 : 1);
  if (kind === "range") reader.loops += 1;
  const { nodes: body, end } = parseInner(reader, kind);
  if (kind === "range") reader.loops -= 1;
  if (end.word === "end") return { kind, pipe, body, otherwise: [] };
  const [next, ...rest] = end.rest;
  if (next !== undefined) {
    // `{{ else if x }}` has no end of its own; a range has none of these.
    if (kind === "range" || next.text !== kind) {
      throw new TemplateError(`{{ else ${next.text} }} is not known in {{ ${kind} }}`);
    }
    return { kind, pipe, body, otherwise: [parseBranch(reader, kind, rest)] };
  }
  const { nodes: otherwise, end: last } = parseInner(reader, kind);
  if (last.word === "else") throw new TemplateError(`{{ ${kind} }} has two {{ else }}`);
  return { kind, pipe, body, otherwise };
}

function parseInner(reader: PieceReader, what: string): { nodes: TemplateNode[]; end: ListEnd } {
  reader.depth += 1;
  if (reader.depth > DEEPEST) throw new TemplateError("its blocks are nested too deeply");
  const { nodes, end } = parseList(reader);
  reader.depth -= 1;
  if (end === undefined) throw new TemplateError(`{{ ${what} }} has no {{ end }}`);
  return { nodes, end };
}

function parseDefinition(
  reader: PieceReader,
  word: "define" | "block",
  tokens: readonly TemplateToken[],
): TemplateNode | undefined {
  const name = nameIn(tokens);
  const { nodes, end } = parseInner(reader, word);
  if (end.word === "else") throw new TemplateError(`{{ ${word} }} has an {{ else }}`);
  define(reader, name, nodes);
  return word === "define" ? undefined : { kind: "template", name, ...pipeAfterName(tokens) };
}

/** Of two definitions one may be empty. */
function define({ defined }: PieceReader, name: string, nodes: readonly TemplateNode[]): void {
  const isEmpty = (of: readonly TemplateNode[]): boolean =>
    of.every((node) => node.kind === "text" && node.text.trim() === "");
  const before = defined.get(name);
  if (before === undefined || isEmpty(before)) defined.set(name, nodes);
  else if (!isEmpty(nodes)) throw new TemplateError(`two templates are called ${name}`);
}

function nameIn([name]: readonly TemplateToken[]): string {
  if (name?.kind !== "string") throw new TemplateError("a template has a name in quotes");
  return name.text.slice(1, -1);
}

function pipeAfterName([, ...rest]: readonly TemplateToken[]) {
  return rest.length === 0 ? {} : { pipe: parsePipe(rest) };
}

/** The tokens of an action -> a pipeline: `$x := printf "%.1f" $value | title`. */

import type { TemplateToken } from "./scan-template.ts";
import { literalComplex, literalLetter, literalNumber, literalText } from "./template-literals.ts";
import type { Operand, Pipe } from "./template-node.ts";
import { TemplateError, type TemplateValue } from "./template-value.ts";

/** Throws a TemplateError that says what is wrong; `most` is how many variables it may set. */
export function parsePipe(tokens: readonly TemplateToken[], most: 1 | 2 = 1): Pipe {
  const { variables, declares, rest } = assignment(tokens, most);
  const commands: Operand[][] = [[]];
  let left = rest;
  while (left.length > 0) {
    const [token, ...after] = left;
    if (token?.kind === "sign" && token.text === "|") {
      commands.push([]);
      left = after;
      continue;
    }
    const { operand, rest: next } = parseOperand(left);
    requireApart(next[0]);
    commands.at(-1)?.push(operand);
    left = next;
  }
  // A last | is passed over.
  if (commands.length > 1 && commands.at(-1)?.length === 0) commands.pop();
  if (commands.some((command) => command.length === 0)) {
    throw new TemplateError("a value is missing");
  }
  if (commands.slice(1).some(([first]) => first === undefined || isPlainValue(first))) {
    throw new TemplateError("behind | stands a value that takes none");
  }
  return { variables, declares, commands };
}

/** White space, or a sign that no value begins with, ends a value. */
function requireApart(next: TemplateToken | undefined): void {
  if (next === undefined || next.isApart || next.text === "|") return;
  throw new TemplateError(`white space is missing before ${next.text}`);
}

function isPlainValue(operand: Operand): boolean {
  return operand.kind === "literal" || (operand.kind === "dot" && operand.fields.length === 0);
}

interface Assigned {
  readonly variables: readonly string[];
  readonly declares: boolean;
  readonly rest: readonly TemplateToken[];
}

/**
 * `$x :=`, `$x =`, and of a range `$i, $x :=`. What follows a comma need not be set: `range $x, $labels`
 * goes over the labels.
 */
function assignment(tokens: readonly TemplateToken[], most: 1 | 2): Assigned {
  const variables: string[] = [];
  for (let rest = tokens; ; rest = rest.slice(2)) {
    const [variable, sign] = rest;
    const isNamed = variable?.kind === "variable" && sign?.kind === "sign";
    if (!isNamed || !/^(?::=|=|,)$/.test(sign.text)) return { variables, declares: true, rest };
    variables.push(variable.text);
    if (sign.text !== ",") return { variables, declares: sign.text === ":=", rest: rest.slice(2) };
    if (variables.length === most) throw new TemplateError("it sets too many variables");
    if (rest.length > 2 && rest[2]?.kind !== "variable") {
      throw new TemplateError("only a variable can be set");
    }
  }
}

interface ReadOperand {
  readonly operand: Operand;
  readonly rest: readonly TemplateToken[];
}

function parseOperand(tokens: readonly TemplateToken[]): ReadOperand {
  const [token, ...rest] = tokens;
  if (token === undefined) throw new TemplateError("a value is missing");
  switch (token.kind) {
    case "variable":
      return withFields(rest, (fields) => ({ kind: "variable", name: token.text, fields }));
    case "field":
      return withFields(rest, (fields) => ({
        kind: "dot",
        fields: [token.text.slice(1), ...fields],
      }));
    case "word":
      return { operand: wordOperand(token.text), rest };
    case "sign":
      if (token.text === ".") return { operand: { kind: "dot", fields: [] }, rest };
      if (token.text === "(") return parseGroup(rest);
      throw new TemplateError(`${token.text} is in a wrong place`);
    case "char":
    case "complex":
    case "number":
    case "string":
      return { operand: { kind: "literal", value: literalOf(token) }, rest };
  }
}

function parseGroup(tokens: readonly TemplateToken[]): ReadOperand {
  let depth = 1;
  const end = tokens.findIndex(({ kind, text }) => {
    if (kind === "sign" && text === "(") depth += 1;
    if (kind === "sign" && text === ")") depth -= 1;
    return depth === 0;
  });
  if (end < 0) throw new TemplateError("a parenthesis is not closed");
  const pipe = parsePipe(tokens.slice(0, end));
  return withFields(tokens.slice(end + 1), (fields) => ({ kind: "pipe", pipe, fields }));
}

/** Fields follow without white space: `$labels.topic`. */
function withFields(
  tokens: readonly TemplateToken[],
  make: (fields: readonly string[]) => Operand,
): ReadOperand {
  const after = tokens.findIndex(({ kind, isApart }) => kind !== "field" || isApart);
  const count = after < 0 ? tokens.length : after;
  const fields = tokens.slice(0, count).map(({ text }) => text.slice(1));
  return { operand: make(fields), rest: tokens.slice(count) };
}

function wordOperand(word: string): Operand {
  if (word === "true" || word === "false") return { kind: "literal", value: word === "true" };
  if (word === "nil") return { kind: "literal", value: null };
  return { kind: "function", name: word };
}

function literalOf({ kind, text }: TemplateToken): TemplateValue {
  if (kind === "string") return text.startsWith("`") ? text.slice(1, -1) : literalText(text);
  if (kind === "complex") return literalComplex(text);
  return kind === "char" ? literalLetter(text) : literalNumber(text);
}

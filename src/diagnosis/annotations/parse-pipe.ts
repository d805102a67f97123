/** The tokens of an action -> a pipeline: `$x := printf "%.1f" $value | title`. */

import type { TemplateToken } from "./scan-template.ts";
import type { Operand, Pipe } from "./template-node.ts";
import { TemplateError, type TemplateValue } from "./template-value.ts";

/** Throws a TemplateError that says what is wrong. */
export function parsePipe(tokens: readonly TemplateToken[]): Pipe {
  const { variables, declares, rest } = assignment(tokens);
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
    commands.at(-1)?.push(operand);
    left = next;
  }
  if (commands.some((command) => command.length === 0)) {
    throw new TemplateError("a value is missing");
  }
  return { variables, declares, commands };
}

interface Assigned {
  readonly variables: readonly string[];
  readonly declares: boolean;
  readonly rest: readonly TemplateToken[];
}

/** `$x :=`, `$x =`, and of a range `$i, $x :=`. */
function assignment(tokens: readonly TemplateToken[]): Assigned {
  const at = tokens.findIndex(
    ({ kind, text }) => kind === "sign" && (text === ":=" || text === "="),
  );
  if (at < 0) return { variables: [], declares: false, rest: tokens };
  const before = tokens.slice(0, at).filter(({ text }) => text !== ",");
  if (before.length === 0 || before.some(({ kind }) => kind !== "variable")) {
    throw new TemplateError("only a variable can be set");
  }
  return {
    variables: before.map(({ text }) => text),
    declares: tokens[at]?.text === ":=",
    rest: tokens.slice(at + 1),
  };
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
  if (kind === "string") return text.startsWith("`") ? text.slice(1, -1) : unquoted(text);
  if (kind === "char") return BigInt(unquoted(`"${text.slice(1, -1)}"`).codePointAt(0) ?? 0);
  const plain = text.replaceAll("_", "");
  if (/^0[0-7]+$/.test(plain)) return BigInt(`0o${plain.slice(1)}`);
  if (/^[+-]?(?:\d+|0x[\da-f]+|0b[01]+|0o[0-7]+)$/i.test(plain)) {
    return plain.startsWith("-") ? -BigInt(plain.slice(1)) : BigInt(plain.replace("+", ""));
  }
  return hexFloat(plain) ?? Number(plain);
}

/** `0x1.8p3`. */
function hexFloat(text: string): number | undefined {
  const [, sign, whole = "", part = "", power] =
    /^([+-]?)0x([\da-f]*)\.?([\da-f]*)p([+-]?\d+)$/i.exec(text) ?? [];
  if (power === undefined) return undefined;
  const mantissa = Number.parseInt(`0${whole}${part}`, 16);
  return (sign === "-" ? -1 : 1) * mantissa * 2 ** (Number(power) - 4 * part.length);
}

/** Go's escapes in quotes are JSON's, and a few more. */
function unquoted(text: string): string {
  const escapes: Readonly<Record<string, string>> = { a: "\x07", v: "\v", "'": "'" };
  const read = text
    .slice(1, -1)
    .replace(/\\(x[\da-fA-F]{2}|u[\da-fA-F]{4}|.)/gs, (all, code: string) => {
      if (code.startsWith("x")) return String.fromCodePoint(Number.parseInt(code.slice(1), 16));
      if (code in escapes) return escapes[code] ?? "";
      try {
        return String(JSON.parse(`"${all}"`));
      } catch {
        throw new TemplateError(`${all} is not a valid escape`);
      }
    });
  return read;
}

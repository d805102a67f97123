/**
 * What to tell a person whose expression does not follow the grammar: where it goes wrong, what
 * stands there and what would have been expected.
 */
import type { SyntaxNode, SyntaxNodeRef, Tree } from "@lezer/common";
import { NO_COMPUTED_DURATIONS } from "./duration.ts";
import { PromqlError } from "./promql-error.ts";
import { insteadOf } from "./refused-functions.ts";
import { SIGNATURES } from "./signatures.ts";

/** Of a name, in characters of an error. */
const LONGEST_NAME = 100;

/** What may follow inside a construct, by the grammar's name for it. */
const EXPECTED: Readonly<Record<string, string>> = {
  PromQL: "an operator or the end of the expression",
  BinaryExpr: "an expression after the operator",
  UnaryExpr: "an expression after the sign",
  AggregateExpr: "an expression in parentheses",
  AggregateModifier: "labels in parentheses",
  FunctionCall: "arguments in parentheses",
  FunctionCallBody: 'an expression, "," or ")"',
  ParenExpr: 'an expression or ")"',
  GroupingLabels: 'a label name, "," or ")"',
  LabelMatchers: 'a condition such as label="value", "," or "}"',
  UnquotedLabelMatcher: "a value in quotes",
  QuotedLabelMatcher: "a value in quotes",
  MatrixSelector: 'a duration such as 5m and "]"',
  SubqueryExpr: 'a duration such as 5m and "]"',
  DurationExpr: 'a duration such as 5m and "]"',
  NumberDurationLiteralInDurationContext: 'a duration such as 5m and "]"',
  OffsetExpr: "a duration such as 5m",
  OffsetDurationExpr: "a duration such as 5m",
  StepInvariantExpr: "a time in seconds, start() or end()",
  MatchingModifierClause: "labels in parentheses",
  VectorSelector: "an operator or the end of the expression",
};

/** The first error of a tree as a PromqlError, or undefined when there is none. */
export function syntaxError(tree: Tree, text: string): PromqlError | undefined {
  const { error: node, misread } = firstFaults(tree, text);
  if (node === undefined) {
    return misread;
  }

  const call = unknownCall(text, node);
  if (call !== undefined) {
    return call;
  }
  const parent = node.parent?.name ?? "PromQL";
  const duration = DURATIONS.has(parent) ? foreignDuration(text, node) : undefined;
  if (duration !== undefined) {
    return duration;
  }
  const expected =
    text.slice(0, node.from).trim() === ""
      ? "an expression"
      : (EXPECTED[parent] ?? "something else");
  const found = foundAt(text, node.from);
  return new PromqlError(`expected ${expected}, found ${found}`, { from: node.from, to: node.to });
}

const NUMBERS = new Set(["NumberDurationLiteral", "NumberDurationLiteralInDurationContext"]);
/**
 * What the grammar for editors reads and Prometheus refuses: `60and`, and some words as labels. Of all words
 * these alone are never labels in parentheses: two are numbers.
 */
const NO_LABELS = /^(?:inf|nan|without)$/i;

function tornNumber({ name, from, to }: SyntaxNodeRef, text: string): PromqlError | undefined {
  if (!NUMBERS.has(name) || !/\w/.test(text.charAt(to))) return undefined;
  const word = /^[-+\s]*[\w.]*/.exec(text.slice(from, to + LONGEST_NAME))?.[0] ?? "";
  return new PromqlError(`"${word}" is not a number or a duration`, { from, to });
}

function noLabel(node: SyntaxNodeRef, text: string): PromqlError | undefined {
  const { name, from, to } = node;
  if (name !== "LabelName" || node.node.parent?.name !== "GroupingLabels") return undefined;
  const label = text.slice(from, to);
  if (!NO_LABELS.test(label)) return undefined;
  return new PromqlError(`"${label}" is no label: Prometheus reads another word`, { from, to });
}

/** What is written where a duration is expected, by the grammar's names. */
const DURATIONS = new Set([
  "MatrixSelector",
  "SubqueryExpr",
  "DurationExpr",
  "OffsetExpr",
  "OffsetDurationExpr",
]);

/** `[max(step(), 5m)]` of some versions of Prometheus, and `[$__rate_interval]` of Grafana's panels. */
function foreignDuration(text: string, { from, to }: SyntaxNode): PromqlError | undefined {
  const rest = text.slice(from, from + LONGEST_NAME);
  const variable = /^\s*\$\{?\w+\}?/.exec(rest)?.[0].trim();
  if (variable !== undefined) {
    const reason = `"${variable}" is a variable of Grafana: write a duration such as 5m`;
    return new PromqlError(reason, { from, to: from + variable.length });
  }
  if (!/^\s*[a-zA-Z_]\w*\s*\(/.test(rest)) {
    return undefined;
  }
  return new PromqlError(NO_COMPUTED_DURATIONS, { from, to });
}

/** The first error of the grammar, and the first that only Prometheus sees. */
function firstFaults(tree: Tree, text: string): { error?: SyntaxNode; misread?: PromqlError } {
  let error: SyntaxNode | undefined;
  let misread: PromqlError | undefined;
  tree.iterate({
    enter(node) {
      if (node.type.isError && (error === undefined || node.from < error.from)) error = node.node;
      misread ??= tornNumber(node, text) ?? noLabel(node, text);
    },
  });
  return { ...(error && { error }), ...(misread && { misread }) };
}

/** A function that the grammar does not know reads as a metric with parentheses behind it. */
function unknownCall(text: string, error: SyntaxNode): PromqlError | undefined {
  const before = text.slice(0, error.from).trimEnd();
  const name = /(?<![\w:])[a-zA-Z_:][\w:]*$/.exec(before)?.[0];
  if (name === undefined || SIGNATURES.has(name)) {
    return undefined;
  }
  if (!/^\s*\(/.test(text.slice(error.from))) {
    return undefined;
  }
  const range = { from: before.length - name.length, to: before.length };
  const instead = insteadOf(name);
  const reason = instead === "" ? "known or not supported" : `supported${instead}`;
  return new PromqlError(`the function "${name.slice(0, LONGEST_NAME)}" is not ${reason}`, range);
}

function foundAt(text: string, from: number): string {
  const rest = text.slice(from).trimStart();
  return rest === "" ? "the end" : `"${/^(?:[\w:.]+|[\s\S])/.exec(rest)?.[0] ?? rest}"`;
}

/**
 * PromQL text -> expression.
 *
 * The grammar is Prometheus' own for editors (@prometheus-io/lezer-promql). It is newer than the
 * language spoken here, that of Prometheus 2.42, and reads more than it; what is not evaluated is
 * refused by its name.
 */
import type { PartialParse, SyntaxNode, Tree } from "@lezer/common";
import { parser } from "@prometheus-io/lezer-promql";
import { asInGrammar } from "./as-in-grammar.ts";
import { beyondLimit, MAX_DEPTH } from "./beyond-limit.ts";
import { checkKinds } from "./check-kinds.ts";
import { blankComments } from "./comments.ts";
import type { BinaryOperator, Expr, Matching } from "./expression.ts";
import { parseNumberLiteral, parseStringLiteral } from "./literals.ts";
import { readOperators } from "./parse-operators.ts";
import { readPostfix } from "./parse-postfix.ts";
import { parseSelector } from "./parse-selector.ts";
import { PromqlError, type TextRange } from "./promql-error.ts";
import { insteadOf } from "./refused-functions.ts";
import { AGGREGATION_PARAMS, SIGNATURES } from "./signatures.ts";
import { syntaxError } from "./syntax-error.ts";

/** Grammar of later Prometheus versions that has no meaning here, in the words of its manual. */
const UNSUPPORTED: Readonly<Record<string, string>> = {
  AnchoredExpr: "the modifier anchored",
  SmoothedExpr: "the modifier smoothed",
  FillModifier: "the modifier fill",
  TrimUpper: "the operator </ on native histograms",
  TrimLower: "the operator >/ on native histograms",
};

/** Longest text that is read: generated rules have some ten thousand characters. */
const MAX_LENGTH = 64_000;
/**
 * Texts that are remembered with their trees, in characters of text. The shipped checks and rules are
 * 36,000, and every target, replay and question asks for the same ones again; beyond, all are forgotten.
 */
const MAX_REMEMBERED = 200_000;
const remembered = new Map<string, Expr>();
let rememberedLength = 0;

/** Reads an expression and checks the kinds of its parts. Throws a PromqlError with the place. */
export function parsePromql(written: string): Expr {
  const known = remembered.get(written);
  if (known !== undefined) return known;
  const expr = readText(written);
  rememberedLength += written.length;
  if (rememberedLength > MAX_REMEMBERED) {
    remembered.clear();
    rememberedLength = written.length;
  }
  remembered.set(written, expr);
  return expr;
}

function readText(written: string): Expr {
  if (written.length > MAX_LENGTH) {
    const range = { from: MAX_LENGTH, to: written.length };
    throw new PromqlError(`an expression has at most ${MAX_LENGTH} characters`, range);
  }
  // The grammar puts comments into the tree, between any two parts of an expression.
  const text = blankComments(written);
  const beyond = beyondLimit(text);
  if (beyond !== undefined) throw beyond;
  const tree = treeOf(text);
  const failure = syntaxError(tree, text);
  if (failure !== undefined) throw failure;

  const node = tree.topNode.getChild("Expr");
  if (node === null) {
    throw new PromqlError("expected an expression, found the end", { from: 0, to: text.length });
  }
  const expr = readExpr(node, text, 0);
  checkKinds(expr);
  return expr;
}

/** How its parser goes on in a long row of operators: it counts how often a node has grown, and then gives up. */
type GrammarParse = PartialParse & { bigReductionCount?: number };

function treeOf(text: string): Tree {
  const parse: GrammarParse = parser.startParse(asInGrammar(text));
  for (;;) {
    const tree = parse.advance();
    if (tree !== null) return tree;
    parse.bigReductionCount = 0;
  }
}

function readExpr(node: SyntaxNode, text: string, depth: number): Expr {
  if (depth > MAX_DEPTH) {
    throw new PromqlError(`expressions nest at most ${MAX_DEPTH} deep`, node);
  }
  const inner = (child: SyntaxNode): Expr => readExpr(child, text, depth + 1);
  return readOperators(node, text, {
    operand: (operand) => readOperand(operand, text, inner),
    postfix: (postfix, operand, isInParentheses) => {
      refuseUnsupported(postfix);
      return readPostfix(postfix, text, { operand, isInParentheses });
    },
    binary: (binary, left, right) => readBinary(binary, text, { left, right }),
    operator: (binary) => readOperator(binary, text),
  });
}

type Inner = (node: SyntaxNode) => Expr;

function readOperand(node: SyntaxNode, text: string, inner: Inner): Expr {
  switch (node.name) {
    case "NumberDurationLiteral":
      return readNumber(node, text);
    case "StringLiteral":
      return { kind: "string", value: readString(node, text), range: rangeOf(node) };
    case "VectorSelector":
      return parseSelector(node, text);
    case "ParenExpr":
      return inner(only(node));
    case "FunctionCall":
      return readCall(node, text, inner);
    case "AggregateExpr":
      return readAggregation(node, text, inner);
    default:
      throw refused(node);
  }
}

/** The sign of a number has been read before. */
function readNumber(node: SyntaxNode, text: string): Expr {
  const written = text.slice(node.from, node.to).replace(/^[+-]\s*/, "");
  const value = parseNumberLiteral(written);
  if (value === undefined) {
    throw new PromqlError(`"${written}" is not a number`, node);
  }
  return { kind: "number", value, range: rangeOf(node) };
}

function readString(node: SyntaxNode, text: string): string {
  const value = parseStringLiteral(text.slice(node.from, node.to));
  if (value === undefined) {
    throw new PromqlError("the string is not closed, or has an escape that is not known", node);
  }
  return value;
}

function readBinary(
  node: SyntaxNode,
  text: string,
  { left, right }: { left: Expr; right: Expr },
): Expr {
  for (const fill of node.getChildren("FillModifier")) {
    refuseUnsupported(fill);
  }
  return {
    kind: "binary",
    operator: readOperator(node, text),
    left,
    right,
    bool: node.getChild("BoolModifier") !== null,
    matching: readMatching(node, text),
    range: { from: left.range.from, to: right.range.to },
  };
}

const OPERATORS: ReadonlySet<string> = new Set<BinaryOperator>([
  "+",
  "-",
  "*",
  "/",
  "%",
  "^",
  "atan2",
  "==",
  "!=",
  ">",
  "<",
  ">=",
  "<=",
  "and",
  "or",
  "unless",
]);

function readOperator(node: SyntaxNode, text: string): BinaryOperator {
  const operatorNode = only(node).nextSibling ?? node;
  refuseUnsupported(operatorNode);
  const operator = text.slice(operatorNode.from, operatorNode.to).toLowerCase();
  if (!isOperator(operator)) {
    throw refused(operatorNode);
  }
  return operator;
}

function isOperator(operator: string): operator is BinaryOperator {
  return OPERATORS.has(operator);
}

function readMatching(node: SyntaxNode, text: string): Matching {
  const clause = node.getChild("MatchingModifierClause");
  if (clause === null) {
    return { on: false, labels: [], include: [] };
  }

  const isGrouped = clause.getChild("GroupLeft") !== null || clause.getChild("GroupRight") !== null;
  const [labels, include] = clause.getChildren("GroupingLabels");
  return {
    on: clause.getChild("On") !== null,
    labels: readLabels(labels, text),
    include: readLabels(include, text),
    ...(isGrouped ? { many: clause.getChild("GroupLeft") !== null ? "left" : "right" } : {}),
  };
}

function readCall(node: SyntaxNode, text: string, inner: Inner): Expr {
  const identifier = node.getChild("FunctionIdentifier");
  const name = identifier === null ? "" : text.slice(identifier.from, identifier.to);
  if (identifier === null || !SIGNATURES.has(name)) {
    throw new PromqlError(
      `the function "${name}" is not supported${insteadOf(name)}`,
      identifier ?? node,
    );
  }
  return {
    kind: "call",
    name,
    args: readArguments(node, inner),
    text: text.slice(node.from, node.to),
    range: rangeOf(node),
  };
}

function readAggregation(node: SyntaxNode, text: string, inner: Inner): Expr {
  const operatorNode = node.getChild("AggregateOp") ?? node;
  const operator = text.slice(operatorNode.from, operatorNode.to).toLowerCase();
  if (!AGGREGATION_PARAMS.has(operator)) {
    throw new PromqlError(
      `the aggregation "${operator}" is not supported${insteadOf(operator)}`,
      operatorNode,
    );
  }

  const args = readArguments(node, inner);
  const wanted = AGGREGATION_PARAMS.get(operator) === undefined ? 1 : 2;
  const [expr, param] = args.toReversed();
  if (expr === undefined || args.length !== wanted) {
    throw new PromqlError(`${operator} takes ${wanted} argument(s), not ${args.length}`, node);
  }
  const modifier = node.getChild("AggregateModifier");
  return {
    kind: "aggregation",
    operator,
    expr,
    ...(param === undefined ? {} : { param }),
    grouping: readLabels(modifier?.getChild("GroupingLabels") ?? undefined, text),
    without: modifier?.getChild("Without") != null,
    text: text.slice(node.from, node.to),
    range: rangeOf(node),
  };
}

function readArguments(node: SyntaxNode, inner: Inner): Expr[] {
  return (node.getChild("FunctionCallBody")?.getChildren("Expr") ?? []).map(inner);
}

function readLabels(node: SyntaxNode | undefined, text: string): string[] {
  const names = [
    ...(node?.getChildren("LabelName") ?? []),
    ...(node?.getChildren("QuotedLabelName") ?? []),
  ];
  return names.map((name) => {
    const string = name.getChild("StringLiteral");
    return string === null ? text.slice(name.from, name.to) : readString(string, text);
  });
}

function only(node: SyntaxNode): SyntaxNode {
  const child = node.getChild("Expr");
  if (child === null) {
    throw refused(node);
  }
  return child;
}

function refuseUnsupported(node: SyntaxNode): void {
  if (UNSUPPORTED[node.name] !== undefined) {
    throw refused(node);
  }
}

function refused(node: SyntaxNode): PromqlError {
  return new PromqlError(`${UNSUPPORTED[node.name] ?? node.name} is not supported`, node);
}

function rangeOf({ from, to }: SyntaxNode): TextRange {
  return { from, to };
}

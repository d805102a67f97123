/**
 * Which operand belongs to which operator.
 *
 * The grammar for editors leaves that open where a modifier stands behind an operand: it reads
 * `a + b offset 5m` as `(a + b) offset 5m`, and `-1 ^ 2` as `(-1) ^ 2`. So only the order of its parts
 * is taken from it, and they are put together here by Prometheus' precedence
 * (https://prometheus.io/docs/prometheus/2.42/querying/operators/#binary-operator-precedence).
 */
import type { SyntaxNode } from "@lezer/common";
import type { BinaryOperator, Expr } from "./expression.ts";
import { PromqlError } from "./promql-error.ts";

/** How the parts of a chain are read; what they consist of is not its concern. */
export interface OperatorReaders {
  /** A literal, selector, call, aggregation or parenthesis; a number comes without its sign. */
  readonly operand: (node: SyntaxNode) => Expr;
  /** An operand with what follows it: [5m], [1h:5m], offset or @. */
  readonly postfix: (node: SyntaxNode, operand: Expr, isInParentheses: boolean) => Expr;
  readonly binary: (node: SyntaxNode, left: Expr, right: Expr) => Expr;
  readonly operator: (node: SyntaxNode) => BinaryOperator;
}

type Part =
  | { readonly kind: "operand" | "postfix" | "binary"; readonly node: SyntaxNode }
  | { readonly kind: "sign"; readonly sign: "+" | "-"; readonly from: number };

const POSTFIXES = new Set([
  "OffsetExpr",
  "StepInvariantExpr",
  "MatrixSelector",
  "SubqueryExpr",
  "AnchoredExpr",
  "SmoothedExpr",
]);

const PRECEDENCE: Readonly<Record<BinaryOperator, number>> = {
  or: 1,
  and: 2,
  unless: 2,
  "==": 3,
  "!=": 3,
  "<=": 3,
  "<": 3,
  ">=": 3,
  ">": 3,
  "+": 4,
  "-": 4,
  "*": 5,
  "/": 5,
  "%": 5,
  atan2: 5,
  "^": 6,
};
const LOWEST = 1;

/** Only a power binds tighter than a sign; it is also the one operator that groups to the right. */
const POWER = PRECEDENCE["^"];

/** Reads a node of the syntax tree with all operators that are not inside of its operands. */
export function readOperators(node: SyntaxNode, text: string, readers: OperatorReaders): Expr {
  const parts: Part[] = [];
  collectParts(node, text, parts);
  let at = 0;

  function readChain(lowest: number): Expr {
    let left = readSigned();
    for (;;) {
      const part = parts[at];
      const precedence = part?.kind === "binary" ? PRECEDENCE[readers.operator(part.node)] : 0;
      if (part?.kind !== "binary" || precedence < lowest) {
        return left;
      }
      at++;
      left = readers.binary(
        part.node,
        left,
        readChain(precedence === POWER ? POWER : precedence + 1),
      );
    }
  }

  function readSigned(): Expr {
    const part = parts[at];
    if (part?.kind !== "sign") {
      return readOperand();
    }
    at++;
    const expr = readChain(POWER);
    return {
      kind: "unary",
      operator: part.sign,
      expr,
      range: { from: part.from, to: expr.range.to },
    };
  }

  function readOperand(): Expr {
    const part = parts[at++];
    if (part?.kind !== "operand") {
      throw new PromqlError("expected an operand", node);
    }
    let expr = readers.operand(part.node);
    let isInParentheses = part.node.name === "ParenExpr";
    for (let next = parts[at]; next?.kind === "postfix"; next = parts[at]) {
      at++;
      expr = readers.postfix(next.node, expr, isInParentheses);
      isInParentheses = false;
    }
    return expr;
  }

  return readChain(LOWEST);
}

/** The parts of a tree in the order of the text. */
function collectParts(node: SyntaxNode, text: string, parts: Part[]): void {
  const children = node.getChildren("Expr");
  const [first, second] = children;
  if (node.name === "BinaryExpr" && first !== undefined && second !== undefined) {
    collectParts(first, text, parts);
    parts.push({ kind: "binary", node });
    collectParts(second, text, parts);
  } else if (node.name === "UnaryExpr" && first !== undefined) {
    parts.push({ kind: "sign", sign: text[node.from] === "-" ? "-" : "+", from: node.from });
    collectParts(first, text, parts);
  } else if (POSTFIXES.has(node.name) && first !== undefined) {
    collectParts(first, text, parts);
    parts.push({ kind: "postfix", node });
  } else {
    const sign = node.name === "NumberDurationLiteral" ? text[node.from] : undefined;
    if (sign === "-" || sign === "+") {
      parts.push({ kind: "sign", sign, from: node.from });
    }
    parts.push({ kind: "operand", node });
  }
}

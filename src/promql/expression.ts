/**
 * A PromQL expression as a tree of values, without parentheses and text.
 *
 * The words are those of https://prometheus.io/docs/prometheus/latest/querying/basics/.
 */
import type { Matcher } from "../history/matcher.ts";
import { NAME } from "../history/metric.ts";
import type { TextRange } from "./promql-error.ts";

export type Expr =
  | NumberLiteral
  | StringLiteral
  | VectorSelector
  | RangeSelector
  | Subquery
  | Call
  | Aggregation
  | Binary
  | Unary;

interface NumberLiteral {
  readonly kind: "number";
  readonly value: number;
  readonly range: TextRange;
}

interface StringLiteral {
  readonly kind: "string";
  readonly value: string;
  readonly range: TextRange;
}

/** The @ modifier: a moment in milliseconds, or an end of the evaluated range. */
type At = number | "start" | "end";

/** The time that a selector reads, relative to the moment of evaluation or fixed by @. */
export interface TimeShift {
  readonly offsetMs: number;
  readonly at?: At;
}

export interface VectorSelector extends TimeShift {
  readonly kind: "selector";
  readonly matchers: readonly Matcher[];
  readonly range: TextRange;
}

export interface RangeSelector {
  readonly kind: "range";
  /** The offset and @ that are written behind the range belong to the selector. */
  readonly selector: VectorSelector;
  readonly rangeMs: number;
  readonly range: TextRange;
}

export interface Subquery extends TimeShift {
  readonly kind: "subquery";
  readonly expr: Expr;
  readonly rangeMs: number;
  /** Without a step, the evaluation's default step. */
  readonly stepMs?: number;
  readonly range: TextRange;
}

export interface Call {
  readonly kind: "call";
  readonly name: string;
  readonly args: readonly Expr[];
  /** What was written: calls of the same text have the same value at the same moment. */
  readonly text: string;
  readonly range: TextRange;
}

export interface Aggregation {
  readonly kind: "aggregation";
  readonly operator: string;
  readonly expr: Expr;
  /** The first argument of topk, bottomk, quantile and count_values. */
  readonly param?: Expr;
  /** Labels of by(…) or without(…). */
  readonly grouping: readonly string[];
  readonly without: boolean;
  /** What was written, as for a call. */
  readonly text: string;
  readonly range: TextRange;
}

export type ArithmeticOperator = "+" | "-" | "*" | "/" | "%" | "^" | "atan2";
export type ComparisonOperator = "==" | "!=" | ">" | "<" | ">=" | "<=";
export type SetOperator = "and" | "or" | "unless";
export type BinaryOperator = ArithmeticOperator | ComparisonOperator | SetOperator;

/** How the elements of two vectors find each other. */
export interface Matching {
  /** on(labels) compares these labels only, ignoring(labels) all others. */
  readonly on: boolean;
  readonly labels: readonly string[];
  /** The side with many elements of a match, from group_left or group_right. */
  readonly many?: "left" | "right";
  /** Labels that group_left or group_right copies from the "one" side. */
  readonly include: readonly string[];
}

export interface Binary {
  readonly kind: "binary";
  readonly operator: BinaryOperator;
  readonly left: Expr;
  readonly right: Expr;
  readonly bool: boolean;
  readonly matching: Matching;
  readonly range: TextRange;
}

interface Unary {
  readonly kind: "unary";
  readonly operator: "+" | "-";
  readonly expr: Expr;
  readonly range: TextRange;
}

/** What an expression is directly made of, in the order of the text. */
export function partsOf(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case "number":
    case "string":
    case "selector":
      return [];
    case "range":
      return [expr.selector];
    case "subquery":
    case "unary":
      return [expr.expr];
    case "call":
      return expr.args;
    case "aggregation":
      return expr.param === undefined ? [expr.expr] : [expr.param, expr.expr];
    case "binary":
      return [expr.left, expr.right];
  }
}

/** Every selector of an expression, in the order of the text: what it asks the history for. */
export function selectorsOf(expr: Expr): VectorSelector[] {
  return expr.kind === "selector" ? [expr] : partsOf(expr).flatMap(selectorsOf);
}

/** The metric's name that a selector demands by equality, if it does. */
export function selectedName(selector: VectorSelector): string | undefined {
  return selector.matchers.find(({ label, operator }) => label === NAME && operator === "=")?.value;
}

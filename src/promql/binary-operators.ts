/**
 * Arithmetic and comparison of two numbers
 * (https://prometheus.io/docs/prometheus/2.42/querying/operators/#binary-operators).
 */
import type { ArithmeticOperator, BinaryOperator, ComparisonOperator } from "./expression.ts";

const ARITHMETIC: Readonly<Record<ArithmeticOperator, (left: number, right: number) => number>> = {
  "+": (left, right) => left + right,
  "-": (left, right) => left - right,
  "*": (left, right) => left * right,
  "/": (left, right) => left / right,
  "%": (left, right) => left % right,
  "^": power,
  atan2: Math.atan2,
};

const COMPARISON: Readonly<Record<ComparisonOperator, (left: number, right: number) => boolean>> = {
  "==": (left, right) => left === right,
  "!=": (left, right) => left !== right,
  ">": (left, right) => left > right,
  "<": (left, right) => left < right,
  ">=": (left, right) => left >= right,
  "<=": (left, right) => left <= right,
};

/** What an operator makes of two numbers: a value, or undefined when the element is filtered out. */
export type Combine = (left: number, right: number) => number | undefined;

/**
 * The operator as a function. A comparison without bool lets the left value pass or not; with bool
 * it comes to 1 or 0.
 */
export function combineOf(operator: BinaryOperator, bool: boolean): Combine {
  if (isArithmetic(operator)) {
    return ARITHMETIC[operator];
  }
  if (!isComparison(operator)) {
    throw new Error(`${operator} does not combine numbers`);
  }
  const holds = COMPARISON[operator];
  return bool
    ? (left, right) => Number(holds(left, right))
    : (left, right) => (holds(left, right) ? left : undefined);
}

/** `+ - * / % ^ atan2`. */
export function isArithmetic(operator: BinaryOperator): operator is ArithmeticOperator {
  return Object.hasOwn(ARITHMETIC, operator);
}

/** Computed values have no name; atan2 keeps that of the left side, as Prometheus 2.42 does. */
export function dropsName(operator: BinaryOperator, bool: boolean): boolean {
  return bool || (isArithmetic(operator) && operator !== "atan2");
}

/** `== != > < >= <=`. */
export function isComparison(operator: BinaryOperator): operator is ComparisonOperator {
  return Object.hasOwn(COMPARISON, operator);
}

/** Go's math.Pow, which differs from JavaScript where 1 or -1 meets what is not a number or infinite. */
function power(base: number, exponent: number): number {
  const isOne = base === 1 || (base === -1 && Math.abs(exponent) === Number.POSITIVE_INFINITY);
  return isOne ? 1 : base ** exponent;
}

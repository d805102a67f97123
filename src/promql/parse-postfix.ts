/**
 * What follows an operand: a range, a subquery, or a shift in time
 * (https://prometheus.io/docs/prometheus/latest/querying/basics/#range-vector-selectors).
 */
import type { SyntaxNode } from "@lezer/common";
import { NO_COMPUTED_DURATIONS } from "./duration.ts";
import type { Expr, RangeSelector, Subquery, TimeShift } from "./expression.ts";
import { parseNumberLiteral } from "./literals.ts";
import { PromqlError } from "./promql-error.ts";

/** What stands before the postfix. */
export interface Before {
  readonly operand: Expr;
  readonly isInParentheses: boolean;
}

/** An operand with the postfix of a syntax node. Throws a PromqlError where it is not allowed. */
export function readPostfix(node: SyntaxNode, text: string, before: Before): Expr {
  switch (node.name) {
    case "MatrixSelector":
      return readRange(node, text, before);
    case "SubqueryExpr":
      return readSubquery(node, text, before.operand);
    default:
      return readShifted(node, text, before);
  }
}

/** `selector[5m]`. */
function readRange(
  node: SyntaxNode,
  text: string,
  { operand, isInParentheses }: Before,
): RangeSelector {
  const range = { from: operand.range.from, to: node.to };
  if (operand.kind !== "selector" || isInParentheses) {
    throw new PromqlError("a range such as [5m] is only allowed after a selector", range);
  }
  if (operand.offsetMs !== 0 || operand.at !== undefined) {
    throw new PromqlError("offset and @ come after the range, not before it", range);
  }
  return {
    kind: "range",
    selector: operand,
    rangeMs: readDuration(node.getChild("DurationExpr") ?? node, text),
    range,
  };
}

/** `expression[1h:1m]`. */
function readSubquery(node: SyntaxNode, text: string, operand: Expr): Subquery {
  const [range, step] = node.getChildren("DurationExpr");
  if (range === undefined) {
    throw new PromqlError("a subquery needs a range", node);
  }
  return {
    kind: "subquery",
    expr: operand,
    rangeMs: readDuration(range, text),
    ...(step === undefined ? {} : { stepMs: readDuration(step, text) }),
    offsetMs: 0,
    range: { from: operand.range.from, to: node.to },
  };
}

/** `… offset 5m` or `… @ time` behind a selector, a range or a subquery. */
function readShifted(node: SyntaxNode, text: string, { operand, isInParentheses }: Before): Expr {
  const range = { from: operand.range.from, to: node.to };
  if (!isInParentheses && (operand.kind === "selector" || operand.kind === "subquery")) {
    return { ...operand, ...readShift(node, text, operand), range };
  }
  if (!isInParentheses && operand.kind === "range") {
    const { selector } = operand;
    return { ...operand, selector: { ...selector, ...readShift(node, text, selector) }, range };
  }
  const modifier = node.name === "OffsetExpr" ? "offset" : "@";
  throw new PromqlError(
    `${modifier} is only allowed after a selector, a range or a subquery`,
    range,
  );
}

function readShift(node: SyntaxNode, text: string, before: TimeShift): Partial<TimeShift> {
  if (node.name === "OffsetExpr") {
    if (before.offsetMs !== 0) {
      throw new PromqlError("offset must not be set twice", node.getChild("Offset") ?? node);
    }
    const duration = node.getChild("OffsetDurationExpr") ?? node;
    return { offsetMs: readSignedDuration(duration, text) };
  }

  if (before.at !== undefined) {
    throw new PromqlError("@ must not be set twice", node.getChild("At") ?? node);
  }
  const end = node.getChild("AtModifierPreprocessors");
  if (end !== null) {
    return { at: end.getChild("AtStart") === null ? "end" : "start" };
  }
  return { at: readTime(node.getChild("NumberDurationLiteral") ?? node.lastChild ?? node, text) };
}

/** Seconds since the epoch, perhaps with a fraction, in milliseconds. */
function readTime(node: SyntaxNode, text: string): number {
  const seconds = parseNumberLiteral(text.slice(node.from, node.to));
  const milliseconds = Math.round((seconds ?? Number.NaN) * 1000);
  if (!Number.isSafeInteger(milliseconds)) {
    throw new PromqlError("@ needs a time in seconds since 1970, start() or end()", node);
  }
  return milliseconds;
}

function readSignedDuration(node: SyntaxNode, text: string): number {
  const inner = node.getChild("OffsetDurationExpr");
  if (inner === null) {
    return readMilliseconds(node, text);
  }
  const sign = text[node.from] === "-" ? -1 : 1;
  return sign * readMilliseconds(inner, text);
}

function readDuration(node: SyntaxNode, text: string): number {
  const milliseconds = readMilliseconds(node, text);
  if (milliseconds <= 0) {
    throw new PromqlError("a duration must be greater than 0", node);
  }
  return milliseconds;
}

/** Of durations that are computed, an experiment of later versions. */
const COMPUTED = /[-+*/%^(]/;

/** A number without a unit is of seconds, as since Prometheus 3.0. */
function readMilliseconds(node: SyntaxNode, text: string): number {
  const written = text.slice(node.from, node.to);
  const milliseconds = Math.round((parseNumberLiteral(written) ?? Number.NaN) * 1000);
  if (!Number.isSafeInteger(milliseconds)) {
    const reason = COMPUTED.test(written)
      ? NO_COMPUTED_DURATIONS
      : `"${written}" is not a duration such as 5m or 1h30m`;
    throw new PromqlError(reason, node);
  }
  return milliseconds;
}

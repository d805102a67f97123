/**
 * Selectors, their ranges, and what shifts them in time
 * (https://prometheus.io/docs/prometheus/latest/querying/basics/#time-series-selectors).
 */
import type { SyntaxNode } from "@lezer/common";
import type {
  Expr,
  Matcher,
  RangeSelector,
  Subquery,
  TimeShift,
  VectorSelector,
} from "./expression.ts";
import { parseDuration, parseNumberLiteral, parseStringLiteral } from "./literals.ts";
import { createMatcher } from "./matcher.ts";
import { NAME } from "./metric.ts";
import { PromqlError } from "./promql-error.ts";
import { PatternError } from "./re2.ts";

/** `name{label="value"}`, `{…}`, also with quoted UTF-8 names. */
export function parseSelector(node: SyntaxNode, text: string): VectorSelector {
  const identifier = node.getChild("Identifier");
  const matchers = readMatchers(node.getChild("LabelMatchers"), text);
  if (identifier !== null) {
    const name = text.slice(identifier.from, identifier.to);
    if (matchers.some(({ label }) => label === NAME)) {
      throw new PromqlError(`the metric's name must not be set twice: "${name}"`, node);
    }
    matchers.unshift(createMatcher(NAME, "=", name));
  } else if (matchers.every(({ matches }) => matches(""))) {
    throw new PromqlError("a selector needs a condition that an empty value does not fulfil", node);
  }
  return { kind: "selector", matchers, offsetMs: 0, range: { from: node.from, to: node.to } };
}

/** `selector[5m]`. */
export function parseRange(node: SyntaxNode, text: string): RangeSelector {
  const inner = node.getChild("Expr");
  if (inner?.name !== "VectorSelector") {
    throw new PromqlError("a range such as [5m] is only allowed behind a selector", node);
  }
  return {
    kind: "range",
    selector: parseSelector(inner, text),
    rangeMs: readDuration(node.getChild("DurationExpr") ?? node, text),
    range: { from: node.from, to: node.to },
  };
}

/** `expression[1h:1m]`. */
export function parseSubquery(
  node: SyntaxNode,
  text: string,
  inner: (node: SyntaxNode) => Expr,
): Subquery {
  const expr = node.getChild("Expr");
  const [range, step] = node.getChildren("DurationExpr");
  if (expr === null || range === undefined) {
    throw new PromqlError("a subquery needs an expression and a range", node);
  }
  return {
    kind: "subquery",
    expr: inner(expr),
    rangeMs: readDuration(range, text),
    ...(step === undefined ? {} : { stepMs: readDuration(step, text) }),
    offsetMs: 0,
    range: { from: node.from, to: node.to },
  };
}

/** `… offset 5m` or `… @ time` behind a selector, a range or a subquery. */
export function parseShift(
  node: SyntaxNode,
  text: string,
  inner: (node: SyntaxNode) => Expr,
): VectorSelector | RangeSelector | Subquery {
  const child = node.getChild("Expr");
  const shifted = child === null || child.name === "ParenExpr" ? undefined : inner(child);
  const modifier = node.name === "OffsetExpr" ? "offset" : "@";
  if (shifted?.kind === "selector" || shifted?.kind === "subquery") {
    return { ...shifted, ...readShift(node, text, shifted) };
  }
  if (shifted?.kind === "range") {
    const { selector } = shifted;
    return { ...shifted, selector: { ...selector, ...readShift(node, text, selector) } };
  }
  throw new PromqlError(
    `${modifier} is only allowed behind a selector, a range or a subquery`,
    node,
  );
}

function readShift(node: SyntaxNode, text: string, before: TimeShift): Partial<TimeShift> {
  if (node.name === "OffsetExpr") {
    if (before.offsetMs !== 0) {
      throw new PromqlError("offset must not be set twice", node);
    }
    const duration = node.getChild("OffsetDurationExpr") ?? node;
    return { offsetMs: readSignedDuration(duration, text) };
  }

  if (before.at !== undefined) {
    throw new PromqlError("@ must not be set twice", node);
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
    return readDuration(node, text);
  }
  const sign = text[node.from] === "-" ? -1 : 1;
  return sign * readDuration(inner, text);
}

/** Durations that are computed, or are numbers without a unit, came after Prometheus 2.42. */
function readDuration(node: SyntaxNode, text: string): number {
  const written = text.slice(node.from, node.to);
  const milliseconds = parseDuration(written);
  if (milliseconds === undefined) {
    throw new PromqlError(`"${written}" is not a duration such as 5m or 1h30m`, node);
  }
  if (milliseconds === 0) {
    throw new PromqlError("a duration must be greater than 0", node);
  }
  return milliseconds;
}

function readMatchers(node: SyntaxNode | null, text: string): Matcher[] {
  const matchers: Matcher[] = [];
  for (let child = node?.firstChild ?? null; child !== null; child = child.nextSibling) {
    if (child.name === "QuotedLabelName") {
      // A quoted name that stands alone is the metric's.
      matchers.push(createMatcher(NAME, "=", readString(child, text)));
    } else if (child.name === "UnquotedLabelMatcher" || child.name === "QuotedLabelMatcher") {
      matchers.push(readMatcher(child, text));
    }
  }
  return matchers;
}

function readMatcher(node: SyntaxNode, text: string): Matcher {
  const operatorNode = node.getChild("MatchOp") ?? node;
  const operator = text.slice(operatorNode.from, operatorNode.to);
  const value = node.getChild("StringLiteral") ?? node;
  const quoted = node.getChild("QuotedLabelName");
  const plain = node.getChild("LabelName") ?? node;
  const label = quoted === null ? text.slice(plain.from, plain.to) : readString(quoted, text);
  if (operator !== "=" && operator !== "!=" && operator !== "=~" && operator !== "!~") {
    throw new PromqlError(`"${operator}" does not compare labels`, operatorNode);
  }

  try {
    return createMatcher(label, operator, readString(value, text));
  } catch (cause) {
    if (cause instanceof PatternError) {
      throw new PromqlError(cause.message, value);
    }
    throw cause;
  }
}

function readString(node: SyntaxNode, text: string): string {
  const value = parseStringLiteral(text.slice(node.from, node.to));
  if (value === undefined) {
    throw new PromqlError("the string is not closed, or has an escape that is not known", node);
  }
  return value;
}

/**
 * Selectors: a metric's name and conditions on its labels
 * (https://prometheus.io/docs/prometheus/latest/querying/basics/#time-series-selectors).
 */
import type { SyntaxNode } from "@lezer/common";
import { createMatcher, type Matcher } from "../history/matcher.ts";
import { NAME } from "../history/metric.ts";
import { PatternError } from "../history/pattern.ts";
import type { VectorSelector } from "./expression.ts";
import { parseStringLiteral } from "./literals.ts";
import { PromqlError } from "./promql-error.ts";

/** `name{label="value"}`, `{…}`, also with quoted UTF-8 names. */
export function parseSelector(node: SyntaxNode, text: string): VectorSelector {
  const identifier = node.getChild("Identifier");
  const matchers = readMatchers(node.getChild("LabelMatchers"), text);
  if (identifier !== null) {
    const name = text.slice(identifier.from, identifier.to);
    if (matchers.some(({ label }) => label === NAME)) {
      throw new PromqlError(`the metric's name must not be set twice: "${name}"`, node);
    }
    if (name.toLowerCase() === "atan2") {
      throw new PromqlError(
        `"${name}" is an operator: as a name it stands in braces, {"${name}"}`,
        node,
      );
    }
    matchers.unshift(createMatcher(NAME, "=", name));
  } else if (matchers.every(({ matches }) => matches(""))) {
    throw new PromqlError("a selector needs a condition that an empty value does not fulfil", node);
  }
  return { kind: "selector", matchers, offsetMs: 0, range: { from: node.from, to: node.to } };
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

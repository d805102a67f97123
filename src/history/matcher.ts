/** The conditions of a selector: `label="value"`, `!=`, `=~` and `!~`. */
import { canonicalBound, isBound } from "../exposition/canonical-bound.ts";
import { compilePattern } from "./pattern.ts";

export type MatchOperator = "=" | "!=" | "=~" | "!~";

/** A condition on one label; the metric's name is the label `__name__`. */
export interface Matcher {
  readonly label: string;
  readonly operator: MatchOperator;
  readonly value: string;
  /** Whether a label's value fulfils it; a label that is not set has the value "". */
  readonly matches: (value: string) => boolean;
}

/**
 * A matcher that is ready to be used. Regular expressions are anchored at both ends. Throws a
 * PatternError for one that cannot be used.
 */
export function createMatcher(label: string, operator: MatchOperator, value: string): Matcher {
  const matches = isBound(label) ? boundTestOf(operator, value) : testOf(operator, value);
  return { label, operator, value, matches };
}

/** `le="1"` finds the bucket that a client wrote as "1" and that is kept as "1.0". */
function boundTestOf(operator: MatchOperator, value: string): (candidate: string) => boolean {
  const bound = canonicalBound(value);
  if (operator === "=") return (candidate) => canonicalBound(candidate) === bound;
  if (operator === "!=") return (candidate) => canonicalBound(candidate) !== bound;
  return testOf(operator, value);
}

function testOf(operator: MatchOperator, value: string): (candidate: string) => boolean {
  switch (operator) {
    case "=":
      return (candidate) => candidate === value;
    case "!=":
      return (candidate) => candidate !== value;
    case "=~":
      return compilePattern(value).test;
    case "!~": {
      const { test } = compilePattern(value);
      return (candidate) => !test(candidate);
    }
  }
}

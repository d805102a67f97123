/**
 * What the drift check needs to know of a PromQL expression. Who reads PromQL is the caller's
 * business: knowledge/ and promql/ do not know each other.
 */

export interface UsedSelector {
  /** Undefined when the selector demands no single name. */
  readonly metric: string | undefined;
  readonly matchers: readonly UsedMatcher[];
  /** Whether rate(), irate() or increase() reads it. */
  readonly isRated: boolean;
}

export interface UsedMatcher {
  readonly label: string;
  readonly operator: "=" | "!=" | "=~" | "!~";
  readonly value: string;
  /** Whether a series that has no such label is let through. */
  readonly acceptsMissing: boolean;
  readonly matches: (value: string) => boolean;
}

/** Labels that an operator groups or joins by, and the metrics below it. */
export interface UsedGrouping {
  readonly labels: readonly string[];
  readonly metrics: readonly string[];
}

export type ReadExpression =
  | {
      readonly kind: "read";
      readonly selectors: readonly UsedSelector[];
      readonly groupings: readonly UsedGrouping[];
    }
  | { readonly kind: "broken"; readonly reason: string };

export type ExpressionReader = (text: string) => ReadExpression;

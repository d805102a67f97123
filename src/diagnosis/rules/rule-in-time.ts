/** The results of a rule's expression at many moments, each of which is evaluated once. */

import { type Evidence, type EvidenceRow, evidenceKey } from "../checks/evidence.ts";
import type { Rule } from "./rule.ts";
import { rowsAt } from "./rule-evidence.ts";

/** The steps at which a rule is judged backwards: the sampler's own interval. */
export const STEP_MS = 15_000;

/** The results of an expression at a moment, by what they are about. */
type Results = ReadonlyMap<string, EvidenceRow>;
/** Others may have a turn between any two evaluations. */
export type InTurns<T> = Generator<undefined, T>;

/** A rule at any moment. */
export interface RuleInTime {
  readonly rule: Rule;
  /** When the samples begin. */
  readonly firstMs: number | undefined;
  at(timeMs: number): InTurns<Results>;
}

/** A rule over what is known of a target; what it came to at a moment is remembered. */
export function ruleInTime(rule: Rule, evidence: Evidence): RuleInTime {
  const known = new Map<number, Results>();
  return {
    rule,
    firstMs: evidence.firstMs,
    *at(timeMs) {
      const before = known.get(timeMs);
      if (before !== undefined) return before;
      const rows = rowsAt(rule.expr, evidence, timeMs);
      const results = new Map(rows.map((row) => [evidenceKey(row.labels), row]));
      known.set(timeMs, results);
      yield;
      return results;
    },
  };
}

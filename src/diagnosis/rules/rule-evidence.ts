/** What rules are judged by, and how much computing one of them may need. */

import type { HistoryReader } from "../../history/history.ts";
import {
  type Allowance,
  AllowanceSpentError,
  BudgetError,
  createAllowance,
} from "../../promql/budget.ts";
import { PromqlError } from "../../promql/promql-error.ts";
import type { Evidence, EvidenceRow } from "../checks/evidence.ts";
import { evidenceOf } from "../checks/evidence-of-history.ts";

/** One evaluation, between two turns of the event loop: 100 ms of the costliest kind. */
const UNITS_AT_ONCE = 1_500_000;

export interface RuleEvidence {
  readonly evidence: Evidence;
  /** What the evidence spends; it can be filled again for each rule. */
  readonly allowance: Allowance;
}

/** Evidence of which all evaluations together may need so many units, and each much less. */
export function ruleEvidence(history: HistoryReader, units: number): RuleEvidence {
  const allowance = createAllowance(units);
  return { evidence: evidenceOf(history, { units: UNITS_AT_ONCE, allowance }), allowance };
}

/** An expression that these data do not allow holds for nothing. */
export function rowsAt(expr: string, evidence: Evidence, timeMs: number): readonly EvidenceRow[] {
  try {
    return evidence.at(expr, timeMs);
  } catch (error) {
    if (error instanceof PromqlError && !isTooMuch(error)) return [];
    throw error;
  }
}

/** The expression may be sound, and needs more computing than it may. */
export function isTooMuch(error: unknown): boolean {
  return error instanceof AllowanceSpentError || error instanceof BudgetError;
}

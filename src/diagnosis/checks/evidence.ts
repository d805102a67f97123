/** What the checks are judged by: expressions over the history of one target. */

import type { Labels } from "../../exposition/sample.ts";

/** One element of an expression's result. */
export interface EvidenceRow {
  readonly labels: Labels;
  readonly value: number;
}

/** Whoever keeps the evidence did not give it; the message ends a sentence whose subject is Prometheus. */
export class EvidenceError extends Error {
  override readonly name = "EvidenceError";
}

export interface Evidence {
  /**
   * The result of a PromQL expression at a moment (milliseconds since the epoch); a scalar is one
   * row without labels. Throws a PromqlError for an expression that these data do not allow, and an
   * EvidenceError where it could not be had.
   */
  at(expr: string, timeMs: number): readonly EvidenceRow[];
  /** When the first and the last snapshot were taken; undefined when there is none. */
  readonly firstMs: number | undefined;
  readonly lastMs: number | undefined;
  readonly snapshots: number;
  /** When snapshots were taken from one time to another, both included, the newest first. */
  polls(fromMs: number, toMs: number): readonly number[];
}

/** Equal for equal labels, in whatever order they come. */
export function evidenceKey(labels: Labels): string {
  const pairs = Object.entries(labels).filter(([name]) => name !== "__name__");
  return JSON.stringify(pairs.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}

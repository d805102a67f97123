/** Rules of Prometheus rule files, as the bot evaluates them itself. */

import type { Labels } from "../../exposition/sample.ts";
import type { Expr } from "../../promql/expression.ts";

export interface Rule {
  readonly alert: string;
  readonly expr: string;
  /** The expression, read once. */
  readonly parsed: Expr;
  /** How long the expression must hold before the alert fires, in milliseconds. */
  readonly forMs: number;
  /** How long the alert fires on when the expression holds no more, in milliseconds. */
  readonly keepFiringMs: number;
  readonly severity: string;
  /** Templates of Go, as they are written. */
  readonly annotations: Labels;
}

/** What a rule records under a name of its own, for other rules. */
export interface RecordingRule {
  readonly record: string;
  readonly expr: string;
  readonly parsed: Expr;
  /** Set on every series that it records. */
  readonly labels: Labels;
}

export interface HeldRule {
  readonly rule: Rule;
  /** What its result says of itself; empty when it is one number. */
  readonly labels: Labels;
  readonly value: number;
  /** Firing for Prometheus; pending while it has not held for its `for` yet. */
  readonly state: "firing" | "pending";
}

/** A rule that the series of this target cannot judge: it is neither firing nor clear here. */
export interface PassedOverRule {
  readonly alert: string;
  /** Why, as the end of a sentence: `up{job="node"} is not about this target`. */
  readonly reason: string;
  /** It is about something else than this target; the others lack something. */
  readonly isForeign: boolean;
}

export interface LoadedRules {
  readonly rules: readonly Rule[];
  readonly recording: readonly RecordingRule[];
  /** One sentence per rule or file that cannot be used. */
  readonly problems: readonly string[];
}

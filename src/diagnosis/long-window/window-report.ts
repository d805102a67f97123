/** What a diagnosis over hours knows of them, beside what is so at their end. */

import type { Check } from "../checks/check.ts";
import type { Spell } from "./spells.ts";

export interface WindowReport {
  readonly fromMs: number;
  readonly toMs: number;
  /** Between two moments. */
  readonly stepMs: number;
  /** Whose evidence it is, as its address. */
  readonly source: string;
  /** The causes that were active, and when: a cause before its symptoms, then the worse. */
  readonly past: readonly PastCause[];
  /** What was ruled out for a part of the window alone. */
  readonly inPart: readonly { readonly check: Check; readonly share: number }[];
}

export interface PastCause {
  readonly check: Check;
  readonly spells: readonly Spell[];
  /** What it found when it was worst, the last time. */
  readonly sentences: readonly string[];
}

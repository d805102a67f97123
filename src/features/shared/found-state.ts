/** The worst that the checks find on a target now, for all that show its state beside other facts. */

import type { Severity } from "../../diagnosis/checks/check.ts";
import type { Target } from "../../diagnosis/target.ts";

export interface FoundState {
  readonly severity: Severity;
  /** What the check calls it. */
  readonly title: string;
}

/** From what is known already, without waiting; undefined when nothing is wrong or nobody can tell. */
export type FoundOn = (target: Target) => FoundState | undefined;

/** What the history already held says of a target, without waiting for anything. */

import type { Check } from "../../diagnosis/checks/check.ts";
import type { Diagnosis } from "../../diagnosis/checks/diagnose.ts";
import type { Target } from "../../diagnosis/target.ts";
import type { History } from "../../history/history.ts";
import type { Library } from "../../knowledge/library.ts";
import type { Clock } from "../shared/ports.ts";
import { judge, questionOf } from "./judge-question.ts";
import type { UsableChecks } from "./remember-checks.ts";

/** A diagnosis, and what it was made with. */
export interface StandingDiagnosis {
  readonly diagnosis: Diagnosis;
  readonly checks: readonly Check[];
}

export interface StandingPorts {
  readonly knowledge: { library(): Library };
  readonly memory: { history(target: Target): History };
  readonly clock: Pick<Clock, "now">;
}

/** The same history within the same moment is judged once, however many incidents ask. */
const SAME_MOMENT_MS = 15_000;

/** Undefined for a target that has not been polled yet. */
export function standingDiagnosis(
  { memory, knowledge, clock }: StandingPorts,
  checksOf: (library: Library) => UsableChecks,
): (target: Target) => StandingDiagnosis | undefined {
  const known = new Map<string, { readonly key: string; readonly standing: StandingDiagnosis }>();
  return (target) => {
    const history = memory.history(target);
    const { lastMs } = history.stats();
    if (lastMs === undefined) return undefined;
    const nowMs = clock.now();
    const { checks, digest } = checksOf(knowledge.library());
    const key = JSON.stringify([lastMs, Math.floor((nowMs - lastMs) / SAME_MOMENT_MS), digest]);
    const before = known.get(target.name);
    if (before?.key === key) return before.standing;
    const question = questionOf(target, { options: {}, notes: [], nowMs });
    const standing = { diagnosis: judge(question, history, checks), checks };
    known.set(target.name, { key, standing });
    return standing;
  };
}

/** What the history already held says of a target, without waiting for anything. */

import type { Check } from "../../diagnosis/checks/check.ts";
import type { Diagnosis } from "../../diagnosis/checks/diagnose.ts";
import { type JudgeInput, judge, type ToJudge } from "../../diagnosis/replay/judge-question.ts";
import type { ReplayQuestion } from "../../diagnosis/replay/replay.ts";
import type { Target } from "../../diagnosis/target.ts";
import type { History } from "../../history/history.ts";
import type { Library } from "../../knowledge/library.ts";
import { AllowanceSpentError, createAllowance } from "../../promql/budget.ts";
import type { Clock, Log } from "../shared/ports.ts";
import { questionOf } from "./ask-of-target.ts";
import { type Diagnosing, SERIES_AT_ONCE, UNITS_AT_ONCE } from "./diagnosing.ts";
import type { UsableChecks } from "./remember-checks.ts";

/** A diagnosis, and what it was made with. */
export interface StandingDiagnosis {
  readonly diagnosis: Diagnosis;
  readonly checks: readonly Check[];
}

export interface StandingPorts {
  readonly knowledge: { library(): Library };
  readonly memory: { history(target: Target): History };
  readonly diagnosing: Pick<Diagnosing, "judge">;
  readonly clock: Pick<Clock, "now">;
  readonly log: Pick<Log, "warn">;
}

/** The same history within the same moment is judged once, however many incidents ask. */
const SAME_MOMENT_MS = 15_000;
/** What was weighed elsewhere is still of now for so long. */
const OF_NOW_MS = 30_000;

/**
 * Undefined for a target that has not been polled yet, and for one with many series until its checks
 * were weighed elsewhere, which begins when somebody asks.
 */
export function standingDiagnosis(
  ports: StandingPorts,
  checksOf: (library: Library) => UsableChecks,
): (target: Target) => StandingDiagnosis | undefined {
  const { memory, knowledge, clock } = ports;
  const known = new Map<string, { readonly key: string; readonly standing: StandingDiagnosis }>();
  const costly = new Set<string>();
  const weighElsewhere = weighing(ports, (target, standing, key) =>
    known.set(target.name, { key, standing }),
  );
  return (target) => {
    const history = memory.history(target);
    const { lastMs, series } = history.stats();
    if (lastMs === undefined) return undefined;
    const nowMs = clock.now();
    const { checks, digest } = checksOf(knowledge.library());
    const key = JSON.stringify([lastMs, Math.floor((nowMs - lastMs) / SAME_MOMENT_MS), digest]);
    const before = known.get(target.name);
    if (before?.key === key) return before.standing;
    const question = questionOf(target, { options: {}, notes: [], nowMs });
    const standing =
      series > SERIES_AT_ONCE || costly.has(target.name)
        ? undefined
        : judgedAtOnce(question, { history, checks });
    if (standing === undefined) {
      if (series <= SERIES_AT_ONCE) costly.add(target.name);
      weighElsewhere(target, { question, checks, digest }, key);
      const isOfNow = before !== undefined && nowMs - before.standing.diagnosis.nowMs < OF_NOW_MS;
      return isOfNow ? before.standing : undefined;
    }
    known.set(target.name, { key, standing });
    return standing;
  };
}

/** Undefined when few series cost more than can be computed at once. */
function judgedAtOnce(
  question: ReplayQuestion,
  { history, checks }: Pick<JudgeInput, "history" | "checks">,
): StandingDiagnosis | undefined {
  try {
    const allowance = createAllowance(UNITS_AT_ONCE);
    return { diagnosis: judge(question, { history, checks, allowance }), checks };
  } catch (error) {
    if (error instanceof AllowanceSpentError) return undefined;
    throw error;
  }
}

/** One at a time for each target; whoever asks meanwhile waits for nothing. */
function weighing(
  { diagnosing, log }: StandingPorts,
  done: (target: Target, standing: StandingDiagnosis, key: string) => void,
): (target: Target, asked: ToJudge, key: string) => void {
  const under = new Set<string>();
  const weigh = async (target: Target, asked: ToJudge, key: string): Promise<void> => {
    try {
      const judged = await diagnosing.judge(target, asked);
      if (judged.kind === "judged") {
        done(target, { diagnosis: judged.diagnosis, checks: asked.checks }, key);
      }
    } catch (error) {
      log.warn({ err: error, target: target.name }, "the checks of a target could not be weighed");
    } finally {
      under.delete(target.name);
    }
  };
  return (target, asked, key) => {
    if (under.has(target.name)) return;
    under.add(target.name);
    void weigh(target, asked, key);
  };
}

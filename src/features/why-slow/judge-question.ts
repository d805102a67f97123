/** A question about a target, and its diagnosis from a history. */

import type { Check } from "../../diagnosis/checks/check.ts";
import { type Diagnosis, diagnose } from "../../diagnosis/checks/diagnose.ts";
import { evidenceOf } from "../../diagnosis/checks/evidence-of-history.ts";
import type { ReplayQuestion } from "../../diagnosis/replay/replay.ts";
import type { Target } from "../../diagnosis/target.ts";
import type { History } from "../../history/history.ts";

export interface WhySlowOptions {
  /** Only what concerns this topic or group. */
  readonly topic?: string;
  readonly group?: string;
  /** How far back to tell also what is over. */
  readonly windowMs?: number;
  /** More was asked for than is kept. */
  readonly isCut?: true;
}

export interface AskedNow {
  readonly options: WhySlowOptions;
  readonly notes: readonly string[];
  readonly nowMs: number;
}

export function questionOf(
  { name, http, kafka }: Target,
  { options, notes, nowMs }: AskedNow,
): ReplayQuestion {
  const { topic, group, windowMs } = options;
  return {
    target: { name, http, kafka },
    nowMs,
    ...(topic === undefined ? {} : { topic }),
    ...(group === undefined ? {} : { group }),
    ...(windowMs === undefined ? {} : { windowMs }),
    notes,
  };
}

export function judge(
  question: ReplayQuestion,
  history: History,
  checks: readonly Check[],
): Diagnosis {
  const { nowMs, topic, group, windowMs } = question;
  return diagnose({
    checks,
    evidence: evidenceOf(history),
    nowMs,
    scope: {
      ...(topic === undefined ? {} : { topic }),
      ...(group === undefined ? {} : { group }),
    },
    ...(windowMs === undefined ? {} : { windowMs }),
  });
}

/** What was active a short while ago and is over: shown as past, with its beginning and its end. */

import { PromqlError } from "../../promql/promql-error.ts";
import type { Check } from "./check.ts";
import type { Evidence } from "./evidence.ts";
import type { Active, Healthy, Recovered } from "./finding.ts";
import { judgeCheck, type Scope } from "./judge-check.ts";

interface Lookback {
  readonly nowMs: number;
  readonly windowMs: number;
  readonly scope: Scope;
}

/** A poll this often finds whatever lasted as long as the shortest window of a check. */
const STEP = "1m";

/** The last time, if any, that each of the healthy checks was active within the window. */
export function findRecovered(
  healthy: readonly Healthy[],
  evidence: Evidence,
  window: Lookback,
): readonly Recovered[] {
  return healthy.flatMap(({ check }) => {
    // Only what lasts can be over; a remark is no news when it ends.
    if (check.severity === "info" || check.isEvent) return [];
    if (!mayHaveBeen(check, evidence, window)) return [];
    return lastActive(check, evidence, window) ?? [];
  });
}

/** One evaluation tells most checks apart from those that have to be judged poll by poll. */
function mayHaveBeen(check: Check, evidence: Evidence, { nowMs, windowMs }: Lookback): boolean {
  try {
    return evidence.at(`count_over_time((${check.expr})[${windowMs}ms:${STEP}])`, nowMs).length > 0;
  } catch (error) {
    if (error instanceof PromqlError) return false;
    throw error;
  }
}

function lastActive(
  check: Check,
  evidence: Evidence,
  { nowMs, windowMs, scope }: Lookback,
): Recovered | undefined {
  let untilMs = nowMs;
  for (const timeMs of evidence.polls(nowMs - windowMs, nowMs)) {
    const finding = judgeCheck(check, evidence, { nowMs: timeMs, scope });
    if (finding.verdict === "active") return recoveredOf(finding, untilMs);
    untilMs = timeMs;
  }
  return undefined;
}

function recoveredOf({ check, rows, sentences, since }: Active, untilMs: number): Recovered {
  return { verdict: "recovered", check, rows, sentences, since, untilMs };
}

/** What was suspect within a window and is no more: the answer to "it was slow ten minutes ago". */

import type { Check } from "./check.ts";
import type { Evidence } from "./evidence.ts";
import type { Healthy, Suspect } from "./finding.ts";
import { judgeCheck, type Scope } from "./judge-check.ts";

export interface Over {
  readonly check: Check;
  readonly sentence: string;
  readonly fromMs: number;
  /** When it was last seen. */
  readonly toMs: number;
}

export interface Window {
  readonly nowMs: number;
  readonly windowMs: number;
  readonly scope: Scope;
}

const STEP_MS = 60_000;

/** The last time, if any, that each of the healthy checks was suspect within the window. */
export function findOver(
  healthy: readonly Healthy[],
  evidence: Evidence,
  window: Window,
): readonly Over[] {
  return healthy.flatMap(({ check }) => {
    if (check.severity === "info") return [];
    const last = lastSuspect(check, evidence, window);
    if (last === undefined) return [];
    const { suspect, timeMs } = last;
    const sentence = suspect.sentences[0] ?? check.title;
    return [{ check, sentence, fromMs: suspect.since.ms, toMs: timeMs }];
  });
}

function lastSuspect(
  check: Check,
  evidence: Evidence,
  { nowMs, windowMs, scope }: Window,
): { suspect: Suspect; timeMs: number } | undefined {
  const startMs = Math.max(nowMs - windowMs, evidence.firstMs ?? nowMs);
  for (let timeMs = nowMs - STEP_MS; timeMs >= startMs; timeMs -= STEP_MS) {
    const finding = judgeCheck(check, evidence, { nowMs: timeMs, scope });
    if (finding.verdict === "suspect") return { suspect: finding, timeMs };
  }
  return undefined;
}

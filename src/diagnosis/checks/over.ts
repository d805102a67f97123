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

export interface CheckWindow {
  readonly nowMs: number;
  readonly windowMs: number;
  readonly scope: Scope;
}

/**
 * At most so many moments are judged, at least a minute apart: checks look back two minutes and
 * more, so hardly anything falls between them, and a large target is not judged sixty times.
 */
const MOST_MOMENTS = 15;
const LEAST_STEP_MS = 60_000;
const LOOK_MS = 15_000;

/** The last time, if any, that each of the healthy checks was suspect within the window. */
export function findOver(
  healthy: readonly Healthy[],
  evidence: Evidence,
  window: CheckWindow,
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
  { nowMs, windowMs, scope }: CheckWindow,
): Seen | undefined {
  const startMs = Math.max(nowMs - windowMs, evidence.firstMs ?? nowMs);
  const stepMs = Math.max(LEAST_STEP_MS, windowMs / MOST_MOMENTS);
  const judgedAt = (timeMs: number): Suspect | undefined => {
    const finding = judgeCheck(check, evidence, { nowMs: timeMs, scope });
    return finding.verdict === "suspect" ? finding : undefined;
  };
  for (let timeMs = nowMs - stepMs; timeMs >= startMs; timeMs -= stepMs) {
    const suspect = judgedAt(timeMs);
    if (suspect !== undefined) return lastOf({ suspect, timeMs }, stepMs, judgedAt);
  }
  return undefined;
}

interface Seen {
  readonly suspect: Suspect;
  readonly timeMs: number;
}

/** The last look at which it was still so, before the next of the judged moments. */
function lastOf(
  found: Seen,
  stepMs: number,
  judgedAt: (timeMs: number) => Suspect | undefined,
): Seen {
  let last = found;
  for (let after = LOOK_MS; after < stepMs; after += LOOK_MS) {
    const suspect = judgedAt(found.timeMs + after);
    if (suspect === undefined) return last;
    last = { suspect, timeMs: found.timeMs + after };
  }
  return last;
}

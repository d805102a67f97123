/**
 * What fires with `keep_firing_for`: an alert that once fired fires on until its expression has had no result
 * for so long, and one that comes back within that time need not hold for its `for` again (Prometheus,
 * rules/alerting.go).
 */

import type { EvidenceRow } from "../checks/evidence.ts";
import { type InTurns, type RuleInTime, STEP_MS } from "./rule-in-time.ts";

/** One result of the rule, followed from now back to where it is known whether it fires. */
interface Followed {
  /** As it was last. */
  readonly row: EvidenceRow;
  /** The last moment of the run of results, or of the gap, that the walk is in. */
  heldUntilMs: number | undefined;
  missingUntilMs: number | undefined;
}

/** What fires at a moment, by what it is about, with the result that it had last. */
export function* keptFiring(
  inTime: RuleInTime,
  nowMs: number,
): InTurns<ReadonlyMap<string, EvidenceRow>> {
  const { rule, firstMs = nowMs } = inTime;
  const open = new Map<string, Followed>();
  const settled = new Set<string>();
  const firing = new Map<string, EvidenceRow>();
  const earliestMs = nowMs - rule.keepFiringMs - STEP_MS;
  for (let timeMs = nowMs; timeMs >= firstMs; timeMs -= STEP_MS) {
    if (open.size === 0 && timeMs <= earliestMs) break;
    const results = yield* inTime.at(timeMs);
    if (timeMs > earliestMs) {
      for (const [key, row] of results) {
        const missingUntilMs = timeMs === nowMs ? undefined : nowMs;
        if (open.has(key) || settled.has(key)) continue;
        open.set(key, { row, heldUntilMs: undefined, missingUntilMs });
      }
    }
    for (const [key, followed] of open) {
      const fires = isFiring(followed, inTime, { timeMs, holds: results.has(key) });
      if (fires === undefined) continue;
      open.delete(key);
      settled.add(key);
      if (fires) firing.set(key, followed.row);
    }
  }
  return firing;
}

/** Whether it fires, as far as this moment tells; undefined when an earlier one decides. */
function isFiring(
  followed: Followed,
  { rule, firstMs = Number.POSITIVE_INFINITY }: RuleInTime,
  { timeMs, holds }: { timeMs: number; holds: boolean },
): boolean | undefined {
  if (!holds) {
    followed.heldUntilMs = undefined;
    followed.missingUntilMs ??= timeMs;
    return followed.missingUntilMs - timeMs >= rule.keepFiringMs ? false : undefined;
  }
  followed.missingUntilMs = undefined;
  followed.heldUntilMs ??= timeMs;
  const sinceMs = followed.heldUntilMs - rule.forMs;
  const isSeen = rule.forMs === 0 || firstMs <= sinceMs;
  return isSeen && timeMs - STEP_MS < sinceMs ? true : undefined;
}

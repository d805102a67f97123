/** Since when a check has been suspect: its expression, evaluated back over the history. */

import type { Check } from "./check.ts";
import { type Evidence, evidenceKey } from "./evidence.ts";
import type { Since } from "./finding.ts";

/** An answer in minutes is exact enough to be compared with a deploy; then one step finer. */
const COARSE_MS = 60_000;
const FINE_MS = 15_000;
/** One step without a sighting is a lost scrape or a value that wavers; two are an end. */
const STEPS_MISSED = 2;

/**
 * The beginning of the run of sightings that lasts until now, of those rows (by `labelsKey`) that
 * have been suspect longest.
 */
export function findSince(
  check: Check,
  evidence: Evidence,
  { nowMs, keys }: { nowMs: number; keys: readonly string[] },
): Since {
  const startMs = earliest(check, evidence, nowMs);
  const seen = (timeMs: number): boolean =>
    evidence.at(check.expr, timeMs).some(({ labels }) => keys.includes(evidenceKey(labels)));
  let sinceMs = nowMs;
  let missed = 0;
  for (let timeMs = nowMs - COARSE_MS; timeMs >= startMs; timeMs -= COARSE_MS) {
    if (seen(timeMs)) {
      sinceMs = timeMs;
      missed = 0;
    } else {
      missed += 1;
      if (missed >= STEPS_MISSED) break;
    }
  }
  const isAtStart = sinceMs - COARSE_MS < startMs;
  for (let step = 1; step < COARSE_MS / FINE_MS; step += 1) {
    const timeMs = sinceMs - FINE_MS;
    if (timeMs < startMs || !seen(timeMs)) break;
    sinceMs = timeMs;
  }
  return { ms: sinceMs, orEarlier: isAtStart && sinceMs - FINE_MS < startMs };
}

/** Before this the check could not have been judged. */
function earliest(check: Check, { firstMs }: Evidence, nowMs: number): number {
  const lookBack = check.atOnce ? 0 : Math.max(...check.needs.map(({ historyMs }) => historyMs));
  return (firstMs ?? nowMs) + lookBack;
}

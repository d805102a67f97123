/** Since when a check has been active: its expression, evaluated back poll by poll. */

import type { Check } from "./check.ts";
import { type Evidence, evidenceKey } from "./evidence.ts";
import type { Since } from "./finding.ts";

/** So far back every poll is judged, and beyond it one a minute. */
const FINE_MS = 15 * 60_000;
const COARSE_MS = 60_000;

/**
 * The beginning of the run of sightings that lasts until now, of those rows (by `evidenceKey`) that
 * have been active longest. One poll at which it was not so is an end, when that poll could tell.
 */
export function findSince(
  check: Check,
  evidence: Evidence,
  { nowMs, keys }: { readonly nowMs: number; readonly keys: readonly string[] },
): Since {
  const firstMs = evidence.firstMs ?? nowMs;
  const wanted = new Set(keys);
  let sinceMs = nowMs;
  for (const timeMs of momentsBack(evidence, nowMs)) {
    const rows = evidence.at(check.expr, timeMs);
    if (rows.some(({ labels }) => wanted.has(evidenceKey(labels)))) sinceMs = timeMs;
    else if (couldTell(check, evidence, timeMs)) {
      return { ms: sinceMs, orEarlier: timeMs - firstMs < warmUpMs(check) };
    }
  }
  return { ms: sinceMs, orEarlier: sinceMs - firstMs < COARSE_MS };
}

function* momentsBack(evidence: Evidence, nowMs: number): Generator<number> {
  const fineFromMs = nowMs - FINE_MS;
  yield* evidence.polls(fineFromMs, nowMs);
  let lastMs = fineFromMs;
  for (const timeMs of evidence.polls(evidence.firstMs ?? nowMs, fineFromMs)) {
    if (lastMs - timeMs < COARSE_MS) continue;
    lastMs = timeMs;
    yield timeMs;
  }
}

/** So long after the first poll of all the check does not see yet what is there already. */
function warmUpMs({ needs }: Check): number {
  const lookback = Math.max(...needs.map(({ historyMs, twiceMs }) => Math.max(historyMs, twiceMs)));
  return Math.min(COARSE_MS, lookback);
}

/** A poll that lacks the series says nothing of it: such a gap is no recovery. */
function couldTell(check: Check, evidence: Evidence, timeMs: number): boolean {
  return check.needs.every(
    ({ series, missingOkIf }) =>
      evidence.at(`count(${series})`, timeMs).length > 0 ||
      (missingOkIf !== undefined && evidence.at(missingOkIf, timeMs).length > 0),
  );
}

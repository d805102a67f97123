/**
 * Whether the evidence that a check needs is there: without it, an empty result says nothing.
 *
 * A look does not ask everything (lag comes at every second look), so a series counts as fresh when
 * any snapshot of the last minute, or what the need says, holds it.
 */

import type { Need } from "./check.ts";
import type { Evidence } from "./evidence.ts";
import type { Lack } from "./finding.ts";

/** As far back as the sampler keeps snapshots. */
const KEPT_MS = 3_600_000;
/** A gap in the snapshots at the very moment that a check looks back to is no lack of history. */
export const GAP_MS = 300_000;

/** What the need lacks at that moment; undefined when nothing is. */
export function lackOf(need: Need, evidence: Evidence, nowMs: number): Lack | undefined {
  const { series, freshMs, historyMs } = need;
  if (!isSeen(evidence, { series, withinMs: freshMs, atMs: nowMs })) {
    if (mayMiss(need, evidence, nowMs)) return undefined;
    const wasThere = isSeen(evidence, { series, withinMs: KEPT_MS, atMs: nowMs });
    return wasThere ? { kind: "stale", series, freshMs } : { kind: "missing", series };
  }
  if (historyMs === 0 || reachesBack(need, evidence, nowMs)) return undefined;
  return { kind: "short", series, neededMs: historyMs };
}

interface Sighting {
  readonly series: string;
  readonly withinMs: number;
  readonly atMs: number;
}

function isSeen(evidence: Evidence, { series, withinMs, atMs }: Sighting): boolean {
  return evidence.at(`count(last_over_time(${series}[${withinMs}ms]))`, atMs).length > 0;
}

function mayMiss({ missingOkIf }: Need, evidence: Evidence, timeMs: number): boolean {
  return missingOkIf !== undefined && evidence.at(missingOkIf, timeMs).length > 0;
}

/** It was there then, or its absence was normal then: a first event is no lack of history. */
function reachesBack(need: Need, evidence: Evidence, nowMs: number): boolean {
  const atMs = nowMs - need.historyMs;
  if (evidence.firstMs === undefined || evidence.firstMs > atMs) return false;
  const { series } = need;
  return isSeen(evidence, { series, withinMs: GAP_MS, atMs }) || mayMiss(need, evidence, atMs);
}

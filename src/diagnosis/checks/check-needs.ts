/**
 * Whether the evidence that a check needs is there: without it, an empty result says nothing.
 *
 * A poll does not ask everything (lag comes in turns), so a series counts as fresh when any
 * snapshot of the last minute, or what the need says, holds it.
 */

import { HISTORY_MS } from "../../history/history.ts";
import type { Need } from "./check.ts";
import type { Evidence } from "./evidence.ts";
import type { MissingEvidence } from "./finding.ts";

/** A gap in the snapshots at the very moment that a check looks back to is no lack of history. */
export const GAP_MS = 300_000;
/** When the process began that answers now, in seconds since the epoch (own-series.ts). */
export const PROCESS_START = "server_start_time_seconds";

/**
 * What the process counts or holds in memory: a restart sets it back, so that a rate over less than
 * its range of one life is half-filled. Series of our own go on counting.
 */
const OF_PROCESS = /^(streamline_|kafka_|group_)/;

/** What the need lacks at that moment; undefined when nothing is. */
export function missingEvidenceOf(
  need: Need,
  evidence: Evidence,
  nowMs: number,
): MissingEvidence | undefined {
  const { series, freshMs, historyMs, twiceMs, samples, trafficMs } = need;
  if (!isSeen(evidence, { series, withinMs: freshMs, atMs: nowMs })) {
    if (mayMiss(need, evidence, nowMs)) return undefined;
    const wasThere = isSeen(evidence, { series, withinMs: HISTORY_MS, atMs: nowMs });
    return wasThere ? { kind: "stale", series, freshMs } : { kind: "missing", series };
  }
  const readyMs = historyMs === 0 ? nowMs : whenLongEnough(need, evidence, nowMs);
  if (readyMs > nowMs) return { kind: "short", series, neededMs: historyMs, readyMs };
  if (twiceMs > 0 && !hasSamples(evidence, samples, { series, withinMs: twiceMs, atMs: nowMs })) {
    return { kind: "sparse", series, overMs: twiceMs, least: samples };
  }
  if (trafficMs > 0 && !moves(evidence, series, { nowMs, overMs: trafficMs })) {
    return { kind: "idle", series, overMs: trafficMs };
  }
  return undefined;
}

interface Sighting {
  readonly series: string;
  readonly withinMs: number;
  readonly atMs: number;
}

function isSeen(evidence: Evidence, { series, withinMs, atMs }: Sighting): boolean {
  return evidence.at(`count(last_over_time(${series}[${withinMs}ms]))`, atMs).length > 0;
}

/** One sample of a window shows no change in it, so that an empty result says nothing. */
function hasSamples(
  evidence: Evidence,
  least: number,
  { series, withinMs, atMs }: Sighting,
): boolean {
  const counted = `max(count_over_time(${series}[${withinMs}ms]))`;
  return evidence.at(`${counted} > ${least - 1}`, atMs).length > 0;
}

function mayMiss({ missingOkIf }: Need, evidence: Evidence, timeMs: number): boolean {
  return missingOkIf !== undefined && evidence.at(missingOkIf, timeMs).length > 0;
}

/**
 * From when on the series reaches back as far as it is needed: from the first poll, and for what
 * the process counts from its start. Where it was not there then, its absence may have been normal:
 * a first event is no lack of history.
 */
function whenLongEnough(need: Need, evidence: Evidence, nowMs: number): number {
  const { series, historyMs } = need;
  const atMs = nowMs - historyMs;
  const fromMs = Math.max(evidence.firstMs ?? nowMs, startOf(need, evidence, nowMs));
  if (fromMs > atMs) return fromMs + historyMs;
  const reaches =
    isSeen(evidence, { series, withinMs: GAP_MS, atMs }) || mayMiss(need, evidence, atMs);
  return reaches ? nowMs : nowMs + historyMs;
}

function startOf({ series }: Need, evidence: Evidence, nowMs: number): number {
  if (!OF_PROCESS.test(series)) return 0;
  return (evidence.at(`max(${PROCESS_START})`, nowMs)[0]?.value ?? 0) * 1_000;
}

function moves(
  evidence: Evidence,
  series: string,
  { nowMs, overMs }: { readonly nowMs: number; readonly overMs: number },
): boolean {
  return evidence.at(`sum(increase(${series}[${overMs}ms])) > 0`, nowMs).length > 0;
}

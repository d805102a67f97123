/** An incident in time: whether it flaps, what is due next, how long it lasts, how often it fired. */

import { HOUR_MS } from "../promql/duration.ts";
import type { Episode, Incident } from "./incident.ts";

/** How many beginnings are remembered. */
export const REMEMBERED_FIRINGS = 20;

/** Firing so often within so long is flapping: the rule's threshold or `for` is too close. */
export const FLAPPING = { times: 3, withinMs: HOUR_MS };

/** Whether it goes on and off so fast that one firing says little. */
export function isFlapping({ firedAt }: Pick<Incident, "firedAt">, nowMs: number): boolean {
  return firedAt.filter((at) => nowMs - at <= FLAPPING.withinMs).length >= FLAPPING.times;
}

/**
 * So long after something new was reported, a notification that says otherwise may be a late copy; what
 * is left out for so long is not reported any more.
 */
export const STALE_WITHIN_MS = 30_000;

/** How long an alert that was named as firing after its end waits for its end to be said again. */
export const CONTESTED_MS = 15_000;

/** The next moment at which something must be said although nobody did anything. */
export function dueAtOf({
  status,
  acknowledged,
  alerts,
  silences = [],
  mentions,
  testUntil,
}: Incident): number | undefined {
  const moments = [
    ...(status === "firing" && testUntil !== undefined ? [testUntil] : []),
    ...alerts.flatMap(({ contestedAt }) =>
      contestedAt === undefined ? [] : [contestedAt + CONTESTED_MS],
    ),
    ...alerts.flatMap(({ leftOutSince }) =>
      leftOutSince === undefined ? [] : [leftOutSince + STALE_WITHIN_MS + 1],
    ),
    ...(status === "firing" && acknowledged !== undefined
      ? [acknowledged.remindAt ?? acknowledged.until, acknowledged.until]
      : []),
    ...silences.map(({ until }) => until),
    ...(status === "firing" && acknowledged === undefined ? [mentions?.dueAt ?? Infinity] : []),
  ].filter(Number.isFinite);
  return moments.length === 0 ? undefined : Math.min(...moments);
}

/** How long the incident has lasted, or lasted, in milliseconds. */
export function durationOf(incident: Incident, nowMs: number): number {
  return Math.max(0, (incident.resolvedAt ?? nowMs) - incident.openedAt);
}

/** All its firings, oldest first; the last one has no end while it fires. */
export function episodesOf(
  incident: Pick<
    Incident,
    | "status"
    | "pastEpisodes"
    | "openedAt"
    | "resolvedAt"
    | "acknowledged"
    | "acknowledgedAt"
    | "found"
  >,
): readonly (Omit<Episode, "endedAt"> & { readonly endedAt?: number })[] {
  const { pastEpisodes = [], openedAt, resolvedAt, acknowledged, found } = incident;
  const isOver = incident.status === "resolved" && resolvedAt !== undefined;
  const acknowledgedAt = incident.acknowledgedAt ?? acknowledged?.at;
  const last = {
    startedAt: openedAt,
    ...(isOver ? { endedAt: resolvedAt } : {}),
    ...(acknowledgedAt === undefined ? {} : { acknowledgedAt }),
    ...(found === undefined ? {} : { found }),
  };
  return [...pastEpisodes, last];
}

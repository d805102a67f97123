/** What an alert has been like: how often it fired, for how long, at which hours. */

import { DAY_MS } from "../promql/duration.ts";
import type { Incident } from "./incident.ts";
import { episodesOf } from "./incident-times.ts";
import { type MeanTimes, meanTimes } from "./mean-times.ts";

export interface AlertHistory {
  /** Times it began to fire within 7 and 30 days. */
  readonly week: number;
  readonly month: number;
  /** There may be more: of an incident that fired often, the last beginnings are known. */
  readonly isMore: boolean;
  /** Of those that are over; undefined when none is. */
  readonly median?: number;
  readonly longest?: number;
  readonly hours?: TypicalHours;
  /** Of its single firings in 30 days. */
  readonly means: MeanTimes;
  /** It fires now, since this time. */
  readonly firingSince?: number;
  /** Latest first. */
  readonly last: readonly Incident[];
}

/** From one hour to another of the day in UTC, in which most of the firings began. */
export interface TypicalHours {
  readonly from: number;
  readonly to: number;
  readonly firings: number;
  readonly of: number;
}

const LAST = 5;

/** Incidents that have had the alert, in any order; `isCut` when there are more than these. */
export function alertHistory(
  incidents: readonly Incident[],
  nowMs: number,
  isCut = false,
): AlertHistory {
  const firings = incidents
    .flatMap(({ firedAt }) => firedAt)
    .filter((at) => at <= nowMs && nowMs - at <= 30 * DAY_MS);
  const episodes = incidents
    .flatMap(episodesOf)
    .filter(({ endedAt = nowMs }) => nowMs - endedAt <= 30 * DAY_MS);
  const spans = episodes
    .flatMap(({ startedAt, endedAt }) =>
      endedAt === undefined ? [] : [Math.max(0, endedAt - startedAt)],
    )
    .toSorted((a, b) => a - b);
  const hours = typicalHours(firings);
  const open = incidents.filter(({ status }) => status === "firing");
  const [since] = open.map(({ openedAt }) => openedAt).toSorted((a, b) => a - b);
  return {
    week: firings.filter((at) => nowMs - at <= 7 * DAY_MS).length,
    month: firings.length,
    isMore: isCut || incidents.some(({ reopened, firedAt }) => reopened + 1 > firedAt.length),
    last: incidents.toSorted((a, b) => b.openedAt - a.openedAt).slice(0, LAST),
    means: meanTimes(episodes),
    ...medianAndLongest(spans),
    ...(hours === undefined ? {} : { hours }),
    ...(since === undefined ? {} : { firingSince: since }),
  };
}

function medianAndLongest(sorted: readonly number[]): { median?: number; longest?: number } {
  const longest = sorted.at(-1);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  if (longest === undefined || low === undefined || high === undefined) return {};
  return { median: (low + high) / 2, longest };
}

/** So many hours are counted together, and so many firings are needed to speak of a habit. */
const HOURS = 4;
const LEAST_FIRINGS = 5;
/** By chance, a sixth of the firings begin within four hours of a day. */
const LEAST_PART = 0.6;

function typicalHours(firings: readonly number[]): TypicalHours | undefined {
  if (firings.length < LEAST_FIRINGS) return undefined;
  const perHour = Array.from({ length: 24 }, () => 0);
  for (const at of firings) {
    const hour = new Date(at).getUTCHours();
    perHour[hour] = (perHour[hour] ?? 0) + 1;
  }
  const windows = perHour.map((_, from) => ({
    from,
    to: (from + HOURS) % 24,
    of: firings.length,
    firings: Array.from({ length: HOURS }, (__, n) => perHour[(from + n) % 24] ?? 0).reduce(
      (sum, each) => sum + each,
      0,
    ),
  }));
  const best = windows.reduce((a, b) => (b.firings > a.firings ? b : a));
  return best.firings / firings.length >= LEAST_PART ? best : undefined;
}

/** What the alerts of a channel were like over some days: what a team should mend in its rules. */

import { alertNames } from "../alerts/alert.ts";
import { MINUTE_MS } from "../promql/duration.ts";
import type { Incident } from "./incident.ts";
import { episodesOf, FLAPPING } from "./incident-times.ts";
import { type MeanTimes, meanTimes } from "./mean-times.ts";
import { isTestIncident } from "./test-alert.ts";

export interface Review {
  readonly incidents: number;
  readonly firings: number;
  readonly means: MeanTimes;
  /** The alerts that fired most, the noisiest first, with how long in sum, in milliseconds. */
  readonly noisiest: readonly {
    readonly alert: string;
    readonly firings: number;
    readonly ms: number;
  }[];
  readonly flapping: readonly string[];
  /** Alerts that fired several times, and nobody ever acknowledged. */
  readonly unanswered: readonly { readonly alert: string; readonly firings: number }[];
  readonly withoutRunbook: readonly string[];
  readonly longerFor: readonly LongerFor[];
}

/** A rule that should wait for longer before it fires. */
interface LongerFor {
  readonly alert: string;
  /** So much longer, in milliseconds. */
  readonly byMs: number;
  /** Of its firings, how many would not have been. */
  readonly spared: number;
  readonly firings: number;
}

interface ReviewedFiring {
  readonly startedAt: number;
  readonly endedAt?: number;
  readonly acknowledgedAt?: number;
}

/** Once or twice in a week says nothing of a rule. */
const SEVERAL = 3;
const MOST_NAMED = 5;
/** What people write into `for`. */
const LONGER = [1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE_MS);

/** `hasRunbook` says whether a page covers an alert. */
export function reviewOf(
  incidents: readonly Incident[],
  {
    sinceMs,
    hasRunbook,
  }: { readonly sinceMs: number; readonly hasRunbook: (alert: string) => boolean },
): Review {
  const real = incidents.filter((incident) => !isTestIncident(incident));
  const active = real.flatMap((incident) => {
    const firings = episodesOf(incident).filter(({ startedAt }) => startedAt >= sinceMs);
    return firings.length === 0 ? [] : [{ names: alertNames(incident.alerts), firings }];
  });
  const all = active.flatMap(({ firings }) => firings);
  const byAlert = firingsByAlert(active);
  return {
    incidents: active.length,
    firings: all.length,
    means: meanTimes(all),
    noisiest: noisiestOf(byAlert),
    flapping: namesWhere(byAlert, isFlappingAmong),
    unanswered: countsWhere(byAlert, (firings) =>
      firings.every(({ acknowledgedAt }) => acknowledgedAt === undefined),
    ),
    withoutRunbook: [...byAlert.keys()].filter((alert) => !hasRunbook(alert)).toSorted(),
    // Of a group of several alerts nobody knows which of them was short.
    longerFor: longerForOf(firingsByAlert(active.filter(({ names }) => names.length === 1))),
  };
}

type ByAlert = ReadonlyMap<string, readonly ReviewedFiring[]>;

function firingsByAlert(
  active: readonly {
    readonly names: readonly string[];
    readonly firings: readonly ReviewedFiring[];
  }[],
): ByAlert {
  const byAlert = new Map<string, ReviewedFiring[]>();
  for (const { names, firings } of active) {
    for (const name of names) byAlert.set(name, [...(byAlert.get(name) ?? []), ...firings]);
  }
  return byAlert;
}

function noisiestOf(byAlert: ByAlert): Review["noisiest"] {
  return [...byAlert]
    .map(([alert, firings]) => ({ alert, firings: firings.length, ms: sumOf(firings) }))
    .filter(({ firings }) => firings >= SEVERAL)
    .toSorted((a, b) => b.firings - a.firings || b.ms - a.ms || (a.alert < b.alert ? -1 : 1))
    .slice(0, MOST_NAMED);
}

function sumOf(firings: readonly ReviewedFiring[]): number {
  return firings.reduce((sum, { startedAt, endedAt = startedAt }) => sum + endedAt - startedAt, 0);
}

function namesWhere(
  byAlert: ByAlert,
  isSo: (firings: readonly ReviewedFiring[]) => boolean,
): string[] {
  return [...byAlert].flatMap(([alert, firings]) => (isSo(firings) ? [alert] : [])).toSorted();
}

function countsWhere(
  byAlert: ByAlert,
  isSo: (firings: readonly ReviewedFiring[]) => boolean,
): { readonly alert: string; readonly firings: number }[] {
  return [...byAlert]
    .filter(([, firings]) => firings.length >= SEVERAL && isSo(firings))
    .map(([alert, firings]) => ({ alert, firings: firings.length }))
    .toSorted((a, b) => b.firings - a.firings || (a.alert < b.alert ? -1 : 1))
    .slice(0, MOST_NAMED);
}

function isFlappingAmong(firings: readonly ReviewedFiring[]): boolean {
  const starts = firings.map(({ startedAt }) => startedAt).toSorted((a, b) => a - b);
  return starts.some((at, index) => {
    const last = starts[index + FLAPPING.times - 1];
    return last !== undefined && last - at <= FLAPPING.withinMs;
  });
}

function longerForOf(byAlert: ByAlert): LongerFor[] {
  return [...byAlert]
    .flatMap(([alert, firings]) => longerFor(alert, firings) ?? [])
    .toSorted((a, b) => b.spared - a.spared || (a.alert < b.alert ? -1 : 1))
    .slice(0, MOST_NAMED);
}

/** The shortest wait that spares half of its firings; what somebody worked on was none to spare. */
function longerFor(alert: string, firings: readonly ReviewedFiring[]): LongerFor | undefined {
  if (firings.length < SEVERAL) return undefined;
  const sparedBy = (byMs: number): number =>
    firings.filter(
      ({ startedAt, endedAt, acknowledgedAt }) =>
        endedAt !== undefined && acknowledgedAt === undefined && endedAt - startedAt < byMs,
    ).length;
  const byMs = LONGER.find((each) => sparedBy(each) * 2 >= firings.length);
  return byMs === undefined
    ? undefined
    : { alert, byMs, spared: sparedBy(byMs), firings: firings.length };
}

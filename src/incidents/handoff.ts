/** What the next person on call must know, sorted out of what is open and what changed lately. */

import { alertNames } from "../alerts/alert.ts";
import type { Incident } from "./incident.ts";
import { episodesOf, isFlapping } from "./incident-times.ts";
import { type MeanTimes, meanTimes } from "./mean-times.ts";
import { standingOf, worstFirst } from "./standing.ts";
import { isTestIncident } from "./test-alert.ts";

export interface Handoff {
  /** Fires, and nobody has it. */
  readonly open: readonly Incident[];
  readonly acknowledged: readonly Incident[];
  readonly silenced: readonly Incident[];
  readonly flapping: readonly Incident[];
  /** The alerts that fired most since then, the noisiest first. */
  readonly noisy: readonly { readonly alert: string; readonly firings: number }[];
  /** Latest first. */
  readonly resolved: readonly Incident[];
  /** Of these, how many came and went unacknowledged. */
  readonly unanswered: number;
  /** Mean times of what was resolved, over single firings, in milliseconds. */
  readonly means: MeanTimes;
}

/** Firing so often in one shift is more than an incident. */
const NOISY = 3;
const MOST_NOISY = 5;

/** What stands open and what ended since, the worst first. */
export function handoffOf(
  { open, recent }: { readonly open: readonly Incident[]; readonly recent: readonly Incident[] },
  { sinceMs, nowMs }: { readonly sinceMs: number; readonly nowMs: number },
): Handoff {
  const sorted = worstFirst(open, nowMs);
  const of = (standing: string) =>
    sorted.filter((incident) => standingOf(incident, nowMs) === standing);
  const all = [...new Map([...open, ...recent].map((each) => [each.id, each])).values()];
  const resolved = all
    .filter((incident) => !isTestIncident(incident))
    .flatMap((incident) => endedSince(incident, sinceMs))
    .toSorted((a, b) => (b.resolvedAt ?? 0) - (a.resolvedAt ?? 0));
  return {
    open: of("open"),
    acknowledged: of("acknowledged"),
    silenced: of("silenced"),
    flapping: all.filter((incident) => isFlapping(incident, nowMs)),
    noisy: noisyOf(all, sinceMs),
    resolved,
    unanswered: resolved.filter(({ acknowledgedAt }) => acknowledgedAt === undefined).length,
    means: meanTimes(
      resolved.map(({ openedAt, resolvedAt = openedAt, acknowledgedAt }) => ({
        startedAt: openedAt,
        endedAt: resolvedAt,
        ...(acknowledgedAt === undefined ? {} : { acknowledgedAt }),
      })),
    ),
  };
}

/** Each firing of it that ended since then, as an incident that was over at its end. */
function endedSince(incident: Incident, sinceMs: number): Incident[] {
  const { acknowledgedAt: _, found: __, ...rest } = incident;
  return episodesOf(incident).flatMap(({ startedAt, endedAt, acknowledgedAt, found }) =>
    endedAt === undefined || endedAt < sinceMs
      ? []
      : [
          {
            ...rest,
            status: "resolved",
            openedAt: startedAt,
            resolvedAt: endedAt,
            ...(acknowledgedAt === undefined ? {} : { acknowledgedAt }),
            ...(found === undefined ? {} : { found }),
          },
        ],
  );
}

function noisyOf(incidents: readonly Incident[], sinceMs: number): Handoff["noisy"] {
  const firings = new Map<string, number>();
  for (const { alerts, firedAt } of incidents) {
    const times = firedAt.filter((at) => at >= sinceMs).length;
    for (const alert of alertNames(alerts)) firings.set(alert, (firings.get(alert) ?? 0) + times);
  }
  return [...firings]
    .map(([alert, times]) => ({ alert, firings: times }))
    .filter((each) => each.firings >= NOISY)
    .toSorted((a, b) => b.firings - a.firings || (a.alert < b.alert ? -1 : 1))
    .slice(0, MOST_NOISY);
}

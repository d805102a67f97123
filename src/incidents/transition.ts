/** An incident from one state to the next: it goes on, ends or fires again. */

import type { Alert, Unread } from "../alerts/alert.ts";
import type { Outcome } from "./change.ts";
import { explain, VERDICT } from "./explain.ts";
import { type Episode, firingOf, type Incident } from "./incident.ts";
import { episodesOf, REMEMBERED_FIRINGS } from "./incident-times.ts";
import type { Notice } from "./notice.ts";
import { quietOf } from "./quiet.ts";
import { difference, isSameDoubt, isSameSight, isSameStart } from "./sight.ts";

export interface Merged extends Pick<Incident, "alerts" | "truncatedAlerts"> {
  readonly unread: Unread | undefined;
}

/** What becomes of an incident when its alerts are these, however that came about. */
export function transition(current: Incident, merged: Merged, nowMs: number): Outcome {
  const isFiring = firingOf(merged.alerts).length > 0;
  if (current.status === "firing") {
    // What its sender left out (`max_alerts`) may fire, though all that it named is over.
    const mayFire = isFiring || merged.truncatedAlerts > 0 || merged.alerts.some(isContested);
    return mayFire ? change(current, merged, nowMs) : resolve(current, merged, nowMs);
  }
  if (isFiring) return reopen(current, merged, nowMs);
  return isSameDoubt(current, merged)
    ? { reason: "unchanged", incident: current, notices: [] }
    : { reason: "in-doubt", incident: { ...current, alerts: merged.alerts }, notices: [] };
}

/** Named again after its end: within seconds it is known whether it fires. */
function isContested({ contestedAt }: Merged["alerts"][number]): boolean {
  return contestedAt !== undefined;
}

/** What the notification says takes the place of what the last one said. */
function withMerged(current: Incident, { unread, ...merged }: Merged): Incident {
  const { unread: _, ...rest } = current;
  return { ...rest, ...merged, ...(unread === undefined ? {} : { unread }) };
}

/** A change that nobody can see is remembered, but not said. */
function change(current: Incident, merged: Merged, nowMs: number): Outcome {
  const incident = { ...withMerged(current, merged), changedAt: nowMs };
  if (!isSameSight(current, incident)) {
    return explain("changed", incident, [{ kind: "incident" }, ...difference(current, incident)]);
  }
  return isSameStart(current, incident) && isSameDoubt(current, incident)
    ? { reason: "unchanged", incident: current, notices: [] }
    : { reason: "changed", incident, notices: [] };
}

function resolve(current: Incident, merged: Merged, nowMs: number): Outcome {
  const incident: Incident = {
    ...withMerged(current, merged),
    status: "resolved",
    // A late copy may say when an earlier firing ended.
    resolvedAt: Math.max(endOf(merged.alerts, nowMs), current.openedAt),
    changedAt: nowMs,
  };
  return { reason: "resolved", incident, notices: [{ kind: "incident" }, { kind: "resolved" }] };
}

/** A resolved incident fires again: a new episode, which nobody has acknowledged. */
export function reopen(current: Incident, merged: Merged, nowMs: number): Outcome {
  // Whoever acknowledged has seen the firing before this one.
  const {
    resolvedAt: _,
    acknowledged: __,
    acknowledgedAt: ___,
    closing: ____,
    mentions: _____,
    verdict: ______,
    found: _______,
    testUntil: ________,
    ...rest
  } = withMerged(current, merged);
  const incident: Incident = {
    ...rest,
    status: "firing",
    openedAt: startAfter(current, firingOf(merged.alerts), nowMs),
    changedAt: nowMs,
    // A group that was over when it was first reported has had no firing that anybody saw.
    reopened: current.reopened + (current.firedAt.length === 0 ? 0 : 1),
    firedAt: [...current.firedAt, nowMs].slice(-REMEMBERED_FIRINGS),
    pastEpisodes: pastEpisodes(current, nowMs),
  };
  const first: Notice[] = [{ kind: "incident" }];
  // Nobody is called to what is silenced; its message shows that it fires again.
  if (quietOf(incident, nowMs) !== undefined)
    return { reason: "reopened", incident, notices: first };
  const again: Notice[] = incident.reopened === 0 ? [] : [{ kind: "reopened" }];
  return explain("reopened", incident, [...first, ...again, ...VERDICT]);
}

/** What is reported again with its start of before the end began to fire again when it was reported. */
function startAfter({ resolvedAt = 0 }: Incident, firing: readonly Alert[], nowMs: number): number {
  const start = startOf(firing, nowMs);
  return start < resolvedAt ? nowMs : start;
}

function pastEpisodes(current: Incident, nowMs: number): readonly Episode[] {
  if (current.firedAt.length === 0) return [];
  return episodesOf(current)
    .map((episode) => ({ ...episode, endedAt: episode.endedAt ?? nowMs }))
    .slice(1 - REMEMBERED_FIRINGS);
}

/** When the first of the alerts began, never after now. */
export function startOf(alerts: readonly Alert[], nowMs: number): number {
  return alerts.reduce((least, alert) => Math.min(least, alert.startsAt), nowMs);
}

/** When the last of the alerts ended, never after now; now where none of them says. */
export function endOf(alerts: readonly Alert[], nowMs: number): number {
  const ends = alerts.flatMap((alert) => (alert.endsAt === undefined ? [] : [alert.endsAt]));
  const last = ends.reduce((most, each) => Math.max(most, each), 0);
  return last === 0 ? nowMs : Math.min(last, nowMs);
}

/**
 * What a notification does to an incident, and what must be said because of it.
 *
 * Alertmanager sends each group's whole set again and again, peers of an HA pair send it twice
 * (alertmanager issues 1005, 2222), and a retry may come late. So this is a comparison of states,
 * not a log of events: applying the same notification twice changes nothing.
 */

import type { Alert, Notification } from "../alerts/alert.ts";
import { alertNames } from "../alerts/alert.ts";
import type { Incident } from "./incident.ts";

/** What must be said. Each becomes a row of the outbox. */
export type Saying =
  | { readonly kind: "incident" }
  | { readonly kind: "runbook"; readonly alert: string; readonly fingerprint: string }
  | { readonly kind: "unexplained"; readonly alerts: readonly string[] }
  | { readonly kind: "health" }
  | { readonly kind: "resolved" }
  | { readonly kind: "reopened" };

export type Reason = "opened" | "changed" | "resolved" | "reopened" | "unchanged" | "stale";

export interface Outcome {
  readonly reason: Reason;
  readonly incident: Incident;
  readonly sayings: readonly Saying[];
}

export interface Opening {
  /** Identity of a new incident, used only when one opens. */
  readonly id: string;
  readonly channel: string;
  readonly target?: string;
  readonly nowMs: number;
}

/**
 * An incident that fires again within this time goes on in its thread; later it is a new one,
 * because an edit of a message far up in the channel is seen by nobody.
 */
export const REOPEN_WITHIN_MS = 60 * 60_000;

/**
 * A firing copy of what was resolved this recently is a late duplicate of an HA peer. Any later it
 * counts as firing: an incident too many is better than an alert lost.
 */
export const STALE_WITHIN_MS = 30_000;

/** At most this many runbooks go into one thread; the other alert names are listed. */
export const RUNBOOKS_PER_THREAD = 5;

/** Applies a notification to the group's latest incident, if there is one. */
export function applyNotification(
  current: Incident | undefined,
  notification: Notification,
  opening: Opening,
): Outcome {
  if (current === undefined) return open(notification, opening);
  if (isStale(current, notification, opening.nowMs)) {
    return { reason: "stale", incident: current, sayings: [] };
  }
  const alerts = mergeAlerts(current, notification, opening.nowMs);
  const firing = alerts.some((alert) => alert.status === "firing");
  if (current.status === "resolved") {
    if (!firing) return { reason: "unchanged", incident: current, sayings: [] };
    const isRecent = opening.nowMs - current.changedAt <= REOPEN_WITHIN_MS;
    const merged = { alerts, truncatedAlerts: notification.truncatedAlerts };
    return isRecent ? reopen(current, merged, opening.nowMs) : open(notification, opening);
  }
  if (!firing) return resolve(current, alerts, opening.nowMs);
  return change(current, { alerts, truncatedAlerts: notification.truncatedAlerts }, opening.nowMs);
}

function open(notification: Notification, opening: Opening): Outcome {
  const isFiring = notification.alerts.some((alert) => alert.status === "firing");
  const incident: Incident = {
    id: opening.id,
    groupKey: notification.groupKey,
    status: isFiring ? "firing" : "resolved",
    channel: opening.channel,
    ...(opening.target === undefined ? {} : { target: opening.target }),
    groupLabels: notification.groupLabels,
    externalUrl: notification.externalUrl,
    alerts: notification.alerts,
    truncatedAlerts: notification.truncatedAlerts,
    openedAt: startOf(notification.alerts, opening.nowMs),
    changedAt: opening.nowMs,
    ...(isFiring ? {} : { resolvedAt: endOf(notification.alerts, opening.nowMs) }),
    reopened: 0,
    explained: [],
  };
  // A group that is already over when first heard of needs no runbook, only to be told.
  if (!isFiring) return { reason: "opened", incident, sayings: [{ kind: "incident" }] };
  return explain("opened", incident, [{ kind: "incident" }], [{ kind: "health" }]);
}

type Merged = Pick<Incident, "alerts" | "truncatedAlerts">;

function change(current: Incident, merged: Merged, nowMs: number): Outcome {
  const incident = { ...current, ...merged, changedAt: nowMs };
  if (signature(incident) === signature(current)) {
    return { reason: "unchanged", incident: current, sayings: [] };
  }
  return explain("changed", incident, [{ kind: "incident" }], []);
}

function resolve(current: Incident, alerts: readonly Alert[], nowMs: number): Outcome {
  const incident: Incident = {
    ...current,
    status: "resolved",
    alerts,
    resolvedAt: endOf(alerts, nowMs),
    changedAt: nowMs,
  };
  return { reason: "resolved", incident, sayings: [{ kind: "incident" }, { kind: "resolved" }] };
}

function reopen(current: Incident, merged: Merged, nowMs: number): Outcome {
  const { resolvedAt: _, ...rest } = current;
  const firing = merged.alerts.filter((alert) => alert.status === "firing");
  const incident: Incident = {
    ...rest,
    ...merged,
    status: "firing",
    openedAt: startOf(firing, nowMs),
    changedAt: nowMs,
    reopened: current.reopened + 1,
  };
  const first: Saying[] = [{ kind: "incident" }, { kind: "reopened" }];
  return explain("reopened", incident, first, [{ kind: "health" }]);
}

/** Adds the runbooks of alert names that the thread does not hold yet. */
function explain(
  reason: Reason,
  incident: Incident,
  before: readonly Saying[],
  after: readonly Saying[],
): Outcome {
  const firing = incident.alerts.filter((alert) => alert.status === "firing");
  const fresh = alertNames(firing).filter((name) => !incident.explained.includes(name));
  const room = Math.max(0, RUNBOOKS_PER_THREAD - incident.explained.length);
  const runbooks = fresh.slice(0, room).map((name): Saying => {
    const alert = firing.find((each) => alertNames([each])[0] === name);
    return { kind: "runbook", alert: name, fingerprint: alert?.fingerprint ?? "" };
  });
  const beyond = fresh.slice(room);
  const unexplained: Saying[] = beyond.length > 0 ? [{ kind: "unexplained", alerts: beyond }] : [];
  return {
    reason,
    incident: { ...incident, explained: [...incident.explained, ...fresh] },
    sayings: [...before, ...runbooks, ...unexplained, ...after],
  };
}

/**
 * The group's alerts after a notification. What it no longer names is over, unless Alertmanager
 * says that it left some out.
 */
function mergeAlerts(
  current: Incident,
  notification: Notification,
  nowMs: number,
): readonly Alert[] {
  const named = new Set(notification.alerts.map((alert) => alert.fingerprint));
  const unnamed = current.alerts.filter((alert) => !named.has(alert.fingerprint));
  if (notification.truncatedAlerts > 0) return [...notification.alerts, ...unnamed];
  const ended = unnamed.map(
    (alert): Alert =>
      alert.status === "resolved" ? alert : { ...alert, status: "resolved", endsAt: nowMs },
  );
  const isOver = notification.alerts.every((alert) => alert.status === "resolved");
  // While the group fires, alerts that are over leave after one more showing.
  return isOver
    ? [...notification.alerts, ...ended]
    : [...notification.alerts, ...justEnded(ended, nowMs)];
}

function justEnded(alerts: readonly Alert[], nowMs: number): Alert[] {
  return alerts.filter((alert) => alert.endsAt === nowMs);
}

function isStale(current: Incident, notification: Notification, nowMs: number): boolean {
  if (current.status !== "resolved" || notification.status !== "firing") return false;
  if (nowMs - current.changedAt > STALE_WITHIN_MS) return false;
  const over = new Map(current.alerts.map((alert) => [alert.fingerprint, alert.startsAt]));
  return notification.alerts
    .filter((alert) => alert.status === "firing")
    .every((alert) => over.get(alert.fingerprint) === alert.startsAt);
}

function startOf(alerts: readonly Alert[], nowMs: number): number {
  return alerts.reduce((least, alert) => Math.min(least, alert.startsAt), nowMs);
}

function endOf(alerts: readonly Alert[], nowMs: number): number {
  const ends = alerts.flatMap((alert) => (alert.endsAt === undefined ? [] : [alert.endsAt]));
  const last = ends.reduce((most, each) => Math.max(most, each), 0);
  return last === 0 ? nowMs : Math.min(last, nowMs);
}

/** What a person can see of an incident: equal signatures need no edit. */
function signature(incident: Incident): string {
  const alerts = incident.alerts
    .map((alert) => [alert.fingerprint, alert.status, alert.startsAt, alert.annotations])
    .toSorted((a, b) => String(a[0]).localeCompare(String(b[0])));
  return JSON.stringify([incident.status, incident.truncatedAlerts, alerts]);
}

/** Notifications and incidents as values, for tests of what follows from them. */

import type { Alert, Notification } from "../../src/alerts/alert.ts";
import { applyNotification, type Opening } from "../../src/incidents/apply-notification.ts";
import type { Incident } from "../../src/incidents/incident.ts";

/** A Monday morning, in milliseconds since 1970; times in tests count from here. */
export const T0 = Date.parse("2026-11-23T03:00:00Z");
export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;

export function firing(fingerprint: string, change: Partial<Alert> = {}): Alert {
  return {
    fingerprint,
    status: "firing",
    labels: { alertname: `Alert${fingerprint}`, job: "streamline" },
    annotations: {},
    startsAt: T0,
    ...change,
  };
}

export function resolved(fingerprint: string, change: Partial<Alert> = {}): Alert {
  return firing(fingerprint, { status: "resolved", endsAt: T0 + 5 * MINUTE, ...change });
}

export function notification(
  alerts: readonly Alert[],
  change: Partial<Notification> = {},
): Notification {
  return {
    source: "default",
    groupKey: '{}:{alertname="A"}',
    receiver: "bot",
    status: alerts.some((alert) => alert.status === "firing") ? "firing" : "resolved",
    groupLabels: { job: "streamline" },
    commonLabels: { job: "streamline" },
    externalUrl: "http://alertmanager:9093",
    truncatedAlerts: 0,
    alerts,
    ...change,
  };
}

export function opening(change: Partial<Opening> = {}): Opening {
  return { id: "i1", channel: "C0INCIDENTS", nowMs: T0 + MINUTE, ...change };
}

/** A new incident with these alerts, heard of a minute after the start. */
export function incidentOf(alerts: readonly Alert[], change: Partial<Incident> = {}): Incident {
  return { ...applyNotification(undefined, notification(alerts), opening()).incident, ...change };
}

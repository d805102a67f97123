/** An incident: the alerts of one Alertmanager group, with one Slack thread and a state. */

import type { Alert } from "../alerts/alert.ts";
import type { Labels } from "../exposition/sample.ts";

export interface Incident {
  readonly id: string;
  readonly groupKey: string;
  readonly status: "firing" | "resolved";
  /** The channel its message was routed to when it opened; later route changes do not move it. */
  readonly channel: string;
  /** Name of the target its alerts speak of, when one matches. */
  readonly target?: string;
  readonly groupLabels: Labels;
  readonly externalUrl: string;
  readonly alerts: readonly Alert[];
  readonly truncatedAlerts: number;
  /** Milliseconds since 1970: the earliest start among its alerts when it opened or reopened. */
  readonly openedAt: number;
  readonly resolvedAt?: number;
  /** When the bot last heard something new of it. */
  readonly changedAt: number;
  /** How often it fired again after it was resolved. */
  readonly reopened: number;
  /** Alert names whose runbook is in the thread, or on its way there. */
  readonly explained: readonly string[];
  /** Slack's timestamp of its message, the thread's parent; unset until it is posted. */
  readonly messageTs?: string;
}

/** How long the incident has lasted, or lasted, in milliseconds. */
export function durationOf(incident: Incident, nowMs: number): number {
  return Math.max(0, (incident.resolvedAt ?? nowMs) - incident.openedAt);
}

/** Severities by rank; what is not in the table ranks below them all. */
const SEVERITIES = ["critical", "error", "warning", "info", "none"];

/** The worst severity among its firing alerts, or among all when none fires. */
export function severityOf(incident: Pick<Incident, "alerts">): string {
  const firing = incident.alerts.filter((alert) => alert.status === "firing");
  const named = (firing.length > 0 ? firing : incident.alerts)
    .map((alert) => alert.labels["severity"] ?? "")
    .filter((severity) => severity !== "");
  return named.toSorted((a, b) => rank(a) - rank(b))[0] ?? "unknown";
}

function rank(severity: string): number {
  const index = SEVERITIES.indexOf(severity.toLowerCase());
  return index === -1 ? SEVERITIES.length : index;
}

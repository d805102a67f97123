/** Alerts as Alertmanager tells of them: labels, annotations, times, grouped in a notification. */

import type { Labels } from "../exposition/sample.ts";

export type AlertStatus = "firing" | "resolved";

export interface Alert {
  /** Alertmanager's identity of the label set. */
  readonly fingerprint: string;
  readonly status: AlertStatus;
  readonly labels: Labels;
  readonly annotations: Labels;
  /** Milliseconds since 1970. */
  readonly startsAt: number;
  /** Set once resolved. */
  readonly endsAt?: number;
}

/** One message of Alertmanager about one group of alerts. */
export interface Notification {
  /** Alertmanager's identity of the group: receiver route and group labels. */
  readonly groupKey: string;
  readonly receiver: string;
  readonly status: AlertStatus;
  readonly groupLabels: Labels;
  readonly commonLabels: Labels;
  readonly externalUrl: string;
  /** How many alerts Alertmanager left out (its option `max_alerts`). */
  readonly truncatedAlerts: number;
  /** Each fingerprint once. */
  readonly alerts: readonly Alert[];
}

/** The rule's name, which runbooks are found by. */
export function alertName(alert: Pick<Alert, "labels">): string {
  return alert.labels["alertname"] || "(no alertname)";
}

/** The names in these alerts, each once, in order of first appearance. */
export function alertNames(alerts: readonly Pick<Alert, "labels">[]): string[] {
  return [...new Set(alerts.map(alertName))];
}

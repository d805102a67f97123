/** Alerts as a source tells of them: labels, annotations, times, grouped in a notification. */

import type { Labels } from "../exposition/sample.ts";

export type AlertStatus = "firing" | "resolved";

/** Addresses that the sender gives with an alert, beside those in its annotations. */
export type SentAddress = "generator" | "dashboard" | "panel" | "silence" | "image";

export interface Alert {
  /** Alertmanager's identity of the label set. */
  readonly fingerprint: string;
  /** What its sender gave in its place: a relay may give one to several alerts. */
  readonly sentFingerprint?: string;
  readonly status: AlertStatus;
  readonly labels: Labels;
  readonly annotations: Labels;
  /** Milliseconds since 1970. */
  readonly startsAt: number;
  /** The source gave no start that can be read: `startsAt` is when the alert was first reported. */
  readonly isStartUnknown?: true;
  /** Set once resolved. */
  readonly endsAt?: number;
  readonly addresses?: Readonly<Partial<Record<SentAddress, string>>>;
  /** What the rule measured, by the name of its query; Grafana sends them. */
  readonly values?: Labels;
}

/** The source of a webhook without a name in its path. */
export const DEFAULT_SOURCE = "default";

/** What sends notifications of this form. */
export type Sender = "Alertmanager" | "Grafana";

/** What of a notification could not be read, so that nobody takes the rest for the whole. */
export interface Unread {
  /** Alerts with at least one part that could not be read. */
  readonly alerts: number;
  /** "alerts[1].startsAt: year 1"; the first ones only. */
  readonly problems: readonly string[];
}

/** One message of a source about one group of alerts. */
export interface Notification {
  /** Name of the source that sent it. */
  readonly source: string;
  /** The source's identity of the group: receiver route and group labels. */
  readonly groupKey: string;
  readonly receiver: string;
  readonly status: AlertStatus;
  readonly groupLabels: Labels;
  readonly commonLabels: Labels;
  readonly externalUrl: string;
  /** Unset for Alertmanager's own. */
  readonly sender?: Sender;
  /** Somebody tried whether notifications arrive: no rule fires, and no end will be reported. */
  readonly isTest?: true;
  /** How many alerts Alertmanager left out (its option `max_alerts`), or we because they are too many. */
  readonly truncatedAlerts: number;
  /** Each fingerprint once. */
  readonly alerts: readonly Alert[];
  readonly unread?: Unread;
}

/** Of an alert that carries no name. */
export const NO_ALERTNAME = "(no alertname)";

/** The rule's name, which runbooks are found by. */
export function alertName(alert: Pick<Alert, "labels">): string {
  return alert.labels["alertname"] || NO_ALERTNAME;
}

/** What Grafana fires in place of a rule that has no data, or whose query fails. */
const IN_PLACE_OF_RULE = new Set(["DatasourceNoData", "DatasourceError"]);

/** The rule whose runbook answers the alert. */
export function ruleName(alert: Pick<Alert, "labels">): string {
  const name = alertName(alert);
  return (IN_PLACE_OF_RULE.has(name) && alert.labels["rulename"]) || name;
}

/** The names in these alerts, each once, in order of first appearance. */
export function alertNames(alerts: readonly Pick<Alert, "labels">[]): string[] {
  return [...new Set(alerts.map(alertName))];
}

/**
 * A webhook's body -> Notification, or why it is none.
 *
 * The form is Alertmanager's (Prometheus documentation, "Alerting: configuration", <webhook_config>),
 * which Grafana, the Alertmanagers of Mimir and VictoriaMetrics, and relays send, too, each a little
 * differently. Each alert is read by itself, so that an odd one costs its neighbours nothing; only a
 * body in which no alert can be read is refused.
 */

import type { Labels } from "../exposition/sample.ts";
import type { Alert, AlertStatus, Notification, Sender, Unread } from "./alert.ts";
import {
  isJsonObject,
  type JsonObject,
  readAlert,
  readLabels,
  readStatus,
  textOf,
} from "./read-alert.ts";

export type WebhookResult =
  | { readonly kind: "notification"; readonly notification: Notification }
  | { readonly kind: "malformed"; readonly reason: string };

export interface Received {
  /** Name of the source by whose path it came. */
  readonly source: string;
  /** Milliseconds since 1970. */
  readonly nowMs: number;
}

/** Alerts of one group that are read: no thread could show more, and each is work. */
export const MOST_ALERTS = 10_000;
/** How many problems are named. */
const NAMED_PROBLEMS = 5;
/** A place holds the sender's own keys, which may be of any length. */
const LONGEST_PLACE = 100;

/** Takes the parsed JSON of a webhook's body, which may be anything. */
export function parseWebhook(body: unknown, received: Received): WebhookResult {
  const reading = readWebhook(body, received);
  for (;;) {
    const { done, value } = reading.next();
    if (done === true) return value;
  }
}

/** Alerts read without a pause: some milliseconds. */
const SLICE = 500;

/** The same in slices, between which whoever reads can let others run. */
export function* readWebhook(
  body: unknown,
  received: Received,
): Generator<undefined, WebhookResult> {
  if (!isJsonObject(body)) return { kind: "malformed", reason: "body: is not an object" };
  const raw = body["alerts"];
  if (raw === undefined || raw === null) {
    return { kind: "malformed", reason: "alerts: is missing" };
  }
  if (!Array.isArray(raw)) return { kind: "malformed", reason: "alerts: is not a list" };
  if (raw.length === 0) {
    return { kind: "malformed", reason: "alerts: must hold at least one alert" };
  }
  const wanted = raw.length > MOST_ALERTS ? raw.slice(0, MOST_ALERTS) : raw;
  const status = readStatus(body["status"], statusOf(raw));
  const { alerts, unread } = yield* readAlerts(wanted, { status, nowMs: received.nowMs });
  if (alerts.length === 0) return { kind: "malformed", reason: reasonOf(unread) };
  const beyond = raw.length - wanted.length;
  yield;
  return {
    kind: "notification",
    notification: assemble(body, { received, alerts, unread, beyond }),
  };
}

/** A group fires while one of its alerts does not say that it is over. */
function statusOf(alerts: readonly unknown[]): AlertStatus {
  const isOver = (each: unknown): boolean =>
    isJsonObject(each) && readStatus(each["status"], "firing") === "resolved";
  return alerts.every(isOver) ? "resolved" : "firing";
}

interface ReadAlerts {
  readonly alerts: readonly Alert[];
  readonly unread: Unread;
}

function* readAlerts(
  raw: readonly unknown[],
  context: { readonly status: AlertStatus; readonly nowMs: number },
): Generator<undefined, ReadAlerts> {
  const odd = new Set<number>();
  const problems: string[] = [];
  const alerts: Alert[] = [];
  for (const [index, each] of raw.entries()) {
    if (index % SLICE === SLICE - 1) yield;
    const alert = readAlert(each, context, (place, reason) => {
      odd.add(index);
      if (problems.length < NAMED_PROBLEMS) problems.push(problemText(index, place, reason));
      return undefined;
    });
    if (alert !== undefined) alerts.push(alert);
  }
  return { alerts: oncePer(alerts), unread: { alerts: odd.size, problems } };
}

function problemText(index: number, place: string, reason: string): string {
  const path = place.length > LONGEST_PLACE ? `${place.slice(0, LONGEST_PLACE)}…` : place;
  return `alerts[${index}]${path === "" ? "" : `.${path}`}: ${reason}`;
}

/** An alert that a sender names twice counts once, and as firing if either copy says so. */
function oncePer(alerts: readonly Alert[]): Alert[] {
  const byFingerprint = new Map<string, Alert>();
  for (const alert of alerts) {
    const first = byFingerprint.get(alert.fingerprint);
    if (first?.status !== "firing") byFingerprint.set(alert.fingerprint, alert);
  }
  return [...byFingerprint.values()];
}

function reasonOf({ alerts, problems }: Unread): string {
  const left = alerts - problems.length;
  return `no alert can be read: ${problems.join("; ")}${left > 0 ? `; and ${left} more` : ""}`;
}

interface Parts extends ReadAlerts {
  readonly received: Received;
  /** Alerts that were left out because there were too many. */
  readonly beyond: number;
}

function assemble(body: JsonObject, { received, alerts, unread, beyond }: Parts): Notification {
  const pass = (): undefined => undefined;
  const groupLabels = readLabels(body["groupLabels"], "groupLabels", pass);
  const receiver = textOf(body["receiver"]);
  const truncated = body["truncatedAlerts"];
  const sender = senderOf(body);
  return {
    source: received.source,
    groupKey: textOf(body["groupKey"]) || derivedKey(receiver, groupLabels, alerts),
    receiver,
    status: alerts.some(({ status }) => status === "firing") ? "firing" : "resolved",
    groupLabels,
    commonLabels: commonLabels(body["commonLabels"], alerts),
    externalUrl: textOf(body["externalURL"]),
    ...(sender === undefined ? {} : { sender }),
    truncatedAlerts:
      beyond +
      (typeof truncated === "number" && Number.isSafeInteger(truncated)
        ? Math.max(0, truncated)
        : 0),
    alerts,
    ...(unread.alerts === 0 ? {} : { unread }),
  };
}

/** A relay that drops the key: the group is known by its labels, or by its alerts' names. */
function derivedKey(receiver: string, groupLabels: Labels, alerts: readonly Alert[]): string {
  const names = [...new Set(alerts.map(({ labels }) => labels["alertname"] ?? ""))].toSorted();
  const labels = Object.keys(groupLabels)
    .toSorted()
    .map((name) => [name, groupLabels[name]]);
  return `derived:${JSON.stringify([receiver, labels.length > 0 ? labels : names])}`;
}

/** What all alerts share, where the sender does not say. */
function commonLabels(sent: unknown, alerts: readonly Alert[]): Labels {
  const read = readLabels(sent, "commonLabels", () => undefined);
  if (Object.keys(read).length > 0) return read;
  const [first, ...others] = alerts;
  const shared = Object.entries(first?.labels ?? {}).filter(([name, value]) =>
    others.every(({ labels }) => Object.hasOwn(labels, name) && labels[name] === value),
  );
  return Object.fromEntries(shared);
}

/** Grafana's bodies have an organisation, and a state beside the status. */
function senderOf(body: JsonObject): Sender | undefined {
  return "orgId" in body && "state" in body ? "Grafana" : undefined;
}

/**
 * A webhook's body -> Notification, or why it is none.
 *
 * The form is Alertmanager's (Prometheus documentation, "Alerting: configuration", <webhook_config>),
 * which Grafana, the Alertmanagers of Mimir and VictoriaMetrics, and relays send, too, each a little
 * differently. Each alert is read by itself, so that an odd one costs its neighbours nothing; only a
 * body in which no alert can be read is refused.
 */

import type { Labels } from "../exposition/sample.ts";
import type { Alert, AlertStatus, Notification, Unread } from "./alert.ts";
import { withOwnFingerprint } from "./fingerprint.ts";
import { isGrafana, isTest, organisationOf } from "./grafana.ts";
import { type ReadingContext, readAlert, readStatus } from "./read-alert.ts";
import { isJsonObject, type JsonObject, readLabels, textOf } from "./read-labels.ts";
import { haveSameLabels, sharedLabels } from "./shared-labels.ts";

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
  sent: unknown,
  received: Received,
): Generator<undefined, WebhookResult> {
  const body = bodyOf(sent);
  if (body === undefined) return { kind: "malformed", reason: "body: is not an object" };
  const raw = alertsOf(body["alerts"]);
  if (typeof raw === "string") return { kind: "malformed", reason: raw };
  const wanted = raw.length > MOST_ALERTS ? raw.slice(0, MOST_ALERTS) : raw;
  const status = readStatus(body["status"], statusOf(raw));
  const common = { ...groupMap(body, "commonLabels"), ...groupMap(body, "groupLabels") };
  const context = { status, nowMs: received.nowMs, common };
  const { alerts, unread } = yield* readAlerts(wanted, context);
  if (alerts.length === 0) return { kind: "malformed", reason: reasonOf(unread) };
  const beyond = raw.length - wanted.length;
  yield;
  return {
    kind: "notification",
    notification: assemble(body, { received, raw, alerts, unread, beyond }),
  };
}

/** Alerts that are sent without anything around them, as to Alertmanager's own API, are a body, too. */
function bodyOf(sent: unknown): JsonObject | undefined {
  if (Array.isArray(sent)) return sent.some(isAlert) ? { alerts: sent as unknown[] } : undefined;
  return isJsonObject(sent) ? sent : undefined;
}

function isAlert(value: unknown): boolean {
  return isJsonObject(value) && isJsonObject(value["labels"]);
}

/** The list of alerts, which some relays send as one alert or as a map; or why there is none. */
function alertsOf(value: unknown): readonly unknown[] | string {
  if (value === undefined || value === null) return "alerts: is missing";
  if (isAlert(value)) return [value];
  const list =
    isJsonObject(value) && Object.values(value).some(isAlert) ? Object.values(value) : value;
  if (!Array.isArray(list)) return "alerts: is not a list";
  return list.length === 0 ? "alerts: must hold at least one alert" : list;
}

function groupMap(body: JsonObject, name: string): Labels {
  return readLabels(body[name], name, () => undefined);
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
  context: ReadingContext,
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
  return { alerts: oncePer(distinct(alerts)), unread: { alerts: odd.size, problems } };
}

function problemText(index: number, place: string, reason: string): string {
  const path = place.length > LONGEST_PLACE ? `${place.slice(0, LONGEST_PLACE)}…` : place;
  return `alerts[${index}]${path === "" ? "" : `.${path}`}: ${reason}`;
}

/** Alerts of different labels are different ones, even where a relay gives them one fingerprint. */
function distinct(alerts: readonly Alert[]): readonly Alert[] {
  const first = new Map<string, Alert>();
  const shared = new Set<string>();
  for (const alert of alerts) {
    const before = first.get(alert.fingerprint);
    if (before === undefined) first.set(alert.fingerprint, alert);
    else if (!haveSameLabels(before.labels, alert.labels)) shared.add(alert.fingerprint);
  }
  if (shared.size === 0) return alerts;
  return alerts.map((alert) => (shared.has(alert.fingerprint) ? withOwnFingerprint(alert) : alert));
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
  /** Its alerts as they were sent. */
  readonly raw: readonly unknown[];
  /** Alerts that were left out because there were too many. */
  readonly beyond: number;
}

function assemble(
  body: JsonObject,
  { received, raw, alerts, unread, beyond }: Parts,
): Notification {
  const groupLabels = groupMap(body, "groupLabels");
  const receiver = textOf(body["receiver"]);
  const fromGrafana = isGrafana(body, raw);
  const organisation = fromGrafana ? organisationOf(body, raw) : "";
  const groupKey = keyIn(
    organisation,
    textOf(body["groupKey"]) || derivedKey(receiver, groupLabels),
  );
  return {
    source: received.source,
    groupKey,
    receiver,
    status: alerts.some(({ status }) => status === "firing") ? "firing" : "resolved",
    groupLabels,
    commonLabels: commonLabels(groupMap(body, "commonLabels"), alerts),
    externalUrl: textOf(body["externalURL"]),
    ...(fromGrafana ? { sender: "Grafana" as const } : {}),
    ...(fromGrafana && isTest({ groupKey, alerts }) ? { isTest: true as const } : {}),
    truncatedAlerts: beyond + countOf(body["truncatedAlerts"]),
    alerts,
    ...(unread.alerts === 0 ? {} : { unread }),
  };
}

function keyIn(organisation: string, groupKey: string): string {
  return organisation === "" || groupKey === "" ? groupKey : `org ${organisation}: ${groupKey}`;
}

function countOf(value: unknown): number {
  const count = Number(textOf(value) || 0);
  return Number.isSafeInteger(count) ? Math.max(0, count) : 0;
}

/** A relay that drops the key: the group is known by its labels; without them by its alerts' names. */
function derivedKey(receiver: string, groupLabels: Labels): string {
  const labels = Object.keys(groupLabels)
    .toSorted()
    .map((name) => [name, groupLabels[name]]);
  return labels.length === 0 ? "" : `derived:${JSON.stringify([receiver, labels])}`;
}

/**
 * The groups of a notification: itself, or one for each name of its alerts where its sender gives
 * neither a key nor labels, since which names come together changes from one to the next.
 */
export function groupsOf(notification: Notification): readonly Notification[] {
  if (notification.groupKey !== "") return [notification];
  const { receiver, alerts, truncatedAlerts, unread: _, ...rest } = notification;
  const byName = Map.groupBy(alerts, ({ labels }) => labels["alertname"] ?? "");
  return [...byName].map(([name, own], index) => ({
    ...rest,
    // What was left out or could not be read may belong to any of them.
    ...(index === 0 && notification.unread !== undefined ? { unread: notification.unread } : {}),
    truncatedAlerts: index === 0 ? truncatedAlerts : 0,
    receiver,
    groupKey: `derived:${JSON.stringify([receiver, [name]])}`,
    status: statusOf(own),
    commonLabels: commonLabels({}, own),
    alerts: own,
  }));
}

/** What all alerts share, where the sender does not say. */
function commonLabels(sent: Labels, alerts: readonly Alert[]): Labels {
  return Object.keys(sent).length > 0 ? sent : sharedLabels(alerts);
}

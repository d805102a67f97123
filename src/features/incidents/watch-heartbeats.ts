/**
 * A source that must report regularly, by an alert that always fires (Watchdog), and is not:
 * Prometheus, Alertmanager or the connection is broken, and no other alert would arrive either.
 *
 * The heartbeat itself makes no thread, nor does the one of kube-prometheus and of our own rules where
 * no route waits for it: it would be an incident that never ends. When a source last reported is kept
 * in the store, so that replicas and restarts share it.
 */

import { type Alert, alertName, DEFAULT_SOURCE, type Notification } from "../../alerts/alert.ts";
import type { AlertSource } from "../../alerts/source.ts";
import { duration } from "../../block-kit/times.ts";
import type { Route } from "../../config/config.ts";
import type { Incident } from "../../incidents/incident.ts";
import type { Clock, Log } from "../shared/ports.ts";
import { type Repeated, repeat } from "../shared/repeat.ts";
import type { OwnAlert, OwnIncidents } from "./own-incidents.ts";

/** When each source last sent its heartbeat. */
export interface HeartbeatStore {
  reported(source: string, at: number): Promise<void>;
  lastReports(): Promise<ReadonlyMap<string, number>>;
}

export interface HeartbeatPorts {
  readonly own: OwnIncidents;
  readonly heartbeats: HeartbeatStore;
  readonly routes: readonly Route[];
  readonly sources: readonly AlertSource[];
  readonly clock: Clock;
  readonly log: Log;
}

export interface Heartbeats extends Repeated {
  /** Takes the heartbeat out of a notification; undefined when it held nothing else. */
  without(notification: Notification): Promise<Notification | undefined>;
  /** The same without counting it: the notification did not come by the way that it proves. */
  leaveOut(notification: Notification): Notification | undefined;
  /** The channel of an incident that says that a source is silent; undefined for others. */
  channelOf(incident: Pick<Incident, "groupKey">): string | undefined;
}

const EVERY_MS = 5_000;

interface Expected {
  readonly source: string;
  readonly alert: string;
  readonly withinMs: number;
  readonly channel: string;
}

/** Nothing is watched before `start`. */
export function watchHeartbeats(ports: HeartbeatPorts): Heartbeats {
  const { clock, log, heartbeats, own } = ports;
  const expected = expectedOf(ports);
  const begun = clock.now();
  /** By source, once known: an earlier process may have said that it is silent. */
  const isSilent = new Map<string, boolean>();
  const watch = repeat({
    everyMs: EVERY_MS,
    clock,
    log,
    failure: "the heartbeats of the sources cannot be checked",
    work: async () => {
      if (expected.length === 0) return;
      const reports = await heartbeats.lastReports();
      for (const each of expected) {
        // A bot that has just started has not waited for long enough.
        const last = Math.max(reports.get(each.source) ?? 0, begun);
        const silentMs = clock.now() - last;
        if (silentMs > each.withinMs) {
          if (isSilent.get(each.source) === true) continue;
          await own.raise(alertOf(each, last));
          isSilent.set(each.source, true);
        } else if (isReporting(reports.get(each.source), each, clock.now())) {
          if (isSilent.get(each.source) === false) continue;
          isSilent.set(each.source, false);
          await own.clear(({ groupKey }) => groupKey === keyOf(each.source));
        }
      }
    },
  });
  return {
    ...watch,
    channelOf: ({ groupKey }) => expected.find(({ source }) => keyOf(source) === groupKey)?.channel,
    async without(notification) {
      const { beats, rest } = parted(notification, expected);
      if (beats.some(({ status }) => status === "firing")) {
        await heartbeats.reported(notification.source, clock.now());
      }
      return rest;
    },
    leaveOut: (notification) => parted(notification, expected).rest,
  };
}

/** The heartbeats of a notification, and what it holds beside them. */
function parted(
  notification: Notification,
  expected: readonly Expected[],
): { readonly beats: readonly Alert[]; readonly rest: Notification | undefined } {
  const names = new Set(
    expected.filter(({ source }) => source === notification.source).map(({ alert }) => alert),
  );
  const isBeat = (alert: Alert): boolean =>
    names.size > 0 ? names.has(alertName(alert)) : isUsualHeartbeat(alert);
  const beats = notification.alerts.filter(isBeat);
  if (beats.length === 0) return { beats, rest: notification };
  const alerts = notification.alerts.filter((alert) => !isBeat(alert));
  if (alerts.length === 0) return { beats, rest: undefined };
  const isFiring = alerts.some(({ status }) => status === "firing");
  return { beats, rest: { ...notification, alerts, status: isFiring ? "firing" : "resolved" } };
}

/**
 * The alert by which Prometheus Operator's rules, and ours, prove themselves alive
 * (https://runbooks.prometheus-operator.dev/runbooks/general/watchdog/): by its name and its severity,
 * since an alert of that name with another one may mean what it says.
 */
function isUsualHeartbeat(alert: Alert): boolean {
  return alertName(alert) === "Watchdog" && alert.labels["severity"] === "none";
}

/** A route expects the heartbeat of every source that it takes alerts from. */
function expectedOf({ routes, sources }: HeartbeatPorts): Expected[] {
  const all = routes.flatMap((route) => {
    const { heartbeat, channel } = route;
    if (heartbeat === undefined) return [];
    const names = route.sources ?? sendersOf(sources);
    return names.map((source) => ({ source, channel, ...heartbeat }));
  });
  return [...new Map(all.map((each) => [each.source, each])).values()];
}

/** Where all Alertmanagers are named, nobody need send to the plain path. */
function sendersOf(sources: readonly AlertSource[]): string[] {
  const isUsed = ({ name, members }: AlertSource): boolean =>
    sources.length === 1 || name !== DEFAULT_SOURCE || members.length > 0;
  return sources.filter(isUsed).map(({ name }) => name);
}

function isReporting(at: number | undefined, { withinMs }: Expected, nowMs: number): boolean {
  return at !== undefined && nowMs - at <= withinMs;
}

function keyOf(source: string): string {
  return `silent:${source}`;
}

function alertOf({ source, alert, withinMs, channel }: Expected, since: number): OwnAlert {
  return {
    key: keyOf(source),
    channel,
    labels: { alertname: "SourceSilent", severity: "critical", source },
    summary: `Nothing from source ${source} for ${duration(withinMs)}: alerts may be lost`,
    description: `Its heartbeat ${alert} should arrive at least every ${duration(withinMs)}. Prometheus, Alertmanager or the connection between them and the bot is broken.`,
    since,
  };
}

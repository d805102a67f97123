/**
 * A notification becomes an incident and what must be said of it, durably, before it is answered.
 *
 * Nothing here waits for Slack or for a target: the webhook is answered as soon as the
 * transaction is written, and the outbox does the rest.
 */

import type { Notification } from "../../alerts/alert.ts";
import { withDashboards } from "../../alerts/alert-links.ts";
import type { AlertSource } from "../../alerts/source.ts";
import type { Route } from "../../config/config.ts";
import { type Target, targetOfAlert } from "../../diagnosis/target.ts";
import { applyNotification } from "../../incidents/apply-notification.ts";
import type { Outcome } from "../../incidents/change.ts";
import type { Incident } from "../../incidents/incident.ts";
import { isDoubtful } from "../../incidents/merge-alerts.ts";
import { createSenderMemory } from "../../incidents/other-sender.ts";
import type { Clock, Log } from "../shared/ports.ts";
import type { AlertMeter, IncidentWriter } from "./incident-ports.ts";
import { routeFor } from "./route-for.ts";

export interface AlertPorts {
  readonly incidents: Pick<IncidentWriter, "apply">;
  readonly clock: Pick<Clock, "now">;
  readonly log: Log;
  readonly meter: Pick<AlertMeter, "alerts" | "webhook">;
  readonly newId: () => string;
  /** Tells the delivery that the outbox has something. */
  readonly wakeDelivery: () => void;
  /** Something is in doubt: the source's API is to be asked soon. */
  readonly doubt: (source: string) => void;
}

/** Where alerts come from, what they are about, and where they go: as configured. */
export interface AlertPlaces {
  readonly sources: readonly AlertSource[];
  readonly targets: readonly Target[];
  readonly routes: readonly Route[];
}

export type RespondToAlerts = (notification: Notification) => Promise<Outcome["reason"]>;

/** Resolves when all is written, with what the notification did; rejects where it could not be written. */
export function respondToAlerts(ports: AlertPorts, places: AlertPlaces): RespondToAlerts {
  const senders = createSenderMemory();
  return async (received) => {
    const nowMs = ports.clock.now();
    const sent = senders.known(received);
    let other: Notification | undefined;
    const outcome = await ports.incidents.apply(sent, nowMs, (latest) => {
      const isPair = places.sources.some(({ name, members, arePeers }) => {
        return name === sent.source && arePeers && members.length > 1;
      });
      other = latest === undefined || isPair ? undefined : senders.found(latest, sent);
      return latest === undefined || other === undefined
        ? applied(places, sent, { latest, nowMs, newId: ports.newId })
        : { reason: "unchanged", incident: latest, notices: [] };
    });
    if (other === undefined) return settle(ports, sent, outcome);
    const regrouped = other;
    const own = await ports.incidents.apply(regrouped, nowMs, (latest) =>
      applied(places, regrouped, { latest, nowMs, newId: ports.newId }),
    );
    return settle(ports, regrouped, own);
  };
}

interface HeartbeatPorts {
  /** The notification without what only proves that its source is alive. */
  readonly heartbeats: { without(sent: Notification): Promise<Notification | undefined> };
  readonly meter: Pick<AlertMeter, "webhook">;
}

/** What only proves that a source is alive becomes no incident. */
export function withoutHeartbeats(
  respond: RespondToAlerts,
  { heartbeats, meter }: HeartbeatPorts,
): RespondToAlerts {
  return async (received) => {
    const alerting = await heartbeats.without(received);
    if (alerting !== undefined) return respond(alerting);
    meter.webhook("heartbeat");
    return "unchanged";
  };
}

interface Applying {
  readonly latest: Incident | undefined;
  readonly nowMs: number;
  readonly newId: () => string;
}

function applied(
  { sources, targets, routes }: AlertPlaces,
  notification: Notification,
  { latest, nowMs, newId }: Applying,
) {
  const source = sources.find(({ name }) => name === notification.source);
  const target = targetOf(notification, targetsOfSource(targets, source));
  const alerts = withDashboards(notification.alerts, source?.grafana ?? target?.grafana);
  return applyNotification(
    latest,
    { ...notification, alerts },
    {
      id: newId(),
      channel: routeFor(notification, routes).channel,
      ...(target === undefined ? {} : { target: target.name }),
      nowMs,
    },
  );
}

function settle(ports: AlertPorts, notification: Notification, outcome: Outcome) {
  report(ports, notification, outcome);
  if (outcome.notices.length > 0) ports.wakeDelivery();
  if (isDoubtful(notification, outcome.incident)) ports.doubt(notification.source);
  return outcome.reason;
}

/** A source may say which targets its alerts speak of. */
function targetsOfSource(
  targets: readonly Target[],
  source: AlertSource | undefined,
): readonly Target[] {
  if (source === undefined || source.targets.length === 0) return targets;
  return targets.filter(({ name }) => source.targets.includes(name));
}

/** The one target that all alerts of the group are about. */
export function targetOf(
  notification: Pick<Notification, "commonLabels" | "alerts">,
  targets: readonly Target[],
): Target | undefined {
  const fromCommon = targetOfAlert(targets, notification.commonLabels);
  if (fromCommon !== undefined) return fromCommon;
  const named = notification.alerts.map((alert) => targetOfAlert(targets, alert.labels));
  const first = named[0];
  return named.every((each) => each === first) ? first : undefined;
}

function report(ports: AlertPorts, notification: Notification, outcome: Outcome): void {
  const firing = notification.alerts.filter((alert) => alert.status === "firing").length;
  ports.meter.webhook(outcome.reason);
  ports.meter.alerts("firing", firing);
  ports.meter.alerts("resolved", notification.alerts.length - firing);
  ports.log.info(
    { incident: outcome.incident.id, reason: outcome.reason, alerts: notification.alerts.length },
    "notification applied",
  );
}

/**
 * What the bot itself has to say to those who keep it: alerts are being lost. It is an incident like
 * any other, with a thread, a runbook and an acknowledgement, from the source `bot`.
 */

import type { Notification } from "../../alerts/alert.ts";
import { fingerprintOf } from "../../alerts/fingerprint.ts";
import type { OwnAlertName } from "../../alerts/own-alerts.ts";
import type { Labels } from "../../exposition/sample.ts";
import { applyNotification } from "../../incidents/apply-notification.ts";
import type { Incident } from "../../incidents/incident.ts";
import type { Clock } from "../shared/ports.ts";
import { type IncidentReader, type IncidentWriter, MOST_INCIDENTS } from "./incident-ports.ts";

/** The name of the source; no configured one may have it. */
export const OWN_SOURCE = "bot";

export interface OwnAlert {
  /** What tells it from the bot's other incidents. */
  readonly key: string;
  readonly channel: string;
  readonly labels: Readonly<Record<string, string>> & { readonly alertname: OwnAlertName };
  readonly summary: string;
  readonly description: string;
  readonly since: number;
}

export interface OwnPorts {
  readonly incidents: Pick<IncidentWriter, "apply"> & Pick<IncidentReader, "openIncidents">;
  readonly clock: Pick<Clock, "now">;
  readonly newId: () => string;
  readonly wakeDelivery: () => void;
}

export interface OwnIncidents {
  /** Opens it, or says what is new of it. */
  raise(alert: OwnAlert): Promise<void>;
  /** Those that are open and of which this is true are over. */
  clear(isOver: (incident: Incident) => boolean): Promise<void>;
}

/** What is raised again while it fires is the same incident. */
export function createOwnIncidents(ports: OwnPorts): OwnIncidents {
  const apply = async (notification: Notification, channel: string): Promise<void> => {
    const nowMs = ports.clock.now();
    const outcome = await ports.incidents.apply(notification, nowMs, (latest) =>
      applyNotification(latest, notification, { id: ports.newId(), channel, nowMs }),
    );
    if (outcome.notices.length > 0) ports.wakeDelivery();
  };
  return {
    raise: (alert) => apply(notificationOf(alert), alert.channel),
    async clear(isOver) {
      const open = await ports.incidents.openIncidents(MOST_INCIDENTS);
      for (const incident of open) {
        if (incident.source !== OWN_SOURCE || !isOver(incident)) continue;
        await apply(endOf(incident, ports.clock.now()), incident.channel);
      }
    },
  };
}

function endOf({ groupKey, groupLabels, alerts }: Incident, endsAt: number): Notification {
  const over = alerts.map(
    ({ fingerprint, labels, annotations, startsAt }) =>
      ({ fingerprint, labels, annotations, startsAt, endsAt, status: "resolved" }) as const,
  );
  return { ...group(groupKey, groupLabels), status: "resolved", alerts: over };
}

function group(groupKey: string, labels: Labels) {
  return {
    source: OWN_SOURCE,
    groupKey,
    receiver: "",
    groupLabels: labels,
    commonLabels: labels,
    externalUrl: "",
    truncatedAlerts: 0,
  };
}

function notificationOf({ key, labels, summary, description, since }: OwnAlert): Notification {
  return {
    ...group(key, labels),
    status: "firing",
    alerts: [
      {
        fingerprint: fingerprintOf(labels),
        status: "firing",
        labels,
        annotations: { summary, description },
        startsAt: since,
      },
    ],
  };
}

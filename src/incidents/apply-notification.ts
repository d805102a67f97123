/**
 * What a notification does to an incident, and what must be said because of it.
 *
 * Alertmanager sends each group's whole set again and again, peers of an HA pair send it twice
 * (alertmanager issues 1005, 2222), and a retry may come late. So this is a comparison of states,
 * not a log of events: applying the same notification twice changes nothing.
 */

import type { Notification } from "../alerts/alert.ts";
import { HOUR_MS } from "../promql/duration.ts";
import type { Outcome } from "./change.ts";
import { explain, VERDICT } from "./explain.ts";
import { firingOf, type Incident } from "./incident.ts";
import { mergeAlerts } from "./merge-alerts.ts";
import { endOf, reopen, startOf, transition } from "./transition.ts";

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
export const REOPEN_WITHIN_MS = HOUR_MS;

/** So long a test of a sender is shown as one that fires. */
const TEST_MS = 5 * 60_000;

/** Applies a notification to the group's latest incident, if there is one. */
export function applyNotification(
  current: Incident | undefined,
  notification: Notification,
  opening: Opening,
): Outcome {
  if (current === undefined) return open(notification, opening);
  const { nowMs } = opening;
  const alerts = mergeAlerts(current, notification, nowMs);
  const { truncatedAlerts, unread } = notification;
  const merged = { alerts, truncatedAlerts, unread };
  const isFiring = firingOf(alerts).length > 0;
  if (current.status === "firing" || !isFiring) return transition(current, merged, nowMs);
  const isRecent = nowMs - current.changedAt <= REOPEN_WITHIN_MS;
  return isRecent ? reopen(current, merged, nowMs) : open(notification, opening);
}

function testOf(isFiring: boolean, nowMs: number): Pick<Incident, "testUntil" | "closing"> {
  return isFiring ? { testUntil: nowMs + TEST_MS } : { closing: { kind: "test" } };
}

function open(notification: Notification, opening: Opening): Outcome {
  const isFiring = firingOf(notification.alerts).length > 0;
  const incident: Incident = {
    id: opening.id,
    source: notification.source,
    groupKey: notification.groupKey,
    receiver: notification.receiver,
    status: isFiring ? "firing" : "resolved",
    channel: opening.channel,
    ...(opening.target === undefined ? {} : { target: opening.target }),
    groupLabels: notification.groupLabels,
    commonLabels: notification.commonLabels,
    externalUrl: notification.externalUrl,
    ...(notification.sender === undefined ? {} : { sender: notification.sender }),
    ...(notification.unread === undefined ? {} : { unread: notification.unread }),
    alerts: notification.alerts,
    truncatedAlerts: notification.truncatedAlerts,
    openedAt: startOf(notification.alerts, opening.nowMs),
    changedAt: opening.nowMs,
    ...(isFiring ? {} : { resolvedAt: endOf(notification.alerts, opening.nowMs) }),
    reopened: 0,
    firedAt: isFiring ? [opening.nowMs] : [],
    explained: [],
    ...(notification.isTest === true ? testOf(isFiring, opening.nowMs) : {}),
  };
  // What is already over when it is first reported, and a test, need no runbook, only a message.
  const needsNoMore = !isFiring || incident.testUntil !== undefined;
  if (needsNoMore) return { reason: "opened", incident, notices: [{ kind: "incident" }] };
  return explain("opened", incident, [{ kind: "incident" }, ...VERDICT]);
}

/**
 * The alerts of an incident after a notification of its group.
 *
 * Peers of an HA pair and retries make a notification come late, after a newer one (alertmanager
 * issues 2222, 3865). A late copy must neither end what fires nor revive what is over, so each
 * alert is compared with what is known of it. In doubt it fires: an incident too many is better
 * than an alert lost.
 */

import type { Alert, Notification } from "../alerts/alert.ts";
import type { Incident } from "./incident.ts";

/** So long after something new was heard, a notification that says otherwise may be a late copy. */
export const STALE_WITHIN_MS = 30_000;

/** Alerts that are over are kept for comparison, but not through a storm of hours. */
const KEEP_RESOLVED_MS = 60 * 60_000;

/** Of each fingerprint one alert: those that the notification names, then those it does not. */
export function mergeAlerts(
  current: Incident,
  notification: Notification,
  nowMs: number,
): readonly Alert[] {
  const isRecent = nowMs - current.changedAt <= STALE_WITHIN_MS;
  const known = new Map(current.alerts.map((alert) => [alert.fingerprint, alert]));
  const named = notification.alerts.map((alert) =>
    newerOf(known.get(alert.fingerprint), alert, isRecent),
  );
  for (const { fingerprint } of notification.alerts) known.delete(fingerprint);
  // Left out by Alertmanager's max_alerts, or unknown yet to the sender of a late copy.
  const mayBeMissing = notification.truncatedAlerts > 0 || isRecent;
  const unnamed = [...known.values()].flatMap((alert) =>
    mayBeMissing ? keptOf(alert, nowMs) : endedOf(alert, nowMs),
  );
  return [...named, ...unnamed];
}

function newerOf(known: Alert | undefined, sent: Alert, isRecent: boolean): Alert {
  if (known === undefined) return sent;
  // A start that nobody can read is made up at each notification.
  const told = sent.isStartUnknown === true ? { ...sent, startsAt: known.startsAt } : sent;
  if (told.status === "firing") {
    const isLate = known.status === "resolved" && told.startsAt <= known.startsAt && isRecent;
    // Of two copies that fire, the later start tells a late end from a true one.
    const startsAt =
      known.status === "firing" ? Math.max(told.startsAt, known.startsAt) : told.startsAt;
    return isLate ? known : { ...told, startsAt };
  }
  const isOfEarlier =
    known.status === "firing" &&
    told.startsAt < known.startsAt &&
    (told.endsAt ?? told.startsAt) <= known.startsAt;
  return isOfEarlier ? known : told;
}

function keptOf(alert: Alert, nowMs: number): Alert[] {
  const isOld = alert.status === "resolved" && nowMs - (alert.endsAt ?? nowMs) > KEEP_RESOLVED_MS;
  return isOld ? [] : [alert];
}

/** What a group no longer names is over: silenced, or resolved without a word (send_resolved). */
function endedOf(alert: Alert, nowMs: number): Alert[] {
  return alert.status === "resolved" ? [] : [{ ...alert, status: "resolved", endsAt: nowMs }];
}

/**
 * Two Alertmanagers that send to one path with one configuration have the same group keys.
 *
 * The peers of an HA pair differ in their addresses, too, so the address alone tells nothing. But peers
 * have the same alerts: what comes from another address and shares no alert with what fires is another
 * Alertmanager's, and gets an incident of its own. Named sources (`sources:`) need no such guess.
 */

import type { Notification } from "../alerts/alert.ts";
import type { Incident } from "./incident.ts";

export interface SenderMemory {
  /** The notification under a key of its own, once its sender was found to be another one. */
  known(notification: Notification): Notification;
  /** The same, found out now; undefined when it belongs to this incident's group. */
  found(latest: Incident, notification: Notification): Notification | undefined;
}

/** Senders remembered; a group that nobody sends any more is forgotten. */
const MOST_SENDERS = 10_000;

/** Tells senders apart that use one group key, so that one does not end the other's alerts. */
export function createSenderMemory(): SenderMemory {
  const others = new Set<string>();
  return {
    known: (notification) =>
      others.has(senderOf(notification)) ? underOwnKey(notification) : notification,
    found(latest, notification) {
      if (!isAnother(latest, notification)) return undefined;
      if (others.size >= MOST_SENDERS) others.clear();
      others.add(senderOf(notification));
      return underOwnKey(notification);
    },
  };
}

function senderOf({ source, groupKey, externalUrl }: Notification): string {
  return JSON.stringify([source, groupKey, externalUrl]);
}

function underOwnKey(notification: Notification): Notification {
  return { ...notification, groupKey: `${notification.groupKey} @ ${notification.externalUrl}` };
}

function isAnother(latest: Incident, notification: Notification): boolean {
  const { externalUrl, groupKey, alerts } = notification;
  const isSame = externalUrl === "" || externalUrl === latest.externalUrl;
  if (isSame || latest.status !== "firing" || latest.groupKey !== groupKey) return false;
  const known = new Set(latest.alerts.map(({ fingerprint }) => fingerprint));
  return !alerts.some(({ fingerprint }) => known.has(fingerprint));
}

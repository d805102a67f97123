/**
 * The alerts of an incident after a notification of its group.
 *
 * Peers of an HA pair and retries make a notification come late, after a newer one (alertmanager
 * issues 2222, 3865), and after a reload a part of a group is reported before the whole (issue 3407).
 * So an end counts only where the source says it. What a group leaves out, and what is named as firing
 * with the start of before its end, are doubts: they are noted, and settled by the source's API, by
 * its next word, or by time. In doubt it fires: an incident too many is better than an alert lost.
 */

import type { Alert, Notification } from "../alerts/alert.ts";
import { withOwnFingerprint } from "../alerts/fingerprint.ts";
import { haveSameLabels } from "../alerts/shared-labels.ts";
import { HOUR_MS } from "../promql/duration.ts";
import type { Change } from "./change.ts";
import type { Incident, IncidentAlert } from "./incident.ts";
import { STALE_WITHIN_MS } from "./incident-times.ts";
import { transition } from "./transition.ts";

/** Alerts that are over are kept for comparison, but not through a storm of hours. */
const KEEP_RESOLVED_MS = HOUR_MS;

interface Merging {
  readonly nowMs: number;
  /** Something new was reported so short a time ago that this may be a late copy. */
  readonly isRecent: boolean;
}

/** Of each fingerprint one alert: those that the notification names, then those it does not. */
export function mergeAlerts(
  current: Incident,
  notification: Notification,
  nowMs: number,
): readonly IncidentAlert[] {
  const isRecent = nowMs - current.changedAt <= STALE_WITHIN_MS;
  const known = new Map(current.alerts.map((alert) => [alert.fingerprint, alert]));
  const sent = identified(notification.alerts, current.alerts);
  const named = sent.map((alert) =>
    newerOf(known.get(alert.fingerprint), alert, { nowMs, isRecent }),
  );
  for (const { fingerprint } of sent) known.delete(fingerprint);
  const unnamed = [...known.values()]
    .filter((alert) => !isLongOver(alert, nowMs))
    .map((alert) => leftOut(alert, { nowMs, isRecent }));
  return [...named, ...unnamed];
}

/**
 * The alerts under the fingerprints by which they are known. A relay may give one to several alerts: what
 * carries other labels than the known one is another alert, known by its labels from then on.
 */
function identified(sent: readonly Alert[], known: readonly IncidentAlert[]): readonly Alert[] {
  const before = new Map(known.map((alert) => [alert.fingerprint, alert]));
  const renamed = known.filter(({ sentFingerprint }) => sentFingerprint !== undefined);
  const isAsBefore = (alert: Alert): boolean => {
    const same = before.get(alert.fingerprint);
    return same === undefined || haveSameLabels(same.labels, alert.labels);
  };
  if (renamed.length === 0 && sent.every((each) => !isRenamed(each) && isAsBefore(each)))
    return sent;
  const all = sent.map((alert) => {
    const given = alert.sentFingerprint ?? alert.fingerprint;
    const others = renamed.filter(({ sentFingerprint }) => sentFingerprint === given);
    const first = before.get(given);
    const like = first === undefined ? others : [first, ...others];
    const same = like.find((each) => haveSameLabels(each.labels, alert.labels));
    if (same !== undefined) {
      const { fingerprint, sentFingerprint } = same;
      return {
        ...alert,
        fingerprint,
        ...(sentFingerprint === undefined ? {} : { sentFingerprint }),
      };
    }
    return like.length === 0 || isRenamed(alert) ? alert : withOwnFingerprint(alert);
  });
  return [...new Map(all.map((alert) => [alert.fingerprint, alert])).values()];
}

function isRenamed({ sentFingerprint }: Alert): boolean {
  return sentFingerprint !== undefined;
}

function newerOf(known: IncidentAlert | undefined, sent: Alert, merging: Merging): IncidentAlert {
  if (known === undefined) return sent;
  // A start that nobody can read is made up at each notification.
  const reported = sent.isStartUnknown === true ? { ...sent, startsAt: known.startsAt } : sent;
  return reported.status === "firing"
    ? firingOf(known, reported, merging)
    : endedOf(known, reported, merging.nowMs);
}

/** Its source reports it, so that it is neither left out nor, beyond a late copy, silenced. */
function firingOf(
  known: IncidentAlert,
  reported: Alert,
  { nowMs, isRecent }: Merging,
): IncidentAlert {
  if (known.status === "resolved") {
    const isDoubtful = reported.startsAt <= known.startsAt && isRecent;
    return isDoubtful ? { ...known, contestedAt: known.contestedAt ?? nowMs } : reported;
  }
  const quiet = isRecent && known.quiet !== undefined ? { quiet: known.quiet } : {};
  // Of two copies that fire, the later start tells a late end from a true one.
  return { ...reported, ...quiet, startsAt: Math.max(reported.startsAt, known.startsAt) };
}

/** A start so far ahead is none. */
const AHEAD_MS = 60_000;

/**
 * The end of an earlier firing that comes late ends nothing. But Alertmanager takes the end of an alert
 * that is posted to it without a start for its start (api/v2, postAlertsHandler), and a firing one's end
 * is its lease: such a start lies ahead, and tells nothing of what is earlier.
 */
function endedOf(known: IncidentAlert, reported: Alert, nowMs: number): IncidentAlert {
  const isMadeUp = known.startsAt > nowMs + AHEAD_MS;
  const isOfEarlier =
    known.status === "firing" &&
    !isMadeUp &&
    reported.startsAt < known.startsAt &&
    (reported.endsAt ?? reported.startsAt) <= known.startsAt;
  return isOfEarlier ? known : reported;
}

function isLongOver({ status, endsAt, contestedAt }: IncidentAlert, nowMs: number): boolean {
  return (
    status === "resolved" &&
    contestedAt === undefined &&
    nowMs - (endsAt ?? nowMs) > KEEP_RESOLVED_MS
  );
}

/**
 * What is known to be quiet is left out for that. The sender of a late copy may not know an alert yet,
 * so only what is left out for longer than such copies come is not reported any more: a group that
 * changes all the time would never say so otherwise.
 */
function leftOut(alert: IncidentAlert, { nowMs, isRecent }: Merging): IncidentAlert {
  const { status, quiet, unreportedSince, leftOutSince = nowMs } = alert;
  if (status === "resolved" || quiet !== undefined || unreportedSince !== undefined) return alert;
  if (isRecent && nowMs - leftOutSince <= STALE_WITHIN_MS) return { ...alert, leftOutSince };
  return unreported(alert, leftOutSince);
}

function unreported(alert: IncidentAlert, unreportedSince: number): IncidentAlert {
  const { leftOutSince: _, ...rest } = alert;
  return { ...rest, unreportedSince };
}

/** Alerts that were left out, and not named again for so long that it was no late copy. */
export function settleLeftOut(current: Incident, nowMs: number): Change | undefined {
  const isDue = ({ status, leftOutSince }: IncidentAlert): boolean =>
    status === "firing" && leftOutSince !== undefined && nowMs - leftOutSince > STALE_WITHIN_MS;
  if (!current.alerts.some(isDue)) return undefined;
  const alerts = current.alerts.map((alert) =>
    isDue(alert) ? unreported(alert, alert.leftOutSince ?? nowMs) : alert,
  );
  const { truncatedAlerts, unread } = current;
  const { incident, notices } = transition(current, { alerts, truncatedAlerts, unread }, nowMs);
  return { incident, notices };
}

/** Whether the notification leaves open what became of an alert, so that its source should be asked. */
export function isDoubtful({ alerts, truncatedAlerts }: Notification, after: Incident): boolean {
  const named = new Set(alerts.map(({ fingerprint }) => fingerprint));
  const isDoubt = ({ fingerprint, status, quiet, contestedAt }: IncidentAlert): boolean =>
    contestedAt !== undefined ||
    (status === "firing" && quiet === undefined && !named.has(fingerprint));
  // Only what was left out may fire.
  const isCut = truncatedAlerts > 0 && alerts.every(({ status }) => status === "resolved");
  return isCut || after.alerts.some(isDoubt);
}

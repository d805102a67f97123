/**
 * The end of alerts that nobody reported.
 *
 * Alertmanager sends nothing of muted alerts, not even that they are over, and forgets them then. An
 * incident that was silenced would fire for ever, so what Alertmanager still holds is compared with
 * what the incident has.
 */

import type { Alert } from "../alerts/alert.ts";
import type { HeldAlert } from "../alerts/silence.ts";
import type { Labels } from "../exposition/sample.ts";

import { applyNotification } from "./apply-notification.ts";
import { BY_ITSELF, type Change } from "./change.ts";
import { firingOf, type Incident } from "./incident.ts";

/** The incident's firing alerts that Alertmanager does not hold any more. */
export function goneAlerts(incident: Incident, held: readonly HeldAlert[]): readonly Alert[] {
  const fingerprints = new Set(held.map(({ fingerprint }) => fingerprint));
  return firingOf(incident.alerts).filter(
    (alert) => !fingerprints.has(alert.fingerprint) && !held.some((each) => isSame(each, alert)),
  );
}

/** Alerts that another app's post names have an identity of its own, so labels count, too. */
function isSame(held: HeldAlert, alert: Alert): boolean {
  return held.fingerprint === alert.fingerprint || carriesAll(held.labels, alert.labels);
}

function carriesAll(labels: Labels, wanted: Labels): boolean {
  return Object.entries(wanted).every(([name, value]) => labels[name] === value);
}

/** The incident with these alerts over; undefined when none of them fires. */
export function endUnreported(
  current: Incident,
  gone: readonly Alert[],
  nowMs: number,
): Change | undefined {
  const names = new Set(gone.map(({ fingerprint }) => fingerprint));
  const ending = firingOf(current.alerts).filter(({ fingerprint }) => names.has(fingerprint));
  if (ending.length === 0) return undefined;
  const alerts = firingOf(current.alerts).map(
    (alert): Alert =>
      names.has(alert.fingerprint) ? { ...alert, status: "resolved", endsAt: nowMs } : alert,
  );
  const isOver = ending.length === alerts.length;
  const notification = {
    source: current.source,
    groupKey: current.groupKey,
    receiver: "",
    status: isOver ? "resolved" : "firing",
    groupLabels: current.groupLabels,
    commonLabels: {},
    externalUrl: current.externalUrl,
    truncatedAlerts: isOver ? 0 : current.truncatedAlerts,
    alerts,
  } as const;
  const { id, channel } = current;
  const { incident, notices } = applyNotification(current, notification, { id, channel, nowMs });
  const { mutedIn, ...external } = incident;
  return {
    incident: isOver ? external : incident,
    notices,
    audit: {
      who: BY_ITSELF,
      action: "found-over",
      detail: { alerts: ending.length, alertmanager: mutedIn ?? "" },
    },
  };
}

/** Once its alerts were seen and nothing mutes them, Alertmanager tells of them again. */
export function isReportedAgain(incident: Incident, held: readonly HeldAlert[]): boolean {
  const muted = held.filter(({ silencedBy }) => silencedBy.length > 0);
  const isMuted = firingOf(incident.alerts).some((alert) =>
    muted.some((each) => isSame(each, alert)),
  );
  return (incident.silences ?? []).length === 0 && !isMuted;
}

/** The incident without the doubt about it; undefined when there was none. */
export function reportedAgain(current: Incident): Change | undefined {
  const { mutedIn, ...incident } = current;
  return mutedIn === undefined ? undefined : { incident, notices: [] };
}

/** Notifications applied to incidents, and what came of it, for tests. */

import type { Alert } from "../../src/alerts/alert.ts";
import { applyNotification } from "../../src/incidents/apply-notification.ts";
import type { Outcome } from "../../src/incidents/change.ts";
import type { Incident } from "../../src/incidents/incident.ts";
import { MINUTE, notification, opening, T0 } from "./notifications.ts";

/** Applies alerts to an incident at a time counted from T0. */
export function apply(
  current: Incident | undefined,
  alerts: readonly Alert[],
  { at = 10 * MINUTE, truncatedAlerts = 0 } = {},
): Outcome {
  return applyNotification(
    current,
    notification(alerts, { truncatedAlerts }),
    opening({ id: "i2", nowMs: T0 + at }),
  );
}

export function kinds({ notices }: Outcome): string[] {
  return notices.map((notice) =>
    notice.kind === "runbook" ? `runbook ${notice.alert}` : notice.kind,
  );
}

export function firingIn({ incident }: Outcome): string[] {
  return incident.alerts
    .filter((alert) => alert.status === "firing")
    .map((alert) => alert.fingerprint)
    .toSorted();
}

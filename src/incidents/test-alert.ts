/** Alerts that are sent to try the way into Slack, and say nothing of a server. */

import { alertName } from "../alerts/alert.ts";
import type { Incident } from "./incident.ts";

/** What the doctor sends. */
export const TEST_ALERT = "StreamlineBotTest";

/** A test of the doctor's, or of the sender's own. */
export function isTestIncident({
  alerts,
  testUntil,
}: Pick<Incident, "alerts" | "testUntil">): boolean {
  return testUntil !== undefined || alerts.every((alert) => alertName(alert) === TEST_ALERT);
}

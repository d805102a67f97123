/** In which order a channel hears of things when not all can be said at once. */

import type { Notice } from "./apply-notification.ts";
import { type Incident, incidentRank } from "./incident.ts";

/**
 * Less comes first. The name of every incident comes before any explanation: 0 to 9 are first
 * messages, the worst severity first; then what changes the state that people act on, then
 * verdicts, then the rest.
 */
export const PRIORITY = { first: 0, state: 10, verdict: 20, rest: 30 } as const;

/** The last of the numbers that first messages have. */
const LAST_FIRST_PRIORITY = PRIORITY.state - 1;

const OF_THE_STATE: ReadonlySet<Notice["kind"]> = new Set([
  "incident",
  "resolved",
  "reopened",
  "acknowledged",
  "unacknowledged",
  "reminder",
  "acknowledgement-ended",
  "silenced",
  "unsilenced",
  "noise",
  "not-noise",
  "subscribed",
]);

export function noticePriority({ kind }: Notice, incident: Incident): number {
  if (kind === "incident" && incident.messageTs === undefined) {
    return PRIORITY.first + Math.min(incidentRank(incident), LAST_FIRST_PRIORITY);
  }
  if (OF_THE_STATE.has(kind)) return PRIORITY.state;
  return kind === "diagnosis" ? PRIORITY.verdict : PRIORITY.rest;
}

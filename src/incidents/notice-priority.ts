/** In which order a channel hears of things when not all can be said at once. */

import type { Incident } from "./incident.ts";
import type { Notice } from "./notice.ts";
import { incidentRank } from "./severity.ts";

/**
 * Less comes first. The name of every incident comes before any explanation: 0 to 9 are first
 * messages, the worst severity first; then edits of messages and replies that tell of the state
 * people act on; then verdicts, then the rest.
 */
export const PRIORITY = { first: 0, edit: 10, state: 15, verdict: 20, rest: 30 } as const;

/** What is held back together: the first and the last number of each kind. */
export const PRIORITY_SPANS: readonly (readonly [low: number, high: number])[] = [
  [PRIORITY.first, PRIORITY.edit - 1],
  [PRIORITY.edit, PRIORITY.state - 1],
  [PRIORITY.state, PRIORITY.verdict - 1],
  [PRIORITY.verdict, PRIORITY.rest - 1],
  [PRIORITY.rest, 999],
];

/** The last of the numbers that first messages have. */
const LAST_FIRST_PRIORITY = PRIORITY.edit - 1;

const OF_THE_STATE: ReadonlySet<Notice["kind"]> = new Set([
  "resolved",
  "reopened",
  "acknowledged",
  "unacknowledged",
  "reminder",
  "acknowledgement-ended",
  "silenced",
  "unsilenced",
  "quieted",
  "reported-again",
  "mention",
  "noise",
  "not-noise",
  "subscribed",
]);

/** What is wrong, and what to do about it. */
const VERDICTS: ReadonlySet<Notice["kind"]> = new Set(["diagnosis", "runbook"]);

/** The smaller comes first: new incidents, changes of state, verdicts, the rest. */
export function noticePriority({ kind }: Notice, incident: Incident): number {
  if (kind === "incident") {
    if (incident.messageTs !== undefined) return PRIORITY.edit;
    return PRIORITY.first + Math.min(incidentRank(incident), LAST_FIRST_PRIORITY);
  }
  if (OF_THE_STATE.has(kind)) return PRIORITY.state;
  return VERDICTS.has(kind) ? PRIORITY.verdict : PRIORITY.rest;
}

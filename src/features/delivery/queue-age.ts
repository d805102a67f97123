/** Whether what must be said goes out: the age of what waits, for /metrics, /readyz and alert rules. */

import type { WaitingNotices } from "./delivery-ports.ts";

export interface QueueAge {
  /** Seconds since the oldest notice was made; 0 when none waits. */
  readonly queueSeconds: number;
  /** Seconds since the oldest incident came that no message names; 0 when all are named. */
  readonly unnamedSeconds: number;
}

/** An incident that nobody was notified of for so long is a problem of the bot; a digest takes seconds. */
const LONGEST_UNNAMED_S = 60;

/** The ages in seconds, 0 where nothing waits. */
export function queueAgeOf({ oldestAt, unnamedAt }: WaitingNotices, nowMs: number): QueueAge {
  const age = (at: number | undefined): number =>
    at === undefined ? 0 : Math.max(0, (nowMs - at) / 1_000);
  return { queueSeconds: age(oldestAt), unnamedSeconds: age(unnamedAt) };
}

/** What is wrong and what to do, or undefined. */
export function deliveryProblem({ unnamedSeconds }: QueueAge): string | undefined {
  if (unnamedSeconds <= LONGEST_UNNAMED_S) return undefined;
  return (
    `an incident has waited ${Math.round(unnamedSeconds)} s for its message in Slack: ` +
    "see the bot's log for what Slack answers, and incident_bot_posts_total"
  );
}

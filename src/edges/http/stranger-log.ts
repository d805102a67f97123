/**
 * What strangers cause is logged some times a minute and then counted: whoever reaches the port could
 * fill the disk otherwise, and bury what an operator searches for.
 */

import { MINUTE_MS } from "../../promql/duration.ts";

const MOST_A_MINUTE = 20;

type Warn = (fields: object, message: string) => void;

/** `warn`, but seldom; the first line of a minute says how many were left out before it. */
export function seldom(now: () => number, warn: Warn): Warn {
  let since = Number.NEGATIVE_INFINITY;
  let lines = 0;
  return (fields, message) => {
    const nowMs = now();
    const leftOut = Math.max(0, lines - MOST_A_MINUTE);
    const isNewMinute = Math.abs(nowMs - since) >= MINUTE_MS;
    if (isNewMinute) [since, lines] = [nowMs, 0];
    lines += 1;
    if (lines > MOST_A_MINUTE) return;
    warn(isNewMinute && leftOut > 0 ? { ...fields, leftOut } : fields, message);
  };
}

/**
 * When the server's process began, from the uptime that it tells.
 *
 * A gauge's falls miss restarts: a process that dies young seldom shows a lower uptime at the next
 * poll than the one before it had. But no process can have run for less time than passed since it
 * was last asked, unless it began in between.
 */

export interface StartTracker {
  /** Seconds since the epoch, the same for one process at every poll. */
  startOf(atMs: number, uptimeSeconds: number): number;
}

/** Answers are late by as much as this: the time limit of a request, and some for a slow machine. */
const SLACK_SECONDS = 5;
/** Over longer gaps the clock may have been set meanwhile; then only a lower uptime counts. */
const LONGEST_GAP_SECONDS = 120;

/** Of one server; it knows nothing before its first uptime. */
export function createStartTracker(): StartTracker {
  let known: { readonly start: number; atMs: number; uptime: number } | undefined;
  return {
    startOf(atMs, uptime) {
      if (known === undefined || isOther(known, atMs, uptime)) {
        known = { start: atMs / 1_000 - uptime, atMs, uptime };
      } else {
        known.atMs = atMs;
        known.uptime = uptime;
      }
      return known.start;
    },
  };
}

function isOther(
  last: { readonly atMs: number; readonly uptime: number },
  atMs: number,
  uptime: number,
): boolean {
  if (uptime < last.uptime) return true;
  const passed = (atMs - last.atMs) / 1_000;
  return passed <= LONGEST_GAP_SECONDS && uptime < last.uptime + passed - SLACK_SECONDS;
}

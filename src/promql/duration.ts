/**
 * Durations as PromQL writes them: `90s`, `5m`, `1h30m`. Rules, checks and people write the same
 * (https://prometheus.io/docs/prometheus/latest/querying/basics/#float-literals-and-time-durations).
 */

/** Of `[5m * 2]` and `[max(step(), 5m)]`: durations that are computed, an experiment of later versions. */
export const NO_COMPUTED_DURATIONS =
  "computed durations are not supported: write what it comes to, such as 5m or 1h30m";

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

const MILLISECONDS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: MINUTE_MS,
  h: HOUR_MS,
  d: DAY_MS,
  w: 7 * DAY_MS,
  y: 365 * DAY_MS,
};

/** Units from large to small, each once. */
const DURATION = /^(?:(\d+)y)?(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?:(\d+)ms)?$/;
const UNITS = ["y", "w", "d", "h", "m", "s", "ms"];

/** Milliseconds, or undefined for a text that is not a duration or has no unit; space around it does not count. */
export function parseDuration(text: string): number | undefined {
  const parts = text.trim() === "" ? null : DURATION.exec(text.trim());
  if (parts === null) return undefined;
  return UNITS.reduce(
    (sum, unit, at) => sum + Number(parts[at + 1] ?? 0) * (MILLISECONDS[unit] ?? 0),
    0,
  );
}

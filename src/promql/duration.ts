/**
 * Durations as PromQL writes them: `90s`, `5m`, `1h30m`. Rules, checks and people write the same
 * (https://prometheus.io/docs/prometheus/latest/querying/basics/#float-literals-and-time-durations).
 */

const MILLISECONDS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 7 * 86_400_000,
  y: 365 * 86_400_000,
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

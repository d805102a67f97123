/** Durations as PromQL writes them: `90s`, `5m`, `1h30m`. */

const UNITS_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** Milliseconds, or undefined for a text that is no duration. */
export function parseDuration(text: string): number | undefined {
  const parts = [...text.trim().matchAll(/(\d+)(ms|[smhd])/g)];
  const isWhole = parts.map(([part]) => part).join("") === text.trim();
  if (parts.length === 0 || !isWhole) return undefined;
  return parts.reduce((sum, [, n, unit = ""]) => sum + Number(n) * (UNITS_MS[unit] ?? 0), 0);
}

/** Durations of a rule file (model.ParseDuration of Prometheus), which are stricter than those of people. */

import { parseDuration } from "../../promql/duration.ts";

/** Go counts nanoseconds in 64 bits. */
const LONGEST_MS = 2 ** 63 / 1_000_000;

/** In milliseconds. "0" needs no unit, and nothing else may do without; undefined for what is none. */
export function readRuleDuration(written: string): number | undefined {
  if (written === "0") return 0;
  const ms = /\s/.test(written) ? undefined : parseDuration(written);
  return ms === undefined || ms >= LONGEST_MS ? undefined : ms;
}

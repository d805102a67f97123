/**
 * An event that explains nothing, such as a restart after which all came back: worth knowing, and no
 * cause of trouble. What it does explain stays with it for as long as it is not well.
 */

import type { Ranked } from "./rank.ts";

/** Clients are back within half a minute (rank.ts), and a poll or two must have seen them. */
const SETTLED_MS = 60_000;

/** The findings in their order, past events as remarks. */
export function withPastEvents(ranked: readonly Ranked[], nowMs: number): readonly Ranked[] {
  const causes = new Set(ranked.flatMap((each) => each.causes));
  return ranked.map((each) => {
    const isPast = each.check.isEvent && nowMs - each.since.ms > SETTLED_MS;
    if (!isPast || causes.has(each.check.id)) return each;
    return { ...each, reach: "info", check: { ...each.check, severity: "info", shown: "info" } };
  });
}

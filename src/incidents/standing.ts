/** How an open incident stands: who has it, and which of several is worst. */

import type { Incident } from "./incident.ts";
import { quietOf } from "./quiet.ts";
import { incidentRank } from "./severity.ts";

export type Standing = "open" | "acknowledged" | "silenced";

/** What its source does not report, for whatever reason, counts as silenced; it outweighs an acknowledgement: nobody hears of it. */
export function standingOf(incident: Incident, nowMs: number): Standing {
  if (quietOf(incident, nowMs) !== undefined) return "silenced";
  return incident.acknowledged === undefined ? "open" : "acknowledged";
}

/** By severity, then what nobody has, then what lasts longest. */
export function worstFirst(incidents: readonly Incident[], nowMs: number): Incident[] {
  const order: readonly Standing[] = ["open", "acknowledged", "silenced"];
  const place = (incident: Incident) => order.indexOf(standingOf(incident, nowMs));
  return incidents.toSorted(
    (a, b) => incidentRank(a) - incidentRank(b) || place(a) - place(b) || a.openedAt - b.openedAt,
  );
}

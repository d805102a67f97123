/** An incident as it was when a notice of it was made, so that what is delivered late is still true. */

import type { Incident } from "../../incidents/incident.ts";
import { episodesOf } from "../../incidents/incident-times.ts";

/**
 * The incident at the end that a notice of this moment tells of: it may have fired again since. The
 * notice was made when the end was reported, so the end is the last one before it.
 */
export function asOfItsEnd(incident: Incident, madeAtMs: number): Incident {
  const ended = episodesOf(incident).flatMap(({ startedAt, endedAt }) =>
    endedAt === undefined ? [] : [{ startedAt, endedAt }],
  );
  const episode = ended.findLast(({ endedAt }) => endedAt <= madeAtMs) ?? ended[0];
  if (episode === undefined) return incident;
  return { ...incident, openedAt: episode.startedAt, resolvedAt: episode.endedAt };
}

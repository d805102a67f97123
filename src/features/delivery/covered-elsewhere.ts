/**
 * Is what an external post would get into its thread shown already, below a message of the bot's own?
 *
 * An alert may come by webhook and by another app's post into one channel. The bot's own message has
 * the buttons, so its thread is the one that is kept, whichever was there first.
 */

import { alertNames } from "../../alerts/alert.ts";
import type { Incident } from "../../incidents/incident.ts";
import type { Notice } from "../../incidents/notice.ts";
import type { IncidentReader } from "../incidents/incident-ports.ts";

/** Beginning within this time of each other, both tell of the same firing. */
const SAME_FIRING_MS = 10 * 60_000;

const LATEST = 20;

/** What follows from the alert itself; what people do is shown wherever they do it. */
const OF_THE_ALERT: ReadonlySet<Notice["kind"]> = new Set([
  "runbook",
  "unexplained",
  "diagnosis",
  "changed",
  "resolved",
  "reopened",
]);

/**
 * True only for a notice of the alert itself: a runbook, a verdict. `external` is the incident of the
 * other app's post.
 */
export async function isCoveredElsewhere(
  incidents: Pick<IncidentReader, "incidentsOf">,
  notice: Notice,
  external: Incident,
): Promise<boolean> {
  if (!OF_THE_ALERT.has(notice.kind)) return false;
  const names = notice.kind === "runbook" ? [notice.alert] : alertNames(external.alerts);
  for (const name of names) {
    const others = await incidents.incidentsOf(name, LATEST);
    if (!others.some((other) => isAbout(other, external))) return false;
  }
  return names.length > 0;
}

function isAbout(other: Incident, external: Incident): boolean {
  if (other.isExternal === true || other.channel !== external.channel) return false;
  return external.firedAt.some((at) =>
    other.firedAt.some((firedAt) => Math.abs(firedAt - at) <= SAME_FIRING_MS),
  );
}

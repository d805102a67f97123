/**
 * Is what a heard post would get into its thread told already, below a message of the bot's own?
 *
 * An alert may come by webhook and by another app's post into one channel. The bot's own message has
 * the buttons, so its thread is the one that is kept, whichever was there first.
 */

import { alertNames } from "../alerts/alert.ts";
import type { Saying } from "../incidents/apply-notification.ts";
import type { Incident } from "../incidents/incident.ts";
import type { IncidentStore } from "./ports.ts";

/** Beginning within this time of each other, both tell of the same firing. */
const SAME_FIRING_MS = 10 * 60_000;

const LATEST = 20;

/** What follows from the alert itself; what people do is told wherever they do it. */
const OF_THE_ALERT: ReadonlySet<Saying["kind"]> = new Set([
  "runbook",
  "unexplained",
  "health",
  "diagnosis",
  "changed",
  "resolved",
  "reopened",
]);

export async function isToldElsewhere(
  store: Pick<IncidentStore, "incidentsOf">,
  saying: Saying,
  heard: Incident,
): Promise<boolean> {
  if (!OF_THE_ALERT.has(saying.kind)) return false;
  const names = saying.kind === "runbook" ? [saying.alert] : alertNames(heard.alerts);
  for (const name of names) {
    const others = await store.incidentsOf(name, LATEST);
    if (!others.some((other) => tellsOf(other, heard))) return false;
  }
  return names.length > 0;
}

function tellsOf(other: Incident, heard: Incident): boolean {
  if (other.isHeard === true || other.channel !== heard.channel) return false;
  return heard.firedAt.some((at) =>
    other.firedAt.some((told) => Math.abs(told - at) <= SAME_FIRING_MS),
  );
}

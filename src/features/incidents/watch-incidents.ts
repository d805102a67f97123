/** What time does to incidents: reminders, acknowledgements and silences that end. */

import { passTime } from "../../incidents/act-on-incident.ts";
import type { Clock, Log } from "../shared/ports.ts";
import { type Repeated, repeat } from "../shared/repeat.ts";
import type { IncidentReader, IncidentWriter } from "./incident-ports.ts";

export interface WatchIncidentsPorts {
  readonly incidents: Pick<IncidentReader, "dueIncidents"> & Pick<IncidentWriter, "change">;
  readonly clock: Clock;
  readonly log: Log;
  readonly wakeDelivery: () => void;
}

/** A reminder may be this late; an alert in doubt is to be shown within a minute. */
const EVERY_MS = 5_000;
const AT_ONCE = 100;

/** Several replicas may watch one store: a change is decided on the incident as it is then. */
export function watchIncidents(ports: WatchIncidentsPorts): Repeated {
  return repeat({
    everyMs: EVERY_MS,
    clock: ports.clock,
    log: ports.log,
    failure: "what is due of the incidents cannot be read",
    work: () => poll(ports),
  });
}

async function poll({ incidents, clock, wakeDelivery }: WatchIncidentsPorts): Promise<void> {
  const nowMs = clock.now();
  for (const id of await incidents.dueIncidents(nowMs, AT_ONCE)) {
    const changed = await incidents.change(id, nowMs, (incident) => passTime(incident, nowMs));
    if (changed !== undefined) wakeDelivery();
  }
}

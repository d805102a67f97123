/**
 * Open incidents follow the routes of a changed configuration.
 *
 * An incident keeps its channel while the bot runs. After a restart it is checked once: one whose
 * channel is no longer its route's would go on where nobody reads it, or in a channel that is gone.
 */

import type { Incident } from "../../incidents/incident.ts";
import { reroute } from "../../incidents/reroute.ts";
import type { Clock, Log } from "../shared/ports.ts";
import { type IncidentReader, type IncidentWriter, MOST_INCIDENTS } from "./incident-ports.ts";

export interface FollowRoutesPorts {
  readonly incidents: Pick<IncidentReader, "openIncidents"> & Pick<IncidentWriter, "change">;
  readonly clock: Pick<Clock, "now">;
  readonly log: Log;
  readonly wakeDelivery: () => void;
  /** Where the incident belongs now; undefined when nobody says. */
  readonly channelOf: (incident: Incident) => string | undefined;
}

/** Several replicas may do so at once: each incident moves once. Returns how many moved here. */
export async function followRoutes(ports: FollowRoutesPorts): Promise<number> {
  const { incidents, clock, log } = ports;
  let moved = 0;
  for (const { id, channel, ...incident } of await incidents.openIncidents(MOST_INCIDENTS)) {
    const next = ports.channelOf({ id, channel, ...incident });
    if (next === undefined || next === channel || incident.isExternal === true) continue;
    const changed = await incidents.change(id, clock.now(), (current) => reroute(current, next));
    if (changed?.channel !== next) continue;
    moved += 1;
    log.info({ incident: id, from: channel, to: next }, "an incident follows its changed route");
  }
  if (moved > 0) ports.wakeDelivery();
  return moved;
}

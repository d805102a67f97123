/** Delivers one row of the outbox, each kind in its own way: at least once, and once only. */

import type { Deliver } from "./claimed.ts";
import { type DigestDeliveryPorts, deliverDigest } from "./deliver-digest.ts";
import { type DigestCallPorts, deliverDigestCall } from "./deliver-digest-call.ts";
import { type DirectPorts, deliverDirect } from "./deliver-direct.ts";
import { deliverIncident, type IncidentDeliveryPorts } from "./deliver-incident.ts";
import { deliverRerouted, type ReroutedPorts } from "./deliver-rerouted.ts";

interface RowDeliveries {
  readonly digest: DigestDeliveryPorts;
  readonly digestCall: DigestCallPorts;
  readonly direct: DirectPorts;
  readonly rerouted: ReroutedPorts;
  readonly incident: IncidentDeliveryPorts;
}

/** The way of each kind of notice is given by the parts. */
export function createRowDelivery(of: RowDeliveries): Deliver {
  return async (claimed) => {
    const { notice, incidentId } = claimed.row;
    if (notice.kind === "digest") return deliverDigest(of.digest, claimed);
    if (notice.kind === "digest-call") return deliverDigestCall(of.digestCall, claimed);
    const incident = await of.incident.incidents.incident(incidentId);
    if (notice.kind === "subscribed") return deliverDirect(of.direct, claimed, incident);
    if (notice.kind === "rerouted") return deliverRerouted(of.rerouted, claimed, incident);
    return deliverIncident(of.incident, claimed, incident);
  };
}

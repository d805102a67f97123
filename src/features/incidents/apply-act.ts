/** What a person does to an incident, by a button or by a word: decided on the incident as it is, and written. */

import type { AcknowledgementTimes } from "../../config/config.ts";
import { type Act, actOnIncident, type NoChange } from "../../incidents/act-on-incident.ts";
import type { Incident } from "../../incidents/incident.ts";
import type { Clock } from "../shared/ports.ts";
import type { IncidentWriter } from "./incident-ports.ts";

export interface ApplyActPorts {
  readonly incidents: Pick<IncidentWriter, "change">;
  readonly times: AcknowledgementTimes;
  readonly clock: Pick<Clock, "now">;
  readonly wakeDelivery: () => void;
}

export type ActOutcome =
  | { readonly kind: "done"; readonly incident: Incident }
  | { readonly kind: "refused"; readonly reason: NoChange["refused"] }
  /** There is no such incident any more. */
  | { readonly kind: "gone" };

/** `id` is the incident's. Returns the incident as it is then, or why nothing was changed. */
export async function applyAct(
  { incidents, times, clock, wakeDelivery }: ApplyActPorts,
  id: string,
  act: Act,
): Promise<ActOutcome> {
  const nowMs = clock.now();
  let reason: NoChange["refused"] | undefined;
  const incident = await incidents.change(id, nowMs, (current) => {
    const outcome = actOnIncident(current, act, { nowMs, times });
    if (!("refused" in outcome)) return outcome;
    reason = outcome.refused;
    return undefined;
  });
  if (reason !== undefined) return { kind: "refused", reason };
  if (incident === undefined) return { kind: "gone" };
  wakeDelivery();
  return { kind: "done", incident };
}

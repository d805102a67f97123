/** Which incident and section a verdict is about, and its record. */

import { alertName } from "../../alerts/alert.ts";
import type { Check } from "../../diagnosis/checks/check.ts";
import type { Target } from "../../diagnosis/target.ts";
import type { Incident } from "../../incidents/incident.ts";
import type { IncidentReader } from "../incidents/incident-ports.ts";
import type { Person } from "../shared/interactions.ts";
import type { Permission } from "../shared/permission.ts";
import type { Clock } from "../shared/ports.ts";
import { INCIDENT_GONE } from "../shared/shown-words.ts";
import type { KnowledgeSource } from "../shared/sources.ts";
import type { Feedback, FeedbackStore } from "./learning-ports.ts";
import type { parseVerdict } from "./render-feedback.ts";

export interface FeedbackPorts {
  readonly knowledge: KnowledgeSource;
  readonly incidents: Pick<IncidentReader, "incident">;
  readonly feedback: Omit<FeedbackStore, "verdicts" | "isPageOrder" | "fixes">;
  readonly checks: () => readonly Check[];
  readonly permission: Permission;
  readonly targets: readonly Target[];
  readonly clock: Pick<Clock, "now">;
}

interface Judged {
  readonly incident: Incident;
  readonly alert: number;
  readonly name: string;
}

/** The incident a verdict is about; words for the person when it cannot be judged. */
export async function judgedOf(
  { incidents, permission }: FeedbackPorts,
  person: Person,
  about: ReturnType<typeof parseVerdict>,
): Promise<Judged | string> {
  const refusal = await permission.refusal(person, "acknowledge");
  if (refusal !== undefined) return refusal;
  const found = await incidents.incident(about.incidentId ?? "");
  const [incident] = found === undefined ? [] : await permission.visible(person, [found]);
  if (incident === undefined) return INCIDENT_GONE;
  const alert = about.alert ?? 0;
  const [first] = incident.alerts;
  const name = incident.explained[alert] ?? (first === undefined ? "" : alertName(first));
  return { incident, alert, name };
}

/** Keeps what a person said. */
export function recordVerdict(
  ports: FeedbackPorts,
  person: Person,
  said: Omit<Feedback, "who" | "at">,
): Promise<void> {
  return ports.feedback.record({ who: person.user, at: ports.clock.now(), ...said });
}

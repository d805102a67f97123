/** What a question in a thread is about, and what answering it needs. */

import type { Alert } from "../../alerts/alert.ts";
import type { Target } from "../../diagnosis/target.ts";
import type { Incident } from "../../incidents/incident.ts";
import type { Commands } from "../commands/dispatch.ts";
import type { AskedCommands } from "../incidents/asked-commands.ts";
import type { IncidentReader } from "../incidents/incident-ports.ts";
import type { SearchMeter } from "../search/learning-ports.ts";
import type { Permission } from "../shared/permission.ts";
import type { AnswerMeter, Clock } from "../shared/ports.ts";
import type { KnowledgeSource, MemorySource, TargetSource } from "../shared/sources.ts";
import type { WhySlow } from "../why-slow/why-slow.ts";

export interface QuestionPorts {
  readonly incidents: Pick<IncidentReader, "incidentAt" | "incidentsOf" | "timeline">;
  readonly knowledge: KnowledgeSource;
  readonly poll: Pick<TargetSource, "health">;
  readonly memory: Pick<MemorySource, "judgedRules" | "metricNames">;
  readonly whySlow: Pick<WhySlow, "diagnose">;
  readonly targets: readonly Target[];
  readonly permission: Pick<Permission, "refusal" | "visible">;
  readonly clock: Pick<Clock, "now">;
  readonly meter: AnswerMeter & SearchMeter;
  readonly asked: AskedCommands;
  /** Answers commands, and what is no question about an alert. */
  readonly commands: Pick<Commands, "read" | "question" | "tooMany">;
}

/** What a question in a thread is about. */
export interface ThreadContext {
  readonly incident: Incident;
  readonly alert: Alert;
  readonly target: Target | undefined;
  readonly nowMs: number;
}

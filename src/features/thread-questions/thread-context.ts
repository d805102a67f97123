/** What a question in a thread is about, and what answering it needs. */

import type { Alert } from "../../alerts/alert.ts";
import type { Message } from "../../block-kit/message.ts";
import type { Target } from "../../diagnosis/target.ts";
import type { Incident } from "../../incidents/incident.ts";
import type { AnswerPorts } from "../commands/answer-command.ts";
import type { IncidentReader } from "../incidents/incident-ports.ts";
import type { SearchMeter } from "../search/learning-ports.ts";
import type { AskedQuestion, Progress } from "../shared/interactions.ts";
import type { AnswerMeter } from "../shared/ports.ts";

export interface QuestionPorts
  extends Pick<
    AnswerPorts,
    "knowledge" | "poll" | "memory" | "whySlow" | "names" | "targets" | "permission" | "clock"
  > {
  readonly meter: AnswerMeter & SearchMeter;
  readonly incidents: Pick<IncidentReader, "incidentAt" | "incidentsOf" | "timeline">;
  /** Answers what is no question about an alert, and commands. */
  readonly otherwise: (asked: AskedQuestion, progress?: Progress) => Promise<Message>;
}

/** What a question in a thread is about. */
export interface ThreadContext {
  readonly incident: Incident;
  readonly alert: Alert;
  readonly target: Target | undefined;
  readonly nowMs: number;
}

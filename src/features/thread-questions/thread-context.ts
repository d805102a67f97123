/** What a question in a thread is about. */

import type { Alert } from "../../alerts/alert.ts";
import type { Target } from "../../diagnosis/target.ts";
import type { Incident } from "../../incidents/incident.ts";

export interface ThreadContext {
  readonly incident: Incident;
  readonly alert: Alert;
  readonly target: Target | undefined;
  readonly nowMs: number;
}

/** What was decided about an incident: its state, what must be said, and the row of the audit log. */

import type { Notice } from "./apply-notification.ts";
import type { Incident } from "./incident.ts";

/** One change that a person, or time, or an answer of the source's API made; kept for good. */
export interface AuditEntry {
  readonly who: string;
  readonly action: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

export interface Change {
  readonly incident: Incident;
  readonly notices: readonly Notice[];
  readonly audit?: AuditEntry;
}

/** Who is named in the audit log for what nobody did. */
export const BY_ITSELF = "streamline-incident-bot";

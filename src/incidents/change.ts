/** What was decided about an incident: its state, what must be said, and the row of the audit log. */

import type { Incident } from "./incident.ts";
import type { Notice } from "./notice.ts";

/** One change that a person, or time, or an answer of the source's API made; kept for good. */
export interface AuditEntry {
  readonly who: string;
  readonly action: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** The action of a row that changed nothing: somebody asked the bot because of the incident. */
export const ASKED = "asked";

export interface Change {
  readonly incident: Incident;
  readonly notices: readonly Notice[];
  readonly audit?: AuditEntry;
  /** What waits to be said in its old channel is dropped; it has no message in the new one yet. */
  readonly leavesChannel?: true;
}

/** What a notification or an answer of the source made of it. */
export type Reason =
  | "opened"
  | "changed"
  | "resolved"
  | "reopened"
  | "unchanged"
  /** It may be a late copy: nothing is said yet, but the doubt is kept. */
  | "in-doubt";

export interface Outcome {
  readonly reason: Reason;
  readonly incident: Incident;
  readonly notices: readonly Notice[];
}

/** Who is named in the audit log for what nobody did. */
export const BY_ITSELF = "streamline-incident-bot";

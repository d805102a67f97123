/** Incidents, and what follows from them, as rows; and back. */

import { alertNames, type Notification } from "../../alerts/alert.ts";
import type { AuditEntry, Change, Outcome } from "../../incidents/change.ts";
import { groupIdentity, type Incident } from "../../incidents/incident.ts";
import { dueAtOf } from "../../incidents/incident-times.ts";
import type { Notice } from "../../incidents/notice.ts";
import { noticePriority } from "../../incidents/notice-priority.ts";
import type { StoredAudit } from "./audit-operations.ts";
import { hashOf } from "./hash-of.ts";
import type { StoredIncident } from "./incident-operations.ts";
import type { NoticeDraft } from "./notice-rows.ts";
import type { NotificationRow } from "./notification-operations.ts";
import type { IncidentRow } from "./save-incidents.ts";
import { noticeKey } from "./subscriber-operations.ts";

/** The incident of a row. */
export function incidentOf(row: Pick<StoredIncident, "state" | "message_ts">): Incident {
  // Written by incidentRowOf only, so its shape is known; the first version kept no firings.
  const state = JSON.parse(row.state) as Omit<Incident, "firedAt"> & Partial<Incident>;
  const incident = { ...state, firedAt: state.firedAt ?? [state.openedAt] };
  return row.message_ts === null ? incident : { ...incident, messageTs: row.message_ts };
}

/** The row of an incident; what is sought by has a column of its own. */
export function incidentRowOf(incident: Incident): IncidentRow {
  const { messageTs, ...state } = incident;
  return {
    id: incident.id,
    group_key: hashOf(groupIdentity(incident)),
    status: incident.status,
    state: JSON.stringify(state),
    message_ts: messageTs ?? null,
    changed_at: incident.changedAt,
    channel: incident.channel,
    due_at: dueAtOf(incident) ?? null,
    external: incident.isExternal === true ? 1 : 0,
    moves: 0,
    alerts: alertNames(incident.alerts).map(hashOf),
  };
}

/** What was decided, and when it is said. */
export interface Entry<Decided = Outcome> {
  readonly outcome: Decided;
  readonly receivedAt: number;
  /** Its notices may be taken after so many milliseconds. */
  readonly delayMs: number;
}

/** The row of a notification, with what it did to its incident. */
export function notificationRowOf(
  notification: Notification,
  { outcome, receivedAt }: Entry,
): NotificationRow {
  return {
    incident_id: outcome.incident.id,
    received_at: receivedAt,
    reason: outcome.reason,
    body: JSON.stringify(notification),
  };
}

/** The rows of the outbox, each under a key that is never used again. */
export function noticeDrafts({
  outcome: { incident, notices },
  receivedAt,
  delayMs,
}: Entry<Pick<Change, "incident" | "notices">>): NoticeDraft[] {
  return notices.map((notice) => ({
    key: noticeKey(incident.id),
    incidentId: incident.id,
    lane: laneOf(notice, incident),
    channel: notice.kind === "rerouted" ? notice.from.channel : incident.channel,
    kind: notice.kind,
    notice: JSON.stringify(notice),
    priority: noticePriority(notice, incident),
    delayMs,
    createdAt: receivedAt,
  }));
}

/**
 * An incident's notices are delivered in order, since a thread is read from above. An edit of a
 * message that stands waits for none of them: what people act on must not wait for an explanation.
 */
function laneOf({ kind }: Notice, { id, messageTs }: Incident): string {
  // In a channel that may be gone, it must hold up nothing else.
  if (kind === "rerouted") return `${id}/rerouted`;
  return kind === "incident" && messageTs !== undefined ? `${id}/edit` : id;
}

/** The row of an entry of the audit log. */
export function auditRowOf({
  at,
  who,
  action,
  incidentId,
  detail,
}: AuditEntry & { readonly at: number; readonly incidentId?: string }): StoredAudit {
  return { at, who, action, incident_id: incidentId ?? null, detail: JSON.stringify(detail) };
}

/** The audit log: who changed what, and when. Rows are added and never altered. */

import type { Kysely } from "kysely";
import type { AuditLog } from "../../features/silences/ports.ts";
import type { AuditEntry } from "../../incidents/change.ts";
import type { Database } from "./database.ts";
import type { Schema } from "./schema.ts";

export function createAuditLog(database: Database): AuditLog {
  return { record: (entry, nowMs) => writeAudit(database.sql, { at: nowMs, ...entry }) };
}

export interface AuditRow extends AuditEntry {
  readonly at: number;
  /** Unset for what concerns no incident: a silence made by command. */
  readonly incidentId?: string;
}

export async function writeAudit(db: Kysely<Schema>, row: AuditRow): Promise<void> {
  const { at, who, action, incidentId, detail } = row;
  await db
    .insertInto("audit")
    .values({ at, who, action, incident_id: incidentId ?? null, detail: JSON.stringify(detail) })
    .execute();
}

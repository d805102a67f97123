/** The audit log: who changed what, and when. Rows are added and never altered. */

import type { Compilable, Kysely } from "kysely";
import type { AuditLog } from "../../features/silences/ports.ts";
import type { AuditEntry } from "../../incidents/change.ts";
import type { Database } from "./database.ts";
import { auditRowOf } from "./rows.ts";
import type { Schema } from "./schema.ts";

/** Over one database; an entry is durable when `record` returns. */
export function createAuditLog(database: Database): AuditLog {
  return {
    async record(entry, nowMs) {
      await database.call("addAudit", auditRowOf({ at: nowMs, ...entry }));
    },
  };
}

export interface AuditRow extends AuditEntry {
  readonly at: number;
  /** Unset for what concerns no incident: a silence made by command. */
  readonly incidentId?: string;
}

/** The statement that adds a row, for those who write it together with what it is about. */
export function auditStatement(db: Kysely<Schema>, row: AuditRow): Compilable {
  return db.insertInto("audit").values(auditRowOf(row));
}

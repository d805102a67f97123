/** Notes of how an incident was ended, found by its alert. */

import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

export const fixes: Migration = {
  async up(database: Kysely<unknown>) {
    for (const statement of CHANGES) await sql.raw(statement).execute(database);
  },
};

const CHANGES = [
  "alter table notes add column incident_id text not null default ''",
  "alter table notes add column alert text not null default ''",
  "create index notes_by_alert on notes (alert)",
  "create index notes_by_incident on notes (incident_id)",
];

/** The database's tables, and the migrations that make them. */

import { type Generated, type Kysely, sql } from "kysely";
import { type Migration, Migrator } from "kysely/migration";

export interface Schema {
  incidents: {
    id: string;
    group_key: string;
    status: string;
    /** The incident as JSON, all but its message's timestamp. */
    state: string;
    message_ts: string | null;
    changed_at: number;
  };
  notifications: {
    id: Generated<number>;
    incident_id: string;
    received_at: number;
    /** What it did: opened, changed, resolved … */
    reason: string;
    body: string;
  };
  outbox: {
    id: Generated<number>;
    incident_id: string;
    channel: string;
    kind: string;
    saying: string;
    /** Attempts begun, and the last one whose outcome is known: unequal means doubtful. */
    attempts: number;
    settled: number;
    due_at: number;
    /** Until then the row belongs to the worker that took it. */
    leased_until: number;
    created_at: number;
  };
}

export type Engine = "sqlite" | "postgres";

/**
 * Brings the database to the newest schema. Throws with the name of the migration that failed, or,
 * when it came to none, what the database itself said.
 */
export async function migrate(database: Kysely<Schema>, engine: Engine): Promise<void> {
  const provider = { getMigrations: () => Promise.resolve(migrations(engine)) };
  const { error, results } = await new Migrator({ db: database, provider }).migrateToLatest();
  if (error === undefined) return;
  const failed = results?.find((result) => result.status === "Error")?.migrationName;
  if (failed === undefined && error instanceof Error) throw error;
  throw new Error(`the database cannot be migrated: ${failed} failed`, { cause: error });
}

function migrations(engine: Engine): Record<string, Migration> {
  // Milliseconds since 1970 need 64 bits; SQLite's own row id must be called "integer".
  const id = engine === "postgres" ? "bigserial" : "integer";
  return {
    "0001-incidents": {
      async up(database: Kysely<unknown>) {
        await database.schema
          .createTable("incidents")
          .addColumn("id", "text", (column) => column.primaryKey())
          .addColumn("group_key", "text", (column) => column.notNull())
          .addColumn("status", "text", (column) => column.notNull())
          .addColumn("state", "text", (column) => column.notNull())
          .addColumn("message_ts", "text")
          .addColumn("changed_at", "bigint", (column) => column.notNull())
          .execute();
        await database.schema
          .createTable("notifications")
          .addColumn("id", id, (column) => column.primaryKey())
          .addColumn("incident_id", "text", (column) => column.notNull())
          .addColumn("received_at", "bigint", (column) => column.notNull())
          .addColumn("reason", "text", (column) => column.notNull())
          .addColumn("body", "text", (column) => column.notNull())
          .execute();
        await database.schema
          .createTable("outbox")
          .addColumn("id", id, (column) => column.primaryKey())
          .addColumn("incident_id", "text", (column) => column.notNull())
          .addColumn("channel", "text", (column) => column.notNull())
          .addColumn("kind", "text", (column) => column.notNull())
          .addColumn("saying", "text", (column) => column.notNull())
          .addColumn("attempts", "integer", (column) => column.notNull().defaultTo(0))
          .addColumn("settled", "integer", (column) => column.notNull().defaultTo(0))
          .addColumn("due_at", "bigint", (column) => column.notNull())
          .addColumn("leased_until", "bigint", (column) => column.notNull().defaultTo(0))
          .addColumn("created_at", "bigint", (column) => column.notNull())
          .execute();
        await sql`create index incidents_by_group on incidents (group_key, changed_at)`.execute(
          database,
        );
        await sql`create index notifications_by_time on notifications (received_at)`.execute(
          database,
        );
        await sql`create index outbox_by_incident on outbox (incident_id, id)`.execute(database);
      },
    },
  };
}

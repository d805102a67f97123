/** The first tables. Migrations go forward only, and are never edited once they have run somewhere. */

import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";
import type { Engine } from "../connection.ts";

export function firstMigrations(engine: Engine): Record<string, Migration> {
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
          .addColumn("notice", "text", (column) => column.notNull())
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
    "0002-people": {
      async up(database: Kysely<unknown>) {
        await addIncidentColumns(database);
        await database.schema
          .createTable("incident_alerts")
          .addColumn("incident_id", "text", (column) => column.notNull())
          .addColumn("alert", "text", (column) => column.notNull())
          .addPrimaryKeyConstraint("incident_alerts_pk", ["alert", "incident_id"])
          .execute();
        const table = (name: string) =>
          database.schema
            .createTable(name)
            .addColumn("id", id, (column) => column.primaryKey())
            .addColumn("at", "bigint", (column) => column.notNull())
            .addColumn("who", "text", (column) => column.notNull());
        await table("audit")
          .addColumn("action", "text", (column) => column.notNull())
          .addColumn("incident_id", "text")
          .addColumn("detail", "text", (column) => column.notNull())
          .execute();
        await table("feedback")
          .addColumn("incident_id", "text", (column) => column.notNull())
          .addColumn("alert", "text", (column) => column.notNull())
          .addColumn("section", "text", (column) => column.notNull())
          .addColumn("section_id", "text", (column) => column.notNull())
          .addColumn("verdict", "text", (column) => column.notNull())
          .execute();
        await database.schema
          .createTable("page_orders")
          .addColumn("alert", "text", (column) => column.primaryKey())
          .addColumn("at", "bigint", (column) => column.notNull())
          .addColumn("who", "text", (column) => column.notNull())
          .execute();
        await table("notes")
          .addColumn("text", "text", (column) => column.notNull())
          .execute();
        await table("questions")
          .addColumn("question", "text", (column) => column.notNull())
          .addColumn("normal", "text", (column) => column.notNull())
          .addColumn("answered", "integer", (column) => column.notNull())
          .execute();
        await table("subscriptions")
          .addColumn("what", "text", (column) => column.notNull())
          .addColumn("topic", "text", (column) => column.notNull())
          .execute();
        for (const index of PEOPLE_INDEXES) await sql.raw(index).execute(database);
      },
    },
  };
}

async function addIncidentColumns(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .alterTable("incidents")
    .addColumn("channel", "text", (column) => column.notNull().defaultTo(""))
    .execute();
  await database.schema.alterTable("incidents").addColumn("due_at", "bigint").execute();
  await database.schema
    .alterTable("outbox")
    .addColumn("lane", "text", (column) => column.notNull().defaultTo(""))
    .execute();
  await sql`update outbox set lane = incident_id`.execute(database);
}

const PEOPLE_INDEXES = [
  "create index incidents_by_message on incidents (channel, message_ts)",
  "create index incidents_by_status on incidents (status, changed_at)",
  "create index incidents_by_due on incidents (due_at)",
  "create index notifications_by_incident on notifications (incident_id, id)",
  "create index audit_by_incident on audit (incident_id, id)",
  "create index feedback_by_alert on feedback (alert, section)",
  "create unique index feedback_of_one on feedback (incident_id, who, section)",
  "create index outbox_by_lane on outbox (lane, id)",
  "create index questions_by_time on questions (at)",
  "create index questions_by_who on questions (who, at)",
  "create index questions_by_normal on questions (normal)",
  "create unique index subscriptions_of_one on subscriptions (who, topic)",
  "create index subscriptions_by_topic on subscriptions (topic)",
];

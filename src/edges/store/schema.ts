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
    /** The channel of its message. */
    channel: string;
    /** When something must be said although nobody did anything. */
    due_at: number | null;
  };
  /** Which alerts an incident has had, by hash of the name: names have any length and character. */
  incident_alerts: {
    incident_id: string;
    alert: string;
  };
  /** What people changed. Rows are added and never altered. */
  audit: {
    id: Generated<number>;
    at: number;
    who: string;
    action: string;
    incident_id: string | null;
    /** JSON. */
    detail: string;
  };
  /** What people said of a section: whether it was useful, or cleared the incident. */
  feedback: {
    id: Generated<number>;
    at: number;
    who: string;
    /** Empty for what was said of a search's answer. */
    incident_id: string;
    /** Hash of the alert's name, as in incident_alerts. */
    alert: string;
    /** Hash of the section's id, which may be of any length. */
    section: string;
    section_id: string;
    verdict: string;
  };
  /** Alerts whose runbook somebody wants to see in the page's own order. */
  page_orders: {
    alert: string;
    at: number;
    who: string;
  };
  /** What people wrote for the maintainers of the runbooks. */
  notes: {
    id: Generated<number>;
    at: number;
    who: string;
    text: string;
  };
  /** What people asked the runbooks, and whether they had an answer. */
  questions: {
    id: Generated<number>;
    at: number;
    who: string;
    question: string;
    /** Hash of the question in lower case with single spaces: equal ones are one gap. */
    normal: string;
    /** 1: something covers it; 0: a gap; 2: a gap that somebody said is none. */
    answered: number;
  };
  subscriptions: {
    id: Generated<number>;
    who: string;
    /** JSON: what is subscribed to. */
    what: string;
    /** Hash of `what`. */
    topic: string;
    at: number;
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
    /** Rows of one lane are said in order: an incident's own, and those to each subscriber. */
    lane: string;
    channel: string;
    kind: string;
    notice: string;
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

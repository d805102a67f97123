/** Incidents, notifications and the outbox in one database, so that one transaction holds all. */

import { createHash } from "node:crypto";
import { type Kysely, type Selectable, sql, type Transaction } from "kysely";
import type { IncidentStore } from "../../flows/ports.ts";
import type { Outcome } from "../../incidents/apply-notification.ts";
import type { Incident } from "../../incidents/incident.ts";
import type { Database } from "./database.ts";
import { claimDue, enqueue, nextDue, postpone } from "./outbox.ts";
import type { Schema } from "./schema.ts";

/** How long notifications are kept, for the history of an alert. */
const KEEP_NOTIFICATIONS_MS = 30 * 86_400_000;

export function createIncidentStore(database: Database): IncidentStore & {
  /**
   * Takes back what a process that died had begun, so that nobody waits for its leases. Only
   * where this process is the store's only one; replicas wait, since the other may be alive.
   */
  recover(): Promise<void>;
  /** Forgets notifications that are too old; returns how many. */
  prune(nowMs: number): Promise<number>;
} {
  const db = database.sql;
  return {
    apply: (notification, receivedAt, decide) =>
      db.transaction().execute(async (transaction) => {
        const group = hashOf(notification.groupKey);
        await lockGroup(database, transaction, group);
        const outcome = decide(await latestOf(transaction, group));
        const entry = { outcome, receivedAt };
        await saveNotification(transaction, JSON.stringify(notification), entry);
        await forgetBefore(transaction, receivedAt - KEEP_NOTIFICATIONS_MS);
        if (outcome.reason !== "unchanged" && outcome.reason !== "stale") {
          await saveIncident(transaction, outcome.incident);
          await enqueue(database, transaction, entry);
        }
        return outcome;
      }),
    incident: async (id) => {
      const row = await db
        .selectFrom("incidents")
        .selectAll()
        .where("id", "=", id)
        .executeTakeFirst();
      return row === undefined ? undefined : incidentOf(row);
    },
    setMessageTs: async (id, messageTs) => {
      await db
        .updateTable("incidents")
        .set({ message_ts: messageTs ?? null })
        .where("id", "=", id)
        .execute();
    },
    claimDue: (claim) => claimDue(db, claim),
    finish: async (id) => {
      await db.deleteFrom("outbox").where("id", "=", id).execute();
    },
    postpone: (row, retry) => postpone(db, row, retry),
    nextDue: (except = []) => nextDue(db, except),
    recover: async () => {
      if (database.engine !== "sqlite") return;
      await db.updateTable("outbox").set({ leased_until: 0 }).execute();
    },
    prune: (nowMs) => forgetBefore(db, nowMs - KEEP_NOTIFICATIONS_MS),
  };
}

/** Notifications go as new ones come, so that the file of a bot that never restarts stays small. */
async function forgetBefore(db: Kysely<Schema>, time: number): Promise<number> {
  const result = await db
    .deleteFrom("notifications")
    .where("received_at", "<", time)
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}

/**
 * A group's key holds its labels, of any length and with any character: PostgreSQL takes neither a
 * NUL in a text nor an index entry above some 2,700 bytes.
 */
function hashOf(groupKey: string): string {
  return createHash("sha256").update(groupKey).digest("hex");
}

/**
 * Two replicas may hear of one group at the same time, before it has a row to lock. SQLite has one
 * connection, whose transactions follow each other anyway.
 */
async function lockGroup(
  database: Database,
  transaction: Transaction<Schema>,
  group: string,
): Promise<void> {
  if (database.engine !== "postgres") return;
  await sql`select pg_advisory_xact_lock(hashtextextended(${group}, 0))`.execute(transaction);
}

async function latestOf(
  transaction: Transaction<Schema>,
  group: string,
): Promise<Incident | undefined> {
  const row = await transaction
    .selectFrom("incidents")
    .selectAll()
    .where("group_key", "=", group)
    .orderBy("changed_at", "desc")
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? undefined : incidentOf(row);
}

function incidentOf(row: Selectable<Schema["incidents"]>): Incident {
  // Written by saveIncident only, so its shape is known.
  const state = JSON.parse(row.state) as Incident;
  return row.message_ts === null ? state : { ...state, messageTs: row.message_ts };
}

interface Entry {
  readonly outcome: Outcome;
  readonly receivedAt: number;
}

async function saveNotification(
  transaction: Transaction<Schema>,
  body: string,
  { outcome, receivedAt }: Entry,
): Promise<void> {
  await transaction
    .insertInto("notifications")
    .values({
      incident_id: outcome.incident.id,
      received_at: receivedAt,
      reason: outcome.reason,
      body,
    })
    .execute();
}

async function saveIncident(transaction: Transaction<Schema>, incident: Incident): Promise<void> {
  const { messageTs: _, ...state } = incident;
  const row = {
    group_key: hashOf(incident.groupKey),
    status: incident.status,
    state: JSON.stringify(state),
    changed_at: incident.changedAt,
  };
  await transaction
    .insertInto("incidents")
    .values({ id: incident.id, ...row })
    .onConflict((conflict) => conflict.column("id").doUpdateSet(row))
    .execute();
}

/** Incidents, notifications and the outbox in one database, so that one transaction holds all. */

import { createHash } from "node:crypto";
import { type Kysely, type Selectable, sql, type Transaction } from "kysely";
import type { IncidentStore, OutboxRow } from "../../flows/ports.ts";
import type { Outcome, Saying } from "../../incidents/apply-notification.ts";
import type { Incident } from "../../incidents/incident.ts";
import type { Database } from "./database.ts";
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
    postpone: async ({ id, attempts }, { dueAt, isAmbiguous }) => {
      await db
        .updateTable("outbox")
        .set({ due_at: dueAt, leased_until: 0 })
        .$if(!isAmbiguous, (query) => query.set((row) => ({ settled: row.ref("attempts") })))
        .where("id", "=", id)
        // The attempt that was begun with this row; a later one is another worker's.
        .where("attempts", "=", attempts + 1)
        .execute();
    },
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

async function enqueue(
  database: Database,
  transaction: Transaction<Schema>,
  { outcome, receivedAt }: Entry,
): Promise<void> {
  const { incident, sayings } = outcome;
  for (const saying of sayings) {
    const isWaiting =
      saying.kind === "incident" && (await hasUnbegunEdit(database, transaction, incident));
    if (isWaiting) continue;
    await transaction
      .insertInto("outbox")
      .values({
        incident_id: incident.id,
        channel: incident.channel,
        kind: saying.kind,
        saying: JSON.stringify(saying),
        attempts: 0,
        settled: 0,
        due_at: receivedAt,
        leased_until: 0,
        created_at: receivedAt,
      })
      .execute();
  }
}

/**
 * Edits coalesce: a row that nobody has begun will show the latest state anyway. One that is under
 * way may have read the state before, so it does not count; and in PostgreSQL the row is locked, so
 * that no replica begins it before this state can be read.
 */
async function hasUnbegunEdit(
  database: Database,
  transaction: Transaction<Schema>,
  incident: Incident,
): Promise<boolean> {
  const row = await transaction
    .selectFrom("outbox")
    .select("id")
    .where("incident_id", "=", incident.id)
    .where("kind", "=", "incident")
    .where("leased_until", "=", 0)
    .$if(database.engine === "postgres", (query) => query.forUpdate())
    .executeTakeFirst();
  return row !== undefined;
}

/** The oldest row of each incident: the others wait for it, so that a thread stays in order. */
function heads(db: Kysely<Schema>) {
  return db
    .selectFrom("outbox")
    .select((row) => row.fn.min("id").as("id"))
    .groupBy("incident_id");
}

async function claimDue(
  db: Kysely<Schema>,
  claim: Parameters<IncidentStore["claimDue"]>[0],
): Promise<OutboxRow[]> {
  const { nowMs, limit, leaseMs, except = [] } = claim;
  const due = db
    .selectFrom("outbox")
    .select("id")
    .where("id", "in", heads(db))
    .where("due_at", "<=", nowMs)
    .where("leased_until", "<=", nowMs)
    .$if(except.length > 0, (query) => query.where("channel", "not in", except))
    .orderBy("id")
    .limit(limit);
  const rows = await db
    .updateTable("outbox")
    .set((row) => ({
      leased_until: nowMs + leaseMs,
      attempts: row("attempts", "+", 1),
    }))
    .where("id", "in", due)
    // Said again for PostgreSQL, which checks it anew when another replica was faster.
    .where("leased_until", "<=", nowMs)
    .returningAll()
    .execute();
  return rows.map(rowOf).toSorted((a, b) => a.id - b.id);
}

function rowOf(row: Selectable<Schema["outbox"]>): OutboxRow {
  const earlier = row.attempts - 1;
  return {
    id: row.id,
    key: `${row.incident_id}.${row.id}`,
    incidentId: row.incident_id,
    channel: row.channel,
    saying: JSON.parse(row.saying) as Saying,
    attempts: earlier,
    isAmbiguous: earlier !== row.settled,
    createdAt: row.created_at,
  };
}

async function nextDue(db: Kysely<Schema>, except: readonly string[]): Promise<number | undefined> {
  const row = await db
    .selectFrom("outbox")
    .select(
      sql<number | null>`min(case when due_at > leased_until then due_at else leased_until end)`.as(
        "due",
      ),
    )
    .where("id", "in", heads(db))
    .$if(except.length > 0, (query) => query.where("channel", "not in", except))
    .executeTakeFirst();
  return row?.due ?? undefined;
}

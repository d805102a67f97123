/** Incidents and their notifications; a transaction writes what must be posted with them. */

import { type Kysely, sql, type Transaction } from "kysely";
import { alertNames } from "../../alerts/alert.ts";
import type {
  ExternalPostContext,
  IncidentReader,
  IncidentWriter,
} from "../../features/incidents/incident-ports.ts";
import { EXTERNAL_SOURCE } from "../../incidents/apply-external-post.ts";
import type { Outcome } from "../../incidents/apply-notification.ts";
import { dueAtOf, groupIdentity, type Incident } from "../../incidents/incident.ts";
import { writeAudit } from "./audit.ts";
import type { Database } from "./database.ts";
import { hashOf } from "./hash-of.ts";
import { incidentOf, incidentQueries } from "./incident-queries.ts";
import { enqueue } from "./outbox.ts";
import type { Schema } from "./schema.ts";
import { enqueueSubscribers } from "./subscription-store.ts";

/** How long notifications are kept, for the history of an alert. */
const KEEP_NOTIFICATIONS_MS = 30 * 86_400_000;

export function createIncidentStore(database: Database): IncidentReader &
  IncidentWriter & {
    /** Forgets notifications that are too old; returns how many. */
    prune(nowMs: number): Promise<number>;
  } {
  const db = database.sql;
  return {
    apply: (notification, receivedAt, decide) =>
      db.transaction().execute(async (transaction) => {
        const group = hashOf(groupIdentity(notification));
        await lockGroup(database, transaction, group);
        const outcome = decide(await latestOf(database, transaction, group));
        const entry = { outcome, receivedAt };
        await saveNotification(transaction, JSON.stringify(notification), entry);
        await forgetBefore(transaction, receivedAt - KEEP_NOTIFICATIONS_MS);
        if (outcome.reason !== "unchanged") {
          await saveIncident(transaction, outcome.incident);
          await enqueue(database, transaction, entry);
          await enqueueSubscribers(transaction, entry);
        }
        return outcome;
      }),
    watch: (post, decide) =>
      db.transaction().execute(async (transaction) => {
        await lockGroup(database, transaction, hashOf(`heard in ${post.channel}`));
        const ofPost = await latestOf(
          database,
          transaction,
          hashOf(groupIdentity({ source: EXTERNAL_SOURCE, groupKey: post.groupKey })),
        );
        const inChannel = await recentIn(database, transaction, post);
        const known = { inChannel, ...(ofPost === undefined ? {} : { ofPost }) };
        for (const { notification, outcome } of decide(known)) {
          const entry = { outcome, receivedAt: post.receivedAt, dueAt: post.dueAt };
          await saveNotification(transaction, JSON.stringify(notification), entry);
          await saveIncident(transaction, outcome.incident);
          await moveTo(transaction, outcome.incident);
          await enqueue(database, transaction, entry);
        }
      }),
    change: (id, nowMs, decide) =>
      db.transaction().execute(async (transaction) => {
        const current = await lockedIncident(database, transaction, id);
        const change = current === undefined ? undefined : decide(current);
        if (change === undefined) return undefined;
        await saveIncident(transaction, change.incident);
        await enqueue(database, transaction, { outcome: change, receivedAt: nowMs });
        if (change.audit !== undefined) {
          await writeAudit(transaction, { at: nowMs, incidentId: id, ...change.audit });
        }
        return change.incident;
      }),
    ...incidentQueries(db),
    setMessageTs: async (id, messageTs) => {
      await db
        .updateTable("incidents")
        .set({ message_ts: messageTs ?? null })
        .where("id", "=", id)
        .execute();
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

/**
 * What is decided about is locked: somebody may acknowledge it in this moment, and whoever writes last
 * writes the whole state.
 */
async function latestOf(
  database: Database,
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
    .$if(database.engine === "postgres", (query) => query.forUpdate())
    .executeTakeFirst();
  return row === undefined ? undefined : incidentOf(row);
}

/** A later post of its group may have become the message of a heard incident. */
async function moveTo(
  transaction: Transaction<Schema>,
  { id, messageTs }: Incident,
): Promise<void> {
  await transaction
    .updateTable("incidents")
    .set({ message_ts: messageTs ?? null })
    .where("id", "=", id)
    .execute();
}

/** More than this many groups do not fire in one channel. */
const MOST_IN_CHANNEL = 500;

async function recentIn(
  database: Database,
  transaction: Transaction<Schema>,
  { channel, sinceMs }: ExternalPostContext,
): Promise<Incident[]> {
  const rows = await transaction
    .selectFrom("incidents")
    .selectAll()
    .where("channel", "=", channel)
    .where((row) => row.or([row("status", "=", "firing"), row("changed_at", ">=", sinceMs)]))
    .orderBy("changed_at", "desc")
    .orderBy("id", "desc")
    .limit(MOST_IN_CHANNEL)
    .$if(database.engine === "postgres", (query) => query.forUpdate())
    .execute();
  return rows.map(incidentOf);
}

/** The incident, which no other replica changes until this transaction ends. */
async function lockedIncident(
  database: Database,
  transaction: Transaction<Schema>,
  id: string,
): Promise<Incident | undefined> {
  const row = await transaction
    .selectFrom("incidents")
    .selectAll()
    .where("id", "=", id)
    .$if(database.engine === "postgres", (query) => query.forUpdate())
    .executeTakeFirst();
  return row === undefined ? undefined : incidentOf(row);
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

/** The message's timestamp is written with a new incident only: setMessageTs keeps it from then on. */
async function saveIncident(transaction: Transaction<Schema>, incident: Incident): Promise<void> {
  const { messageTs, ...state } = incident;
  const row = {
    group_key: hashOf(groupIdentity(incident)),
    status: incident.status,
    state: JSON.stringify(state),
    changed_at: incident.changedAt,
    channel: incident.channel,
    due_at: dueAtOf(incident) ?? null,
  };
  await transaction
    .insertInto("incidents")
    .values({ id: incident.id, message_ts: messageTs ?? null, ...row })
    .onConflict((conflict) => conflict.column("id").doUpdateSet(row))
    .execute();
  const alerts = alertNames(incident.alerts).map((name) => ({
    incident_id: incident.id,
    alert: hashOf(name),
  }));
  if (alerts.length === 0) return;
  await transaction
    .insertInto("incident_alerts")
    .values(alerts)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

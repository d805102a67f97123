/** What must be said, in order for each incident, until Slack has it. */

import { type Kysely, type Selectable, sql, type Transaction } from "kysely";
import type { Outbox, OutboxClaim, OutboxRow } from "../../features/delivery/delivery-ports.ts";
import { joinDifferences, type Notice, type Outcome } from "../../incidents/apply-notification.ts";
import type { Incident } from "../../incidents/incident.ts";
import type { Database } from "./database.ts";
import type { Schema } from "./schema.ts";

/** The outbox of one database, which the incidents' transactions fill. */
export function createOutbox(database: Database): Outbox & {
  /**
   * Takes back what a process that died had begun, so that nobody waits for its leases. Only
   * where this process is the store's only one; replicas wait, since the other may be alive.
   */
  recover(): Promise<void>;
} {
  const db = database.sql;
  return {
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
  };
}

type ToSay = Pick<Outcome, "incident" | "notices">;

/** Appends what must be said of an incident; call it in the transaction that writes the incident. */
export async function enqueue(
  database: Database,
  transaction: Transaction<Schema>,
  {
    outcome,
    receivedAt,
    dueAt = receivedAt,
  }: { readonly outcome: ToSay; readonly receivedAt: number; readonly dueAt?: number },
): Promise<void> {
  const { incident, notices } = outcome;
  for (const notice of notices) {
    if (await isCoalesced(database, transaction, { incident, notice })) continue;
    await transaction
      .insertInto("outbox")
      .values({
        incident_id: incident.id,
        lane: incident.id,
        channel: incident.channel,
        kind: notice.kind,
        notice: JSON.stringify(notice),
        attempts: 0,
        settled: 0,
        due_at: dueAt,
        leased_until: 0,
        created_at: receivedAt,
      })
      .execute();
  }
}

/**
 * Edits coalesce: a row that nobody has begun will show the latest state anyway. So do differences,
 * which are joined. A row that is under way may have read the state before, so it does not count; and
 * in PostgreSQL the row is locked, so that no replica begins it before this state can be read.
 */
async function isCoalesced(
  database: Database,
  transaction: Transaction<Schema>,
  { incident, notice }: { readonly incident: Incident; readonly notice: Notice },
): Promise<boolean> {
  if (notice.kind !== "incident" && notice.kind !== "changed") return false;
  const row = await transaction
    .selectFrom("outbox")
    .select(["id", "notice"])
    .where("incident_id", "=", incident.id)
    .where("kind", "=", notice.kind)
    .where("leased_until", "=", 0)
    .$if(database.engine === "postgres", (query) => query.forUpdate())
    .executeTakeFirst();
  if (row === undefined) return false;
  const waiting = JSON.parse(row.notice) as Notice;
  if (waiting.kind === "changed" && notice.kind === "changed") {
    await transaction
      .updateTable("outbox")
      .set({ notice: JSON.stringify(joinDifferences(waiting, notice)) })
      .where("id", "=", row.id)
      .execute();
  }
  return true;
}

/** The oldest row of each lane: the others wait for it, so that a thread stays in order. */
function heads(db: Kysely<Schema>) {
  return db
    .selectFrom("outbox")
    .select((row) => row.fn.min("id").as("id"))
    .groupBy("lane");
}

/** Takes what is due for one worker; two that ask at the same time never get the same row. */
async function claimDue(db: Kysely<Schema>, claim: OutboxClaim): Promise<OutboxRow[]> {
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
    notice: JSON.parse(row.notice) as Notice,
    attempts: earlier,
    isAmbiguous: earlier !== row.settled,
    createdAt: row.created_at,
  };
}

/** The row is to be tried again; its doubt is settled unless this attempt's outcome is unknown. */
async function postpone(
  db: Kysely<Schema>,
  { id, attempts }: Pick<OutboxRow, "id" | "attempts">,
  { dueAt, isAmbiguous }: { readonly dueAt: number; readonly isAmbiguous: boolean },
): Promise<void> {
  await db
    .updateTable("outbox")
    .set({ due_at: dueAt, leased_until: 0 })
    .$if(!isAmbiguous, (query) => query.set((row) => ({ settled: row.ref("attempts") })))
    .where("id", "=", id)
    // The attempt that was begun with this row; a later one is another worker's.
    .where("attempts", "=", attempts + 1)
    .execute();
}

/** When the next row falls due, of channels that need not wait. */
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

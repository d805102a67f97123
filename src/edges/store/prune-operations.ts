/** Removes old rows, a bounded number at a time. */

import { type StoreConnection, valuesOf } from "./connection.ts";
import { dropNotices } from "./settle-operations.ts";

/** The old rows of each table, oldest first, for `?1` as the time before which rows are old. */
export const OLD_ROWS = {
  incidents: `select id from incidents where status <> 'firing' and changed_at < ?1
    and not exists (select 1 from outbox where outbox.incident_id = incidents.id)
    order by changed_at`,
  digests: "select id from digests where created_at < ?1 order by created_at",
  feedback: "select id from feedback where at < ?1 order by at",
  notifications: "select id from notifications where received_at < ?1 order by received_at",
  audit: "select id from audit where at < ?1 order by at",
  notes: "select id from notes where at < ?1 order by at",
  questions: "select id from questions where at < ?1 order by at",
  outbox: "select id from outbox where created_at < ?1 order by created_at",
  slack_events: "select id from slack_events where received_at < ?1 order by received_at",
  shared_polls: "select id from shared_polls where at < ?1 order by at",
} as const;

export type PrunedTable = keyof typeof OLD_ROWS;

export interface Pruning {
  readonly table: PrunedTable;
  readonly beforeMs: number;
  readonly limit: number;
}

/** Pages that SQLite gives back to the file system with each batch, 4 KiB each. */
const FREED_PAGES = 500;

/** How many rows each call removed; fewer than its limit when no more are old. */
export async function pruneRows(
  connection: StoreConnection,
  calls: readonly Pruning[],
): Promise<number[]> {
  const counts: number[] = [];
  for (const { table, beforeMs, limit } of calls) {
    const old = await connection.query<{ id: string | number }>(
      `${OLD_ROWS[table]} limit ?2`,
      beforeMs,
      limit,
    );
    const ids = old.map(({ id }) => id);
    if (table === "outbox") await dropNotices(connection, ids.map(Number));
    else if (ids.length > 0) await remove(connection, table, JSON.stringify(ids));
    counts.push(old.length);
  }
  if (connection.engine === "sqlite") {
    await connection.query(`pragma incremental_vacuum(${FREED_PAGES})`);
  }
  return counts;
}

const TEXT_IDS: ReadonlySet<PrunedTable> = new Set([
  "incidents",
  "digests",
  "slack_events",
  "shared_polls",
]);

async function remove(connection: StoreConnection, table: PrunedTable, ids: string): Promise<void> {
  const isText = TEXT_IDS.has(table);
  const given = `(select ${isText ? "value" : "cast(value as bigint)"} from ${valuesOf(connection, "?1")})`;
  await connection.query(`delete from ${table} where id in ${given}`, ids);
  if (table === "digests") {
    await connection.query(`delete from digest_members where digest_id in ${given}`, ids);
  }
  if (table === "incidents") {
    await connection.query(`delete from incident_alerts where incident_id in ${given}`, ids);
  }
}

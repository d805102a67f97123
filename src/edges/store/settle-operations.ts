/** What becomes of rows of the outbox that were taken. */

import { rowsOf, type StoreConnection } from "./connection.ts";
import { LONGEST_WAIT_MS, promoteHeads, STATE } from "./outbox-lanes.ts";

/** A row as it was taken: what is done in its name counts until another worker has taken it. */
interface Taken {
  readonly id: number;
  /** How often it was taken, this time included. */
  readonly attempt: number;
}

const TAKEN = { id: "bigint", attempt: "integer" } as const;

export interface Finished extends Taken {
  readonly nowMs: number | undefined;
}

/** Removes rows that are delivered, or dropped; false for those that another worker has. */
export async function finishNotices(
  connection: StoreConnection,
  rows: readonly Finished[],
): Promise<boolean[]> {
  const given = JSON.stringify(rows);
  const ids = `(select given.id from ${rowsOf(connection, "?1", TAKEN)})`;
  // Whoever adds to the lane meanwhile holds this lock, and would not see that its head is gone.
  const locked =
    connection.engine === "postgres"
      ? connection.query(
          `select id from incidents where id in
             (select incident_id from outbox where id in ${ids}) order by id for update`,
          given,
        )
      : undefined;
  const [gone] = await Promise.all([
    connection.query<{ id: number; lane: string }>(
      `delete from outbox where id in ${ids} and exists (
         select 1 from ${rowsOf(connection, "?1", TAKEN)}
         where given.id = outbox.id and given.attempt = outbox.attempts)
       returning id, lane`,
      given,
    ),
    locked,
  ]);
  if (gone.length > 0) {
    await promoteHeads(
      connection,
      gone.map(({ lane }) => lane),
      rows[0]?.nowMs ?? (await connection.now()),
    );
  }
  const finished = new Set(gone.map(({ id }) => id));
  return rows.map(({ id }) => finished.has(id));
}

/** Gives rows up, whoever has them; what waited behind them is next. */
export async function dropNotices(
  connection: StoreConnection,
  ids: readonly number[],
): Promise<void> {
  const gone = await connection.query<{ lane: string }>(
    `delete from outbox where id in
       (select given.id from ${rowsOf(connection, "?1", { id: "bigint" })}) returning lane`,
    JSON.stringify(ids.map((id) => ({ id }))),
  );
  await promoteHeads(
    connection,
    gone.map(({ lane }) => lane),
    await connection.now(),
  );
}

export interface Postponed extends Taken {
  readonly afterMs: number;
  /** Whether this attempt may have reached Slack. */
  readonly isAmbiguous: boolean;
  readonly nowMs: number | undefined;
}

/** To be tried again later; false for rows that another worker has. */
export async function postponeNotices(
  connection: StoreConnection,
  rows: readonly Postponed[],
): Promise<boolean[]> {
  const nowMs = rows[0]?.nowMs ?? (await connection.now());
  const columns = { ...TAKEN, due_at: "bigint", ambiguous: "integer" } as const;
  const given = rows.map(({ id, attempt, afterMs, isAmbiguous }) => ({
    id,
    attempt,
    due_at: nowMs + Math.min(LONGEST_WAIT_MS, Math.max(0, afterMs)),
    ambiguous: isAmbiguous ? 1 : 0,
  }));
  const done = await connection.query<{ id: number }>(
    `update outbox set state = ${STATE.postponed}, due_at = given.due_at,
       settled = case when given.ambiguous = 1 then settled else attempts end
     from ${rowsOf(connection, "?1", columns)}
     where outbox.id = given.id and outbox.attempts = given.attempt
     returning outbox.id`,
    JSON.stringify(given),
  );
  const postponed = new Set(done.map(({ id }) => id));
  return rows.map(({ id }) => postponed.has(id));
}

export interface Renewal extends Taken {
  readonly leaseMs: number;
  readonly nowMs: number | undefined;
}

/** Makes leases longer; false for rows that another worker has, whose message is no more ours to send. */
export async function renewLeases(
  connection: StoreConnection,
  rows: readonly Renewal[],
): Promise<boolean[]> {
  const nowMs = rows[0]?.nowMs ?? (await connection.now());
  const columns = { ...TAKEN, due_at: "bigint" } as const;
  const given = rows.map(({ id, attempt, leaseMs }) => ({ id, attempt, due_at: nowMs + leaseMs }));
  const done = await connection.query<{ id: number }>(
    `update outbox set state = ${STATE.taken}, due_at = given.due_at
     from ${rowsOf(connection, "?1", columns)}
     where outbox.id = given.id and outbox.attempts = given.attempt
     returning outbox.id`,
    JSON.stringify(given),
  );
  const renewed = new Set(done.map(({ id }) => id));
  return rows.map(({ id }) => renewed.has(id));
}

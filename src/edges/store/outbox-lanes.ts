/**
 * The outbox's lanes and the states of their rows.
 *
 * A lane's rows are delivered in order, so only its oldest, the head, may be taken. Which rows those
 * are is kept in `state`, that a claim reads the few rows it takes however many wait.
 */

import { type StoreConnection, valuesOf } from "./connection.ts";

/** Where a row stands. `due_at` is when a postponed row may be taken, or a taken row's lease ends. */
export const STATE = { behind: 0, ready: 1, postponed: 2, taken: 3 } as const;

/**
 * No row waits longer than this, in milliseconds. A row that would have to has met a clock that was
 * set back, and is due.
 */
export const LONGEST_WAIT_MS = 15 * 60_000;

/** Lanes whose oldest row may be taken now, or as soon as it is due. */
export async function promoteHeads(
  connection: StoreConnection,
  lanes: readonly string[],
  nowMs: number,
): Promise<void> {
  const head = "(select min(id) from outbox first where first.lane = given.value)";
  await connection.query(
    `update outbox
     set state = case when due_at > ?2 then ${STATE.postponed} else ${STATE.ready} end
     where state = ${STATE.behind}
       and id in (select ${head} from ${valuesOf(connection, "?1")})`,
    JSON.stringify([...new Set(lanes)]),
    nowMs,
  );
}

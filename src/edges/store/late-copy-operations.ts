/** Messages of which a copy may turn up later, until nobody need search any more. */

import { forUpdate, rowsOf, type StoreConnection } from "./connection.ts";

export interface StoredWatch {
  readonly key: string;
  readonly channel: string;
  readonly thread_ts: string | null;
  /** The message that is the right one. */
  readonly ts: string;
  readonly since_at: number;
  /** Searches that were made. */
  readonly searches: number;
}

export interface NewWatch extends Omit<StoredWatch, "searches"> {
  readonly afterMs: number;
  readonly nowMs: number | undefined;
}

/** An operation of a group commit: begins to watch for copies. */
export async function watchCopies(
  connection: StoreConnection,
  watches: readonly NewWatch[],
): Promise<undefined[]> {
  const nowMs = watches[0]?.nowMs ?? (await connection.now());
  const columns = {
    key: "text",
    channel: "text",
    thread_ts: "text",
    ts: "text",
    since_at: "bigint",
    search_at: "bigint",
  } as const;
  const names = Object.keys(columns).join(", ");
  const latest = new Map(watches.map((each) => [each.key, each]));
  await connection.query(
    `insert into late_copies (${names}, searches)
     select ${names}, 0 from ${rowsOf(connection, "?1", columns)} where true
     on conflict (key) do update set ts = excluded.ts, searches = 0, search_at = excluded.search_at`,
    JSON.stringify(
      [...latest.values()].map(({ key, channel, thread_ts, ts, since_at, afterMs }) => ({
        key,
        channel,
        thread_ts,
        ts,
        since_at,
        search_at: nowMs + afterMs,
      })),
    ),
  );
  return watches.map(() => undefined);
}

export interface TakingWatches {
  readonly limit: number;
  readonly leaseMs: number;
  readonly nowMs: number | undefined;
}

/** Takes what is due, the oldest first; it falls due again when its lease ends. */
export async function takeCopies(
  connection: StoreConnection,
  calls: readonly TakingWatches[],
): Promise<StoredWatch[][]> {
  const taken: StoredWatch[][] = [];
  for (const { limit, leaseMs, ...call } of calls) {
    const nowMs = call.nowMs ?? (await connection.now());
    taken.push(
      await connection.query<StoredWatch>(
        `update late_copies set search_at = ?3 where key in (
           select key from late_copies where search_at <= ?1 order by search_at limit ?2
           ${forUpdate(connection, "skip locked")})
         returning key, channel, thread_ts, ts, since_at, searches`,
        nowMs,
        limit,
        nowMs + leaseMs,
      ),
    );
  }
  return taken;
}

export interface SearchedWatch {
  readonly key: string;
  /** Null: never again. */
  readonly afterMs: number | null;
  readonly nowMs: number | undefined;
}

/**
 * An operation of a group commit: when each is searched again; with `afterMs: null` it is watched no more.
 */
export async function copiesSearched(
  connection: StoreConnection,
  calls: readonly SearchedWatch[],
): Promise<undefined[]> {
  for (const { key, afterMs, ...call } of calls) {
    if (afterMs === null) {
      await connection.query("delete from late_copies where key = ?1", key);
      continue;
    }
    const nowMs = call.nowMs ?? (await connection.now());
    await connection.query(
      "update late_copies set searches = searches + 1, search_at = ?2 where key = ?1",
      key,
      nowMs + afterMs,
    );
  }
  return calls.map(() => undefined);
}

/** Which messages are watched for late copies, in one database. */

import type { LateCopyStore, WatchedMessage } from "../../features/delivery/late-copies.ts";
import type { Database } from "./database.ts";
import type { StoredWatch } from "./late-copy-operations.ts";

/** Over one database; times are the database's own, unless `now` gives others. */
export function createLateCopyStore({ call, now }: Database): LateCopyStore {
  const nowMs = (): number | undefined => now?.();
  return {
    async watch({ key, ts, place, sinceMs }, afterMs) {
      const { channel, threadTs = null } = place;
      const row = { key, ts, channel, thread_ts: threadTs, since_at: sinceMs };
      await call("watchCopies", { ...row, afterMs, nowMs: nowMs() });
    },
    take: async (limit, leaseMs) =>
      (await call("takeCopies", { limit, leaseMs, nowMs: nowMs() })).map(watchedOf),
    async searched(key, afterMs) {
      await call("copiesSearched", { key, afterMs: afterMs ?? null, nowMs: nowMs() });
    },
  };
}

function watchedOf(row: StoredWatch): WatchedMessage {
  const { key, ts, channel, thread_ts: threadTs, since_at: sinceMs, searches } = row;
  const place = threadTs === null ? { channel } : { channel, threadTs };
  return { key, ts, place, sinceMs, searches };
}

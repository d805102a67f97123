/** When each source was last reported, by its heartbeat. */

import type { HeartbeatStore } from "../../features/incidents/watch-heartbeats.ts";
import type { Database } from "./database.ts";

/** Over one database; times in milliseconds. */
export function createHeartbeatStore({ sql: db }: Database): HeartbeatStore {
  return {
    async reported(source, at) {
      await db
        .insertInto("heartbeats")
        .values({ source, reported_at: at })
        .onConflict((conflict) => conflict.column("source").doUpdateSet({ reported_at: at }))
        .execute();
    },
    async lastReports() {
      const rows = await db.selectFrom("heartbeats").selectAll().execute();
      return new Map(rows.map(({ source, reported_at: at }) => [source, at]));
    },
  };
}

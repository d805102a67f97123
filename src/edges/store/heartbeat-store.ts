/** When each source was last heard by its heartbeat. */

import type { HeartbeatStore } from "../../features/incidents/watch-heartbeats.ts";
import type { Database } from "./database.ts";

export function createHeartbeatStore({ sql: db }: Database): HeartbeatStore {
  return {
    async heard(source, at) {
      await db
        .insertInto("heartbeats")
        .values({ source, heard_at: at })
        .onConflict((conflict) => conflict.column("source").doUpdateSet({ heard_at: at }))
        .execute();
    },
    async lastHeard() {
      const rows = await db.selectFrom("heartbeats").selectAll().execute();
      return new Map(rows.map(({ source, heard_at: at }) => [source, at]));
    },
  };
}

/** What was said at its time, so that replicas and restarts do not say it twice. */

import type { SaidOnce } from "../../features/duty/said-once.ts";
import type { Database } from "./database.ts";

/** Far longer than anything may be said late. */
const KEPT_MS = 60 * 86_400_000;

export function createSaidOnce({ sql: db }: Database): SaidOnce {
  return {
    async claim(key, at) {
      await db
        .deleteFrom("said_once")
        .where("at", "<", at - KEPT_MS)
        .execute();
      const added = await db
        .insertInto("said_once")
        .values({ key, at })
        .onConflict((conflict) => conflict.column("key").doNothing())
        .returning("key")
        .execute();
      return added.length === 1;
    },
    async release(key) {
      await db.deleteFrom("said_once").where("key", "=", key).execute();
    },
  };
}

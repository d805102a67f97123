/** What was posted at its time, so that replicas and restarts do not post it twice. */

import type { Announcements } from "../../features/duty/announce-once.ts";
import { DAY_MS } from "../../promql/duration.ts";
import type { Database } from "./database.ts";

/** Far longer than anything may be posted late. */
const KEPT_MS = 60 * DAY_MS;

/** `claim` is true for the first who claims a key, and false for all others. */
export function createAnnouncements({ sql: db }: Database): Announcements {
  return {
    async claim(key, at) {
      await db
        .deleteFrom("announcements")
        .where("at", "<", at - KEPT_MS)
        .execute();
      const added = await db
        .insertInto("announcements")
        .values({ key, at })
        .onConflict((conflict) => conflict.column("key").doNothing())
        .returning("key")
        .execute();
      return added.length === 1;
    },
    async release(key) {
      await db.deleteFrom("announcements").where("key", "=", key).execute();
    },
  };
}

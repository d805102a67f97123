/** Columns by the names of what they hold: the searches for late copies of a message. */

import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

export const lateCopySearches: Migration = {
  async up(database: Kysely<unknown>) {
    for (const [from, to] of RENAMED) {
      const statement = `alter table late_copies rename column ${from} to ${to}`;
      await sql.raw(statement).execute(database);
    }
  },
};

const RENAMED = [
  ["looks", "searches"],
  ["look_at", "search_at"],
] as const;

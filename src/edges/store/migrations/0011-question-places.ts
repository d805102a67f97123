/** Where a question was asked: what a private place asked is not for others. */

import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

/** Empty where nobody knows, as of questions that were asked before: then it counts as private. */
export const questionPlaces: Migration = {
  async up(database: Kysely<unknown>) {
    const statement = "alter table questions add column channel text not null default ''";
    await sql.raw(statement).execute(database);
  },
};

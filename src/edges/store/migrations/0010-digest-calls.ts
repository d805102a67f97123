/** Whom a digest has called, so that a storm calls each of them once. */

import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

export const digestCalls: Migration = {
  async up(database: Kysely<unknown>) {
    // JSON; nothing means nobody.
    await sql.raw("alter table digests add column called text").execute(database);
  },
};

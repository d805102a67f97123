/** When each source was last heard by the alert that always fires. */

import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

export const heartbeats: Migration = {
  async up(database: Kysely<unknown>) {
    await sql`create table heartbeats (source text primary key, heard_at bigint not null)`.execute(
      database,
    );
  },
};

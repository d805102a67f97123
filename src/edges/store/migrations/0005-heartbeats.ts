/** When each source last reported, by the alert that always fires. */

import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

export const heartbeats: Migration = {
  async up(database: Kysely<unknown>) {
    await sql`create table heartbeats (source text primary key, reported_at bigint not null)`.execute(
      database,
    );
  },
};

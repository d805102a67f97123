/** What is said once at a time: a change of duty, a review. */

import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

export const announcements: Migration = {
  async up(database: Kysely<unknown>) {
    await sql`create table announcements (key text primary key, at bigint not null)`.execute(
      database,
    );
  },
};

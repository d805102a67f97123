/** What is said once at a time: a change of duty, a review. */

import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

export const saidOnce: Migration = {
  async up(database: Kysely<unknown>) {
    await sql`create table said_once (key text primary key, at bigint not null)`.execute(database);
  },
};

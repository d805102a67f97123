/** Which replicas poll a target, and what they saw, for the others; and digests by their age. */

import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

export const sharedPolls: Migration = {
  async up(database: Kysely<unknown>) {
    for (const statement of TABLES) await sql.raw(statement).execute(database);
  },
};

const TABLES = [
  `create table target_pollers (
    target text not null, place integer not null, holder text not null, until bigint not null,
    primary key (target, place))`,
  // `id` is the target's name; `body` is the last poll of it, see packed-samples.
  "create table shared_polls (id text primary key, at bigint not null, body text not null)",
  "create index shared_polls_by_age on shared_polls (at)",
  "create index digests_by_age on digests (created_at)",
];

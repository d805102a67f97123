/** What outlives a replica: which of them delivers to a channel, and what is watched for late copies. */

import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

export const replicas: Migration = {
  async up(database: Kysely<unknown>) {
    for (const statement of TABLES) await sql.raw(statement).execute(database);
  },
};

const TABLES = [
  `create table channel_holders (
    channel text primary key, holder text not null, until bigint not null)`,
  // Messages of which a copy may turn up later, see late-copy-operations.
  `create table late_copies (
    key text primary key,
    channel text not null,
    thread_ts text,
    ts text not null,
    since_at bigint not null,
    looks integer not null,
    look_at bigint not null)`,
  "create index late_copies_by_turn on late_copies (look_at)",
];

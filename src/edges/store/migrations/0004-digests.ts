/** Digests: in a storm one message of a channel names its new incidents. */

import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

export const digests: Migration = {
  async up(database: Kysely<unknown>) {
    for (const statement of TABLES) await sql.raw(statement).execute(database);
  },
};

const TABLES = [
  `create table digests (
    id text primary key,
    channel text not null,
    message_ts text,
    members integer not null,
    created_at bigint not null)`,
  "create index digests_by_channel on digests (channel, created_at)",
  // alone: 1 once somebody had it explained, so that it has a message and a thread of its own.
  `create table digest_members (
    incident_id text primary key, digest_id text not null, alone integer not null)`,
  "create index digest_members_by_digest on digest_members (digest_id)",
];

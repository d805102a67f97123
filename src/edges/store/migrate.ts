/** Brings a database to the newest tables. Forward only: what a migration did is never undone. */

import type { DatabaseSync } from "node:sqlite";
import { Kysely, PostgresDialect } from "kysely";
import { Migrator } from "kysely/migration";
import type pg from "pg";
import type { Engine } from "./connection.ts";
import { firstMigrations } from "./migrations/0001-0002-first.ts";
import { storm } from "./migrations/0003-storm.ts";
import { digests } from "./migrations/0004-digests.ts";
import { heartbeats } from "./migrations/0005-heartbeats.ts";
import { replicas } from "./migrations/0006-replicas.ts";
import { announcements } from "./migrations/0007-announcements.ts";
import { fixes } from "./migrations/0008-fixes.ts";
import { sharedPolls } from "./migrations/0009-shared-polls.ts";
import { digestCalls } from "./migrations/0010-digest-calls.ts";
import { questionPlaces } from "./migrations/0011-question-places.ts";
import { lateCopySearches } from "./migrations/0012-late-copy-searches.ts";
import { onThisThread } from "./migrations/sqlite-dialect.ts";

/**
 * In one transaction: a process that is killed meanwhile leaves the tables as they were, and the disk
 * is waited for once, where each of a hundred statements would wait for it.
 */
export async function migrateSqlite(database: DatabaseSync): Promise<void> {
  database.exec("begin immediate");
  try {
    await migrate(new Kysely({ dialect: onThisThread(database) }), "sqlite");
    database.exec("commit");
  } catch (error) {
    if (database.isTransaction) database.exec("rollback");
    throw error;
  }
}

/** Replicas that start together wait for one of them, by a lock in the database. */
export function migratePostgres(pool: pg.Pool): Promise<void> {
  return migrate(new Kysely({ dialect: new PostgresDialect({ pool }) }), "postgres");
}

/**
 * Throws with the name of the migration that failed, or, when it came to none, what the database
 * itself said.
 */
async function migrate(database: Kysely<unknown>, engine: Engine): Promise<void> {
  const migrations = {
    ...firstMigrations(engine),
    "0003-storm": storm(engine),
    "0004-digests": digests,
    "0005-heartbeats": heartbeats,
    "0006-replicas": replicas,
    "0007-announcements": announcements,
    "0008-fixes": fixes,
    "0009-shared-polls": sharedPolls,
    "0010-digest-calls": digestCalls,
    "0011-question-places": questionPlaces,
    "0012-late-copy-searches": lateCopySearches,
  };
  const provider = { getMigrations: () => Promise.resolve(migrations) };
  const { error, results } = await new Migrator({ db: database, provider }).migrateToLatest();
  if (error === undefined) return;
  const failed = results?.find((result) => result.status === "Error")?.migrationName;
  if (failed === undefined && error instanceof Error) throw error;
  throw new Error(`the database cannot be migrated: ${failed} failed`, { cause: error });
}

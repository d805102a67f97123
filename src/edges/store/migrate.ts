/** Brings a database to the newest tables. Forward only: what a migration did is never undone. */

import type { DatabaseSync } from "node:sqlite";
import { Kysely, PostgresDialect } from "kysely";
import { type Migration, Migrator } from "kysely/migration";
import type pg from "pg";
import type { Engine } from "./connection.ts";
import { firstTables } from "./migrations/0001-first.ts";
import { onThisThread } from "./migrations/sqlite-dialect.ts";

/** All of them, by their names, which are their order. */
type Migrations = Readonly<Record<string, Migration>>;

const migrationsOf = (engine: Engine): Migrations => ({ "0001-first": firstTables(engine) });

/**
 * In one transaction: a process that is killed meanwhile leaves the tables as they were, and the disk
 * is waited for once, where each of a hundred statements would wait for it. `later` is for tests.
 */
export async function migrateSqlite(database: DatabaseSync, later: Migrations = {}): Promise<void> {
  database.exec("begin immediate");
  try {
    const migrations = { ...migrationsOf("sqlite"), ...later };
    await migrate(new Kysely({ dialect: onThisThread(database) }), migrations);
    database.exec("commit");
  } catch (error) {
    if (database.isTransaction) database.exec("rollback");
    throw error;
  }
}

/** Replicas that start together wait for one of them, by a lock in the database. */
export function migratePostgres(pool: pg.Pool): Promise<void> {
  const database = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  return migrate(database, migrationsOf("postgres"));
}

/**
 * Throws with the name of the migration that failed, or of the one that only another version knows, or, when it came to none, what the database
 * itself said.
 */
async function migrate(database: Kysely<unknown>, migrations: Migrations): Promise<void> {
  const provider = { getMigrations: () => Promise.resolve(migrations) };
  const { error, results } = await new Migrator({ db: database, provider }).migrateToLatest();
  if (error === undefined) return;
  const said = error instanceof Error ? error.message : "";
  const unknown = /previously executed migration (\S+) is missing/.exec(said)?.[1];
  if (unknown !== undefined) throw new Error(ofAnotherVersion(unknown), { cause: error });
  const failed = results?.find((result) => result.status === "Error")?.migrationName;
  if (failed === undefined && error instanceof Error) throw error;
  throw new Error(`the database cannot be migrated: ${failed} failed`, { cause: error });
}

/** What is wrong with a store that has these changes; undefined when this version knows each. */
export function unknownChange(engine: Engine, changes: readonly string[]): string | undefined {
  const known = migrationsOf(engine);
  const unknown = changes.find((change) => !(change in known));
  return unknown === undefined ? undefined : ofAnotherVersion(unknown);
}

function ofAnotherVersion(migration: string): string {
  return (
    `it was made by another version of the bot, whose change ${migration} this version does not know: ` +
    "start that version or a newer one, restore a backup of this one, or begin with an empty store"
  );
}

/** Bringing a SQLite file to the newest tables: all of it, or none. */

import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import { type Kysely, sql } from "kysely";
import { migrateSqlite } from "../../../src/edges/store/migrate.ts";

function tablesOf(database: DatabaseSync): string[] {
  const rows = database.prepare("select name from sqlite_master where type = 'table'").all();
  return rows.map(({ name }) => String(name)).filter((name) => !name.startsWith("sqlite_"));
}

const createTable = (name: string) => sql.raw(`create table ${name} (mine text)`);

/** What a next version may bring: a table, and a column of one that is there. */
const NEXT = {
  "0002-next": {
    async up(database: Kysely<unknown>) {
      await createTable("next_things").execute(database);
      await sql.raw("alter table heartbeats add column next text").execute(database);
      await createTable("last_things").execute(database);
    },
  },
};

test("a migration that fails half-way leaves the tables as they were, and names itself", async (t) => {
  const database = new DatabaseSync(":memory:");
  t.after(() => database.close());
  // In the way of the first one, which has made the outbox by then.
  database.exec("create table slack_events (mine text)");
  await assert.rejects(migrateSqlite(database), /cannot be migrated: 0001-first failed/);
  assert.deepEqual(tablesOf(database), ["slack_events"]);

  database.exec("drop table slack_events");
  await migrateSqlite(database);
  assert.ok(tablesOf(database).includes("outbox"));
  assert.ok(tablesOf(database).includes("slack_events"));
});

test("the next version's migration runs on a store of this one, and keeps its rows; one that fails leaves it", async (t) => {
  const database = new DatabaseSync(":memory:");
  t.after(() => database.close());
  await migrateSqlite(database);
  database.exec("insert into heartbeats (source, reported_at) values ('default', 7)");
  const before = tablesOf(database);
  database.exec("create table last_things (mine text)");
  await assert.rejects(migrateSqlite(database, NEXT), /cannot be migrated: 0002-next failed/);
  assert.deepEqual(tablesOf(database), [...before, "last_things"]);

  database.exec("drop table last_things");
  await migrateSqlite(database, NEXT);
  assert.deepEqual(tablesOf(database), [...before, "next_things", "last_things"]);
  const row = database.prepare("select source, reported_at, next from heartbeats").get();
  assert.deepEqual({ ...row }, { source: "default", reported_at: 7, next: null });
});

test("a store that a newer version made is left as it is, and says so", async (t) => {
  const database = new DatabaseSync(":memory:");
  t.after(() => database.close());
  await migrateSqlite(database, NEXT);
  const before = tablesOf(database);
  await assert.rejects(migrateSqlite(database), /another version.*0002-next.*start that version/);
  assert.deepEqual(tablesOf(database), before);
});

test("once at the newest tables it changes nothing", async (t) => {
  const database = new DatabaseSync(":memory:");
  t.after(() => database.close());
  await migrateSqlite(database);
  const changes = (): unknown =>
    database
      .prepare("select total_changes() as n, (select count(*) from sqlite_master) as m")
      .get();
  const before = changes();
  await migrateSqlite(database);
  assert.deepEqual(changes(), before);
});

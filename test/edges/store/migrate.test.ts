/** Bringing a SQLite file to the newest tables: all of it, or none. */

import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import { migrateSqlite } from "../../../src/edges/store/migrate.ts";

function tablesOf(database: DatabaseSync): string[] {
  const rows = database.prepare("select name from sqlite_master where type = 'table'").all();
  return rows.map(({ name }) => String(name)).filter((name) => !name.startsWith("sqlite_"));
}

test("a migration that fails half-way leaves the tables as they were, and names itself", async (t) => {
  const database = new DatabaseSync(":memory:");
  t.after(() => database.close());
  // In the way of the third one, which has rebuilt the outbox by then.
  database.exec("create table slack_events (mine text)");
  await assert.rejects(migrateSqlite(database), /cannot be migrated: 0003-storm failed/);
  assert.deepEqual(tablesOf(database), ["slack_events"]);

  database.exec("drop table slack_events");
  await migrateSqlite(database);
  assert.ok(tablesOf(database).includes("outbox"));
  assert.ok(tablesOf(database).includes("slack_events"));
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

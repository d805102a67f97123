/** The page on what is kept names every table, and every key with its default. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import { migrateSqlite } from "../../../src/edges/store/migrate.ts";

const root = new URL("../../../", import.meta.url);
const page = readFileSync(new URL("docs/retention.md", root), "utf8");

test("each table of the store is on the page", async () => {
  const database = new DatabaseSync(":memory:");
  await migrateSqlite(database);
  const tables = database
    .prepare("select name from sqlite_master where type = 'table' and name not like 'sqlite_%'")
    .all()
    .map((row) => String(row["name"]))
    .filter((name) => !name.startsWith("kysely_"));
  assert.ok(tables.includes("incidents"));
  const missing = tables.filter((name) => !page.includes(`\`${name}\``));
  assert.deepEqual(missing, []);
});

test("each key of the configuration is on the page, with its default", () => {
  const reference = readFileSync(new URL("docs/configuration.md", root), "utf8");
  const keys = [...reference.matchAll(/^\| `(retention\.\w+)` \|[^|]*\| `(\d+)d` \|/gm)];
  assert.ok(keys.length >= 6);
  for (const [, key = "", days] of keys) {
    const rows = page.split("\n").filter((line) => line.includes(`\`${key}\``));
    assert.ok(
      rows.some((row) => row.includes(`${days} days`)),
      `${key} is ${days} days`,
    );
  }
});

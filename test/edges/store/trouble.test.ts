/** The store when things go wrong around it: who may have it, who may read it, what it says. */

import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { type TestContext, test } from "node:test";
import { sql } from "kysely";
import { backupStore } from "../../../src/edges/store/backup.ts";
import { openDatabase } from "../../../src/edges/store/database.ts";
import { createIncidentStore } from "../../../src/edges/store/incident-store.ts";
import { StoreUnavailable } from "../../../src/edges/store/store-error.ts";
import { createLog } from "../../features/fakes.ts";
import { openStore, watch } from "./stores.ts";

function freshFile(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), "bot-trouble-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return { engine: "sqlite", path: join(folder, "var", "bot.db") } as const;
}

/** Another process that opens the store and keeps it. */
async function startHolder(t: TestContext, path: string): Promise<ChildProcess> {
  const module = new URL("../../../src/edges/store/database.ts", import.meta.url);
  const code = `import("${module.href}").then(async ({ openDatabase }) => {
    await openDatabase({ engine: "sqlite", path: process.argv[1] });
    process.stdout.write("open");
    setInterval(() => undefined, 1_000);
  });`;
  const child = spawn(process.execPath, ["-e", code, path], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  t.after(() => child.kill("SIGKILL"));
  const ended = once(child, "exit").then(() => {
    throw new Error("the other process ended before it had the store");
  });
  await Promise.race([once(child.stdout, "data"), ended]);
  ended.catch(() => undefined);
  return child;
}

test("a second process is refused at its start, in words; kill -9 of the first lets it in", async (t) => {
  const address = freshFile(t);
  const holder = await startHolder(t, address.path);
  await assert.rejects(openDatabase(address), (error: Error) => {
    assert.match(error.message, /^cannot open the store .*bot\.db$/);
    assert.match(String((error.cause as Error).message), /another bot uses this file already/);
    return true;
  });
  const ended = once(holder, "exit");
  holder.kill("SIGKILL");
  await ended;
  const { store } = await openStore(t, address);
  assert.equal((await watch(store, "i1")).reason, "opened");
});

test("a file that keeps the pages of removed rows is written again, once", async (t) => {
  const address = freshFile(t);
  mkdirSync(dirname(address.path), { recursive: true });
  const before = new DatabaseSync(address.path);
  before.exec(
    "PRAGMA auto_vacuum = NONE; CREATE TABLE other (x text); INSERT INTO other VALUES (1)",
  );
  before.close();
  const { store, close } = await openStore(t, address);
  assert.equal((await watch(store, "i1")).reason, "opened");
  await close();
  const after = new DatabaseSync(address.path);
  t.after(() => after.close());
  assert.equal(after.prepare("PRAGMA auto_vacuum").get()?.["auto_vacuum"], 2);
  assert.equal(after.prepare("SELECT count(*) AS n FROM other").get()?.["n"], 1);
});

test("the file, what SQLite keeps beside it, and its folder are for their owner alone", async (t) => {
  const address = freshFile(t);
  const { store } = await openStore(t, address);
  await watch(store, "i1");
  const folder = join(address.path, "..");
  const modes = readdirSync(folder).map((name) => statSync(join(folder, name)).mode & 0o777);
  assert.ok(modes.length >= 3, "the file, its log and its lock");
  assert.deepEqual(new Set(modes), new Set([0o600]));
  assert.equal(statSync(folder).mode & 0o777, 0o700);
});

test("a disk that is full is reported with its reason, once, and over when there is room", async (t) => {
  const address = freshFile(t);
  const log = createLog();
  const database = await openDatabase(address, { log });
  t.after(() => database.close());
  const store = createIncidentStore(database);
  await watch(store, "i1");
  await sql.raw("pragma max_page_count = 1").execute(database.sql);
  const outcomes = await Promise.allSettled(
    Array.from({ length: 40 }, (_, n) => watch(store, `full${n}`)),
  );
  const failed = outcomes.flatMap((each) => (each.status === "rejected" ? [each.reason] : []));
  assert.ok(failed.length > 0);
  assert.ok(failed.every((error) => error instanceof StoreUnavailable && error.retryAfterMs > 0));
  assert.match(String(failed[0]), /the disk is full.*database or disk is full/);
  assert.match((await database.problem()) ?? "", /^cannot write: the disk is full/);
  const errors = () => log.lines.filter((line) => line.startsWith("error"));
  assert.equal(errors().length, 1, errors().join("\n"));
  await sql.raw("pragma max_page_count = 1000000").execute(database.sql);
  assert.equal((await watch(store, "i2")).reason, "opened");
  assert.ok(log.lines.some((line) => line.startsWith("info: the store works again")));
});

test("the event loop goes on while another connection has the file locked", async (t) => {
  const address = freshFile(t);
  const { store } = await openStore(t, address);
  await watch(store, "i1");
  const other = new DatabaseSync(address.path);
  other.exec("begin immediate");
  const writing = watch(store, "i2");
  let turns = 0;
  const counting = setInterval(() => {
    turns += 1;
    if (turns === 20) other.exec("commit");
  }, 5);
  t.after(() => clearInterval(counting));
  assert.equal((await writing).reason, "opened");
  assert.ok(turns >= 20, "the loop turned while the write waited");
  other.close();
});

test("a backup is whole, for its owner alone, and never over an existing file", async (t) => {
  const address = freshFile(t);
  const { store } = await openStore(t, address);
  await watch(store, "i1");
  const target = join(address.path, "..", "copy.db");
  backupStore(address, target);
  assert.equal(statSync(target).mode & 0o777, 0o600);
  await watch(store, "i2");
  const copy = await openStore(t, { engine: "sqlite", path: target });
  assert.equal((await copy.store.incident("i1"))?.id, "i1");
  assert.equal(await copy.store.incident("i2"), undefined);
  const [waits] = await copy.store.claimDue({ limit: 1, leaseMs: 60_000 });
  assert.equal(waits?.isAmbiguous, true, "it may have been delivered since");
  assert.throws(() => backupStore(address, target), /copy\.db exists already: name a file/);
  const damaged = { engine: "sqlite", path: join(address.path, "..", "damaged.db") } as const;
  writeFileSync(damaged.path, "not a database, and long enough to be taken for one ".repeat(20));
  const half = join(address.path, "..", "half.db");
  assert.throws(() => backupStore(damaged, half));
  assert.equal(existsSync(half), false, "half a copy would be taken for a whole one");
  assert.throws(() => backupStore({ engine: "postgres", url: "postgres:///x" }, target), /pg_dump/);
});

for (const url of [
  "postgres://bot:12#4SECRET@h/x",
  "postgres://bot:SECRET/1@h/x",
  "postgres://bot:a@SECRET@h/x",
  "postgres://bot:SECRET?@h/x",
  "not an address with a SECRET",
  "postgresql://bot:%SECRET@h:99999/x",
]) {
  test(`no part of a password is shown: ${url.replaceAll("SECRET", "…")}`, async () => {
    await assert.rejects(openDatabase({ engine: "postgres", url }), (error: Error) => {
      const shown = `${error.stack} ${String((error.cause as Error).stack)} ${JSON.stringify(error.cause)}`;
      assert.doesNotMatch(shown, /SECRET|bot:|12#/);
      assert.match(String((error.cause as Error).message), /DATABASE_URL/);
      return true;
    });
  });
}

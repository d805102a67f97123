/** The store over SQLite, in a file and in memory. */

import assert from "node:assert/strict";
import { copyFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, type TestContext, test } from "node:test";
import { sql } from "kysely";
import type { StoreAddress } from "../../../src/config/config.ts";
import { openDatabase } from "../../../src/edges/store/database.ts";
import { pruneStore } from "../../../src/edges/store/retention.ts";
import { createLog } from "../../features/fakes.ts";
import { firing, HOUR, notification, T0 } from "../../incidents/notifications.ts";
import { externalPostContract } from "./external-post-contract.ts";
import { incidentContract, lastingContract } from "./incident-contract.ts";
import { learningContract } from "./learning-contract.ts";
import { outboxContract } from "./outbox-contract.ts";
import { peopleContract } from "./people-contract.ts";
import { retentionContract, TIMES } from "./retention-contract.ts";
import { silenceContract } from "./silence-contract.ts";
import { countOf, openStore, watch } from "./stores.ts";

const IN_MEMORY: StoreAddress = { engine: "sqlite", path: ":memory:" };

/** In a folder that the store has to make. */
function freshFile(t: TestContext): StoreAddress {
  const folder = mkdtempSync(join(tmpdir(), "bot-store-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return { engine: "sqlite", path: join(folder, "var", "bot.db") };
}

function pathOf(address: StoreAddress): string {
  assert.ok(address.engine === "sqlite");
  return address.path;
}

describe("SQLite in a file, with its threads", () => {
  incidentContract(freshFile);
  lastingContract(freshFile);

  test("a process that died leaves nothing to wait for, but doubt", async (t) => {
    const address = freshFile(t);
    const before = await openStore(t, address);
    await watch(before.store, "i1");
    await before.store.claimDue({ limit: 1, leaseMs: 60_000 });
    await before.close();

    const { store } = await openStore(t, address);
    assert.deepEqual(await store.claimDue({ limit: 1, leaseMs: 60_000 }), []);
    await store.recover();
    const [row] = await store.claimDue({ limit: 1, leaseMs: 60_000 });
    assert.equal(row?.isAmbiguous, true);
  });

  test("what was written is on the disk before anybody hears that it is", async (t) => {
    const { database } = await openStore(t, freshFile(t));
    const pragma = async (name: string): Promise<unknown> => {
      const { rows } = await sql.raw(`pragma ${name}`).execute(database.sql);
      return Object.values(rows[0] ?? {})[0];
    };
    assert.equal(await pragma("journal_mode"), "wal");
    assert.equal(await pragma("synchronous"), 2, "FULL");
  });

  test("once it is closed the file alone holds everything, so that copying it is a backup", async (t) => {
    const address = freshFile(t);
    const before = await openStore(t, address);
    await watch(before.store, "i1");
    await before.close();
    assert.deepEqual(
      ["-wal", "-shm"].filter((end) => existsSync(`${pathOf(address)}${end}`)),
      [],
    );
    const copy = `${pathOf(address)}.copy`;
    copyFileSync(pathOf(address), copy);
    const { store } = await openStore(t, { engine: "sqlite", path: copy });
    assert.equal((await store.incident("i1"))?.id, "i1");
  });

  test("the pages of removed rows are given back to the disk", async (t) => {
    const { store, database } = await openStore(t, freshFile(t));
    const pragma = async (name: string): Promise<number> => {
      const { rows } = await sql.raw(`pragma ${name}`).execute(database.sql);
      return Number(Object.values(rows[0] ?? {})[0]);
    };
    const large = firing("a", { annotations: { description: "x".repeat(20_000) } });
    for (let n = 0; n < 100; n += 1) {
      await watch(store, "i1", { at: T0 + n, body: notification([large], { groupKey: "g" }) });
    }
    const before = await pragma("page_count");
    const times = { ...TIMES, notifications: HOUR };
    const sleep = async () => undefined;
    await pruneStore({ database, times, nowMs: T0 + 2 * HOUR, log: createLog(), sleep });
    assert.ok((await pragma("page_count")) < before / 2);
    assert.equal(await pragma("freelist_count"), 0);
  });

  test("a file that is not a database is refused with its path, and stays as it is", async (t) => {
    const address = freshFile(t);
    assert.ok(address.engine === "sqlite");
    await (await openDatabase(address)).close();
    writeFileSync(
      address.path,
      "this is a letter to my aunt, not a database, and it is long enough",
    );
    await assert.rejects(openDatabase(address), (error: Error) => {
      assert.match(error.message, /^cannot open the store .*bot\.db$/);
      assert.match(String((error.cause as Error).message), /not a database/);
      return true;
    });
  });

  test("a place where no file can be is refused with its path", async (t) => {
    const address = freshFile(t);
    assert.ok(address.engine === "sqlite");
    writeFileSync(dirname(address.path), "a file where a folder should be");
    await assert.rejects(openDatabase(address), /^Error: cannot open the store .*bot\.db$/);
  });
});

describe("SQLite in memory", () => {
  incidentContract(() => IN_MEMORY);
  externalPostContract(() => IN_MEMORY);
  outboxContract(() => IN_MEMORY);
  peopleContract(() => IN_MEMORY);
  silenceContract(() => IN_MEMORY);
  learningContract(() => IN_MEMORY);
  retentionContract(() => IN_MEMORY);

  test("each is a store of its own", async (t) => {
    const one = await openStore(t, IN_MEMORY);
    const other = await openStore(t, IN_MEMORY);
    await watch(one.store, "i1", { body: notification([firing("a")]) });
    assert.equal(await countOf(other.database, "incidents"), 0);
  });
});

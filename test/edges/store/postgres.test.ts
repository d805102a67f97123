// needs: postgresql
// takes: 20 s
/** The store over a real PostgreSQL, and several replicas over one store. */

import assert from "node:assert/strict";
import { after, before, describe, type TestContext, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import type { StoreAddress } from "../../../src/config/config.ts";
import { openDatabase } from "../../../src/edges/store/database.ts";
import { firing, HOUR, notification, T0 } from "../../incidents/notifications.ts";
import { type Cluster, startCluster } from "./cluster.ts";
import { externalPostContract, hearIn } from "./external-post-contract.ts";
import { incidentContract, lastingContract } from "./incident-contract.ts";
import { learningContract } from "./learning-contract.ts";
import { outboxContract } from "./outbox-contract.ts";
import { peopleContract } from "./people-contract.ts";
import { replicasContract } from "./replicas-contract.ts";
import { retentionContract } from "./retention-contract.ts";
import { sharedPollsContract } from "./shared-polls-contract.ts";
import { silenceContract } from "./silence-contract.ts";
import { claim, claimOne, countOf, openStore, type Store, watch } from "./stores.ts";

describe("PostgreSQL", () => {
  let cluster: Cluster | undefined;
  before(async () => {
    cluster = await startCluster();
  });
  after(() => cluster?.stop());

  const fresh = (t: TestContext): Promise<StoreAddress> => {
    assert.ok(cluster !== undefined, "the server did not start");
    return cluster.lendDatabase(t);
  };
  const replicasOver = (t: TestContext, count: number, address: StoreAddress): Promise<Store[]> =>
    Promise.all(Array.from({ length: count }, async () => (await openStore(t, address)).store));
  const replicas = async (t: TestContext, count: number): Promise<Store[]> =>
    replicasOver(t, count, await fresh(t));

  incidentContract(fresh);
  externalPostContract(fresh);
  outboxContract(fresh);
  peopleContract(fresh);
  silenceContract(fresh);
  lastingContract(fresh);
  learningContract(fresh);
  retentionContract(fresh);
  replicasContract(fresh);
  sharedPollsContract(fresh);

  test("replicas that start together make the tables once", async (t) => {
    assert.ok(cluster !== undefined, "the server did not start");
    const stores = await replicasOver(t, 4, await cluster.createDatabase());
    await Promise.all(stores.map((store, index) => watch(store, `i${index}`)));
    assert.deepEqual(
      await Promise.all(stores.map(async (store) => (await store.incident("i0"))?.id)),
      ["i0", "i0", "i0", "i0"],
    );
  });

  test("replicas that receive a group at the same time open one incident", async (t) => {
    const stores = await replicas(t, 4);
    for (let round = 0; round < 10; round += 1) {
      const body = notification([firing("a")], { groupKey: `g${round}` });
      const outcomes = await Promise.all(
        stores.map((store, index) => watch(store, `i${round}.${index}`, { body })),
      );
      const opened = outcomes.filter(({ reason }) => reason === "opened");
      assert.equal(opened.length, 1);
      assert.equal(new Set(outcomes.map(({ incident }) => incident.id)).size, 1);
    }
  });

  test("replicas that hear the posts of an HA pair at the same time open one incident", async (t) => {
    const stores = await replicas(t, 4);
    for (let round = 0; round < 10; round += 1) {
      const reasons = await Promise.all(
        stores.map((store, index) =>
          hearIn(store, {
            id: `i${round}.${index}`,
            subject: `[FIRING:1] ConsumerLag g${round}`,
            // Two posts, each of which two replicas heard.
            at: T0 + round * 1_000 + (index % 2) * 40,
          }),
        ),
      );
      assert.equal(reasons.filter((reason) => reason === "opened").length, 1, reasons.join());
    }
  });

  test("a channel belongs to one replica, since its pace is known there; others have theirs", async (t) => {
    const [one, other] = await replicas(t, 2);
    assert.ok(one !== undefined && other !== undefined);
    for (const id of ["i1", "i2"]) await watch(one, id);
    await watch(one, "i3", { channel: "C2" });
    const [first] = await one.claimDue({ limit: 1, leaseMs: 60_000 });
    assert.deepEqual([first?.incidentId, first?.sharers], ["i1", 1]);
    assert.deepEqual(
      (await other.claimDue({ limit: 9, leaseMs: 60_000 })).map(({ incidentId, sharers }) => [
        incidentId,
        sharers,
      ]),
      [["i3", 2]],
    );
    assert.notEqual(await other.nextDueIn(), 0, "what waits in the channel is not its to take");
    await one.release();
    const next = await other.claimDue({ limit: 9, leaseMs: 60_000 });
    assert.deepEqual(
      next.map(({ incidentId }) => incidentId),
      ["i2"],
    );
    one.setTime(T0 + 30_000);
    await watch(one, "i4", { at: T0 + 30_000 });
    const [later] = await one.claimDue({ limit: 1, leaseMs: 60_000 });
    assert.equal(later?.incidentId, "i4", "whoever is silent for some seconds holds nothing");
  });

  test("replicas that claim at the same time never get the same row, and together get all", async (t) => {
    const stores = await replicas(t, 4);
    const [first] = stores;
    assert.ok(first !== undefined);
    for (let n = 0; n < 60; n += 1) {
      await watch(first, `i${n}`, { notices: [{ kind: "incident" }, { kind: "diagnosis" }] });
    }
    const seen: number[] = [];
    const work = async (store: Store): Promise<void> => {
      // A replica that came too late for a row may find others at its next turn.
      for (let idle = 0; idle < 20; ) {
        const rows = await store.claimDue({ limit: 3, leaseMs: 60_000 });
        idle = rows.length === 0 ? idle + 1 : 0;
        for (const row of rows) {
          seen.push(row.id);
          await store.finish(row);
        }
      }
    };
    await Promise.all(stores.map(work));
    assert.equal(seen.length, 120);
    assert.equal(new Set(seen).size, 120);
  });

  test("a replica that begins to post while another writes a change shows it", async (t) => {
    const address = await fresh(t);
    const { store: writer } = await openStore(t, address);
    const { store: poster } = await openStore(t, address);
    await watch(writer, "i1", { notices: [{ kind: "incident" }] });
    const body = notification([firing("b")], { groupKey: "i1" });

    // The writer is stopped between finding that its edit coalesces and its commit.
    const gate = await closeGate(t, address);
    const writing = watch(writer, "x", {
      body,
      at: T0 + HOUR,
      notices: [{ kind: "incident" }, { kind: "resolved" }],
    });
    await gate.isWaitedFor();
    assert.deepEqual(await claim(poster, T0 + HOUR), [], "the edit is not begun meanwhile");
    await gate.open();
    await writing;
    assert.equal((await claimOne(poster, T0 + HOUR)).notice.kind, "incident");
    const shown = await poster.incident("i1");
    assert.ok(shown?.alerts.some(({ fingerprint }) => fingerprint === "b"));
  });

  test("leases of a replica that may be alive are not taken back at a start", async (t) => {
    const [one, other] = await replicas(t, 2);
    assert.ok(one !== undefined && other !== undefined);
    await watch(one, "i1");
    await one.claimDue({ limit: 1, leaseMs: 60_000 });
    await other.recover();
    assert.deepEqual(await other.claimDue({ limit: 1, leaseMs: 60_000 }), []);
  });

  test("a server that crashes under traffic ends no replica, and loses nothing that was answered", async (t) => {
    const stores = await replicas(t, 2);
    const stored: string[] = [];
    let isOver = false;
    let isBack: Promise<void> | undefined;
    const send = async (store: Store, name: string): Promise<void> => {
      for (let n = 0; !isOver; n += 1) {
        const id = `${name}.${n}`;
        const outcome = await watch(store, id).catch(() => undefined);
        if (outcome !== undefined) stored.push(outcome.incident.id);
        else await isBack;
      }
    };
    const sending = stores.flatMap((store, index) =>
      [1, 2, 3, 4].map((sender) => send(store, `${index}.${sender}`)),
    );
    await until(() => stored.length > 20);
    isBack = cluster?.crash();
    await isBack;
    const before = stored.length;
    await until(() => stored.length > before + 20);
    isOver = true;
    await Promise.all(sending);
    const [store] = stores;
    for (const id of stored) assert.equal((await store?.incident(id))?.id, id);
  });

  test("a server that crashed is found again, with everything, by the bot that ran on", async (t) => {
    const { store, database } = await openStore(t, await fresh(t));
    await watch(store, "i1");
    await cluster?.crash();
    // The connections of before are broken; the pool learns that by using or losing them.
    await assert.doesNotReject(async () => {
      for (let attempt = 0; attempt < 5; attempt += 1) {
        if ((await store.incident("i1").catch(() => undefined)) !== undefined) return;
      }
      throw new Error("it was not found again");
    });
    assert.equal(await countOf(database, "incidents"), 1);
  });
});

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await sleep(10);
}

interface Gate {
  /** Resolves when a statement waits for it. */
  isWaitedFor(): Promise<void>;
  open(): Promise<void>;
}

/** What is to be inserted into the outbox waits until the gate is opened. */
async function closeGate(t: TestContext, address: StoreAddress): Promise<Gate> {
  assert.ok(address.engine === "postgres");
  const client = new pg.Client({ connectionString: address.url });
  await client.connect();
  t.after(() => client.end());
  await client.query(`
    create function gate() returns trigger language plpgsql as
    $$ begin perform pg_advisory_xact_lock(42); return new; end $$`);
  await client.query(
    "create trigger gate before insert on outbox for each row execute function gate()",
  );
  await client.query("select pg_advisory_lock(42)");
  return {
    async isWaitedFor() {
      for (;;) {
        const { rows } = await client.query("select 1 from pg_locks where not granted");
        if (rows.length > 0) return;
        await sleep(10);
      }
    },
    async open() {
      await client.query("select pg_advisory_unlock(42)");
    },
  };
}

for (const host of ["127.0.0.1", "localhost"]) {
  test(`a server that is not there at ${host} is named without its password`, async () => {
    const url = `postgres://bot:hunter2@${host}:1/bot`;
    await assert.rejects(openDatabase({ engine: "postgres", url }), (error: Error) => {
      assert.equal(error.message, `cannot open the store ${host}:1`);
      assert.match((error.cause as Error).message, /ECONNREFUSED/);
      assert.doesNotMatch(`${error.stack} ${String((error.cause as Error).stack)}`, /hunter2/);
      return true;
    });
  });
}

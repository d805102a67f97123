/** What every store must do, whichever database keeps it; run against each of them. */

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { type TestContext, test } from "node:test";
import type { Notification } from "../../../src/alerts/alert.ts";
import type { StoreAddress } from "../../../src/config.ts";
import { type Database, openDatabase } from "../../../src/edges/store/database.ts";
import { createIncidentStore } from "../../../src/edges/store/incident-store.ts";
import type { OutboxRow } from "../../../src/flows/ports.ts";
import {
  applyNotification,
  type Outcome,
  type Saying,
} from "../../../src/incidents/apply-notification.ts";
import type { Incident } from "../../../src/incidents/incident.ts";
import { firing, HOUR, notification, resolved, SECOND, T0 } from "../../incidents/notifications.ts";

export type Store = ReturnType<typeof createIncidentStore>;

/** Gives a place where nothing was stored yet; it is gone after the test. */
export type FreshAddress = (t: TestContext) => StoreAddress | Promise<StoreAddress>;

const LEASE_MS = 60 * SECOND;
const DAY = 24 * HOUR;

export async function openStore(
  t: TestContext,
  address: StoreAddress,
): Promise<{ store: Store; database: Database; close: () => Promise<void> }> {
  const database = await openDatabase(address);
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closing ??= database.close();
    return closing;
  };
  t.after(close);
  return { store: createIncidentStore(database), database, close };
}

/** A group of alerts arrives; without sayings those that follow from it are said. */
export function hear(
  store: Store,
  id: string,
  { at = T0, body = notification([firing("a")], { groupKey: id }), ...rest }: Heard = {},
): Promise<Outcome> {
  return store.apply(body, at, (latest) => {
    const channel = rest.channel ?? "C1";
    const outcome = applyNotification(latest, body, { id, channel, nowMs: at });
    return rest.sayings === undefined ? outcome : { ...outcome, sayings: rest.sayings };
  });
}

interface Heard {
  readonly at?: number;
  readonly body?: Notification;
  readonly channel?: string;
  readonly sayings?: readonly Saying[];
}

const THREE: readonly Saying[] = [
  { kind: "incident" },
  { kind: "runbook", alert: "A", fingerprint: "a" },
  { kind: "health" },
];
const ONE: readonly Saying[] = [{ kind: "incident" }];

function claim(store: Store, at: number, { limit = 10, except = [] as string[] } = {}) {
  return store.claimDue({ nowMs: at, limit, leaseMs: LEASE_MS, except });
}

/** Takes the only row that is due. */
async function claimOne(store: Store, at: number): Promise<OutboxRow> {
  const [row, ...others] = await claim(store, at);
  assert.ok(row !== undefined, "nothing is due");
  assert.deepEqual(others, []);
  return row;
}

function kindsOf(rows: readonly OutboxRow[]): string[] {
  return rows.map(({ incidentId, saying }) => `${incidentId} ${saying.kind}`);
}

/** Says everything that is due, and returns it in order. */
async function drain(store: Store, at: number): Promise<string[]> {
  const said: string[] = [];
  for (let rows = await claim(store, at); rows.length > 0; rows = await claim(store, at)) {
    said.push(...kindsOf(rows));
    for (const { id } of rows) await store.finish(id);
  }
  return said;
}

export function storeContract(fresh: FreshAddress): void {
  const setUp = async (t: TestContext) => openStore(t, await fresh(t));

  test("an incident comes back as it was written, whatever stands in it", async (t) => {
    const { store } = await setUp(t);
    const strange =
      "NUL \u0000, half \uD83D, turned \u202E, emoji 👩‍👩‍👧, 'quotes\" \\ $\u007Bx} %s $1";
    const labels = { alertname: strange, [strange]: "x".repeat(10_000) };
    const body = notification([firing("a", { labels, annotations: labels })], {
      groupKey: strange,
      groupLabels: labels,
    });
    const { incident } = await hear(store, "i1", { body });
    assert.deepEqual(await store.incident("i1"), incident);
    assert.equal(await store.incident("i2"), undefined);
    const again = await hear(store, "i2", { body, at: T0 + 1 });
    assert.equal(again.reason, "unchanged");
  });

  test("a group's key may be of any length, and groups are told apart by all of it", async (t) => {
    const { store } = await setUp(t);
    // Of random letters, for what repeats itself is packed before it is measured.
    const long = randomBytes(50_000).toString("base64");
    for (const [index, groupKey] of [`${long}a`, `${long}b`].entries()) {
      const body = notification([firing("a")], { groupKey });
      assert.equal((await hear(store, `i${index}`, { body })).reason, "opened");
      assert.equal((await hear(store, "other", { body, at: T0 + 1 })).reason, "unchanged");
    }
  });

  test("a group's latest incident is the one that is decided about", async (t) => {
    const { store } = await setUp(t);
    const seen: (Incident | undefined)[] = [];
    const body = notification([firing("a")]);
    const over = notification([resolved("a")]);
    for (const [index, each] of [body, over, body].entries()) {
      const nowMs = T0 + index * 5 * HOUR;
      await store.apply(each, nowMs, (latest) => {
        seen.push(latest);
        return applyNotification(latest, each, { id: `i${index}`, channel: "C1", nowMs });
      });
    }
    assert.deepEqual(
      seen.map((incident) => incident && [incident.id, incident.status]),
      [undefined, ["i0", "firing"], ["i0", "resolved"]],
    );
    await store.apply(over, T0 + 11 * HOUR, (latest) => {
      assert.equal(latest?.id, "i2");
      return { reason: "unchanged", incident: latest, sayings: [] };
    });
  });

  test("a decision that throws leaves nothing behind", async (t) => {
    const { store, database } = await setUp(t);
    const body = notification([firing("a")]);
    const failing = store.apply(body, T0, () => {
      throw new Error("no decision");
    });
    await assert.rejects(failing, /no decision/);
    assert.equal(await countOf(database, "notifications"), 0);
    assert.equal((await hear(store, "i1", { body })).reason, "opened");
  });

  test("a notification, its incident and what must be said are written together or not at all", async (t) => {
    const { store, database } = await setUp(t);
    // The third row cannot be written, when the two before it already are.
    const broken = { kind: "runbook", alert: 1n } as unknown as Saying;
    await assert.rejects(hear(store, "i1", { sayings: [...THREE, broken] }), TypeError);
    for (const table of ["notifications", "incidents", "outbox"] as const) {
      assert.equal(await countOf(database, table), 0, table);
    }
  });

  test("copies that say nothing new are kept as notifications only", async (t) => {
    const { store, database } = await setUp(t);
    await hear(store, "i1", { sayings: ONE });
    await hear(store, "i2", { at: T0 + 1, body: notification([firing("a")], { groupKey: "i1" }) });
    assert.equal(await countOf(database, "notifications"), 2);
    assert.equal(await countOf(database, "incidents"), 1);
    assert.deepEqual(await drain(store, T0 + 1), ["i1 incident"]);
  });

  test("copies that arrive at the same moment open one incident", async (t) => {
    const { store } = await setUp(t);
    const body = notification([firing("a")]);
    const outcomes = await Promise.all(
      ["i1", "i2", "i3", "i4", "i5"].map((id) => hear(store, id, { body })),
    );
    assert.deepEqual(outcomes.map(({ reason }) => reason).toSorted(), [
      "opened",
      "unchanged",
      "unchanged",
      "unchanged",
      "unchanged",
    ]);
    assert.equal(new Set(outcomes.map(({ incident }) => incident.id)).size, 1);
  });

  test("5,000 alerts are one incident", async (t) => {
    const { store } = await setUp(t);
    const alerts = Array.from({ length: 5_000 }, (_, n) => firing(`f${n}`));
    await hear(store, "i1", { body: notification(alerts) });
    assert.equal((await store.incident("i1"))?.alerts.length, 5_000);
  });

  test("the message's timestamp is remembered through later states, and can be forgotten", async (t) => {
    const { store } = await setUp(t);
    await hear(store, "i1");
    await store.setMessageTs("i1", "1700000000.000100");
    const body = notification([firing("a"), firing("b")], { groupKey: "i1" });
    const { incident } = await hear(store, "x", { body, at: T0 + HOUR });
    assert.equal(incident.messageTs, "1700000000.000100");
    assert.equal((await store.incident("i1"))?.messageTs, "1700000000.000100");
    await store.setMessageTs("i1", undefined);
    assert.equal((await store.incident("i1"))?.messageTs, undefined);
  });

  test("a message that is posted while its group changes keeps its timestamp", async (t) => {
    const { store } = await setUp(t);
    await hear(store, "i1");
    const body = notification([firing("a"), firing("b")], { groupKey: "i1" });
    await Promise.all([
      hear(store, "x", { body, at: T0 + HOUR }),
      store.setMessageTs("i1", "1.5"),
      hear(store, "x", { body: { ...body, alerts: [firing("c")] }, at: T0 + 2 * HOUR }),
    ]);
    assert.equal((await store.incident("i1"))?.messageTs, "1.5");
  });

  test("what must be said is claimed in order, one row of an incident at a time", async (t) => {
    const { store } = await setUp(t);
    await hear(store, "i1", { sayings: THREE });
    const first = await claimOne(store, T0);
    assert.deepEqual(
      { ...first, id: typeof first.id },
      {
        id: "number",
        key: `i1.${first.id}`,
        incidentId: "i1",
        channel: "C1",
        saying: { kind: "incident" },
        attempts: 0,
        isAmbiguous: false,
        createdAt: T0,
      },
    );
    assert.deepEqual(await claim(store, T0), [], "the others wait for the first");
    await store.finish(first.id);
    const second = await claimOne(store, T0);
    assert.deepEqual(second.saying, THREE[1]);
    assert.notEqual(second.key, first.key);
  });

  test("a row that is postponed holds up its incident, and no other", async (t) => {
    const { store } = await setUp(t);
    await hear(store, "i1", { sayings: THREE });
    await hear(store, "i2", { sayings: THREE });
    const [one, other] = await claim(store, T0);
    assert.ok(one !== undefined && other !== undefined);
    await store.postpone(one, { dueAt: T0 + 10 * SECOND, isAmbiguous: false });
    await store.finish(other.id);
    assert.deepEqual(await drain(store, T0 + 9 * SECOND), ["i2 runbook", "i2 health"]);
    assert.deepEqual(await drain(store, T0 + 10 * SECOND), [
      "i1 incident",
      "i1 runbook",
      "i1 health",
    ]);
  });

  test("the oldest rows are claimed first, as many as asked for", async (t) => {
    const { store } = await setUp(t);
    for (let n = 1; n <= 5; n += 1) await hear(store, `i${n}`, { sayings: ONE });
    const first = await claim(store, T0, { limit: 2 });
    const rest = await claim(store, T0, { limit: 9 });
    assert.deepEqual(kindsOf([...first, ...rest]), [
      "i1 incident",
      "i2 incident",
      "i3 incident",
      "i4 incident",
      "i5 incident",
    ]);
    assert.equal(first.length, 2);
  });

  test("rows of channels that must wait are passed over", async (t) => {
    const { store } = await setUp(t);
    await hear(store, "i1", { sayings: ONE, channel: "C1" });
    await hear(store, "i2", { sayings: ONE, channel: "C2", at: T0 + 5 });
    await hear(store, "i3", { sayings: ONE, channel: "C3", at: T0 + 7 });
    assert.equal(await store.nextDue(["C1"]), T0 + 5);
    assert.equal(await store.nextDue(["C1", "C2", "C3"]), undefined);
    const rows = await claim(store, T0 + 9, { except: ["C1", "C3"] });
    assert.deepEqual(kindsOf(rows), ["i2 incident"]);
  });

  test("a row is not due before its time", async (t) => {
    const { store } = await setUp(t);
    await hear(store, "i1", { at: T0 + 5 });
    assert.deepEqual(await claim(store, T0 + 4), []);
    assert.equal(await store.nextDue(), T0 + 5);
    assert.equal((await claim(store, T0 + 5)).length, 1);
  });

  test("the next row falls due when its lease ends or its time comes, and never when there is none", async (t) => {
    const { store } = await setUp(t);
    assert.equal(await store.nextDue(), undefined);
    await hear(store, "i1", { sayings: ONE });
    const row = await claimOne(store, T0);
    assert.equal(await store.nextDue(), T0 + LEASE_MS);
    await store.postpone(row, { dueAt: T0 + 2 * HOUR, isAmbiguous: false });
    assert.equal(await store.nextDue(), T0 + 2 * HOUR);
    await hear(store, "i2", { sayings: ONE, at: T0 + HOUR });
    assert.equal(await store.nextDue(), T0 + HOUR);
    await store.finish((await claimOne(store, T0 + HOUR)).id);
    await store.finish((await claimOne(store, T0 + 2 * HOUR)).id);
    assert.equal(await store.nextDue(), undefined);
  });

  test("edits coalesce while nobody has begun: the row will show the latest state", async (t) => {
    const { store } = await setUp(t);
    const later = (n: number, sayings: readonly Saying[]) =>
      hear(store, "x", {
        at: T0 + n * HOUR,
        body: notification([firing("a"), firing(`b${n}`)], { groupKey: "i1" }),
        sayings,
      });
    await hear(store, "i1", { sayings: THREE });
    await later(1, ONE);
    await later(2, [{ kind: "incident" }, { kind: "resolved" }]);
    const first = await claimOne(store, T0 + 2 * HOUR);
    assert.equal(first.saying.kind, "incident");
    await later(3, ONE);
    await later(4, ONE);
    await store.finish(first.id);
    assert.deepEqual(await drain(store, T0 + 4 * HOUR), [
      "i1 runbook",
      "i1 health",
      "i1 resolved",
      // The first was under way, so it may have shown an older state: one more, but only one.
      "i1 incident",
    ]);
  });

  test("edits coalesce with one that was postponed, for it reads the state anew", async (t) => {
    const { store } = await setUp(t);
    await hear(store, "i1", { sayings: ONE });
    const row = await claimOne(store, T0);
    await store.postpone(row, { dueAt: T0 + SECOND, isAmbiguous: true });
    const body = notification([firing("b")], { groupKey: "i1" });
    await hear(store, "x", { at: T0 + HOUR, body, sayings: ONE });
    assert.deepEqual(await drain(store, T0 + HOUR), ["i1 incident"]);
  });

  test("edits of different incidents do not coalesce", async (t) => {
    const { store } = await setUp(t);
    await hear(store, "i1", { sayings: ONE });
    await hear(store, "i2", { sayings: ONE });
    assert.deepEqual(await drain(store, T0), ["i1 incident", "i2 incident"]);
  });

  test("a row belongs to its worker until the lease ends; then its fate is in doubt", async (t) => {
    const { store } = await setUp(t);
    await hear(store, "i1", { sayings: ONE });
    const first = await claimOne(store, T0);
    assert.deepEqual(await claim(store, T0 + LEASE_MS - 1), []);
    const second = await claimOne(store, T0 + LEASE_MS);
    assert.deepEqual(
      [second.id, second.key, second.attempts, second.isAmbiguous],
      [first.id, first.key, 1, true],
    );
  });

  test("an attempt whose outcome is known leaves no doubt, whatever was before it", async (t) => {
    const { store } = await setUp(t);
    await hear(store, "i1", { sayings: ONE });
    const seen: [number, boolean][] = [];
    for (const isAmbiguous of [false, true, true, false, true]) {
      const row = await claimOne(store, T0);
      seen.push([row.attempts, row.isAmbiguous]);
      await store.postpone(row, { dueAt: T0, isAmbiguous });
    }
    const last = await claimOne(store, T0);
    assert.deepEqual(
      [...seen, [last.attempts, last.isAmbiguous]],
      [
        [0, false],
        [1, false],
        [2, true],
        [3, true],
        [4, false],
        [5, true],
      ],
    );
  });

  test("a worker whose lease has ended cannot settle the next one's attempt", async (t) => {
    const { store } = await setUp(t);
    await hear(store, "i1", { sayings: ONE });
    const slow = await claimOne(store, T0);
    const next = await claimOne(store, T0 + LEASE_MS);
    await store.postpone(slow, { dueAt: T0, isAmbiguous: false });
    assert.deepEqual(await claim(store, T0 + LEASE_MS + 1), [], "it is still the next one's");
    await store.postpone(next, { dueAt: T0, isAmbiguous: true });
    assert.equal((await claimOne(store, T0 + LEASE_MS + 1)).isAmbiguous, true);
  });

  test("finishing twice, or what is not there, does no harm", async (t) => {
    const { store } = await setUp(t);
    await hear(store, "i1", { sayings: THREE });
    const row = await claimOne(store, T0);
    await store.finish(row.id);
    await store.finish(row.id);
    await store.finish(987_654);
    await store.setMessageTs("nobody", "1.2");
    assert.deepEqual(await drain(store, T0), ["i1 runbook", "i1 health"]);
  });

  test("notifications of 30 days are kept; older ones go as new ones come, and when asked", async (t) => {
    const { store, database } = await setUp(t);
    for (const day of [0, 1, 29]) await hear(store, `i${day}`, { at: T0 + day * DAY });
    assert.equal(await countOf(database, "notifications"), 3);
    await hear(store, "i31", { at: T0 + 31 * DAY - 1 });
    assert.equal(await countOf(database, "notifications"), 3, "the first is gone");
    assert.equal(await store.prune(T0 + 60 * DAY), 2);
    assert.equal(await countOf(database, "notifications"), 1);
    assert.equal((await store.incident("i0"))?.id, "i0", "incidents stay");
  });
}

/** What a store must do whose place outlives the process. */
export function lastingStoreContract(fresh: FreshAddress): void {
  test("everything is there after a restart", async (t) => {
    const address = await fresh(t);
    const before = await openStore(t, address);
    const { incident } = await hear(before.store, "i1", { sayings: THREE });
    await before.store.setMessageTs("i1", "1.2");
    const row = await claimOne(before.store, T0);
    await before.store.postpone(row, { dueAt: T0 + SECOND, isAmbiguous: true });
    await before.close();

    const { store } = await openStore(t, address);
    assert.deepEqual(await store.incident("i1"), { ...incident, messageTs: "1.2" });
    const again = await hear(store, "i2", {
      at: T0 + 1,
      body: notification([firing("a")], { groupKey: "i1" }),
    });
    assert.equal(again.reason, "unchanged");
    assert.equal((await claimOne(store, T0 + SECOND)).isAmbiguous, true);
  });
}

export async function countOf(
  { sql }: Database,
  table: "notifications" | "incidents" | "outbox",
): Promise<number> {
  const { count } = await sql
    .selectFrom(table)
    .select((row) => row.fn.countAll().as("count"))
    .executeTakeFirstOrThrow();
  return Number(count);
}

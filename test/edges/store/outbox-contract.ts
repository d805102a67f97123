/** What every store must do with what is to be said. */

import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import type { Notice } from "../../../src/incidents/notice.ts";
import { PRIORITY } from "../../../src/incidents/notice-priority.ts";
import { firing, HOUR, MINUTE, notification, SECOND, T0 } from "../../incidents/notifications.ts";
import {
  claim,
  claimOne,
  drain,
  dueFrom,
  type FreshAddress,
  kindsOf,
  LEASE_MS,
  ONE,
  openStore,
  THREE,
  watch,
} from "./stores.ts";

/** Run against each database. */
export function outboxContract(fresh: FreshAddress): void {
  const setUp = async (t: TestContext) => openStore(t, await fresh(t));

  test("what must be said is claimed in order, one row of an incident at a time", async (t) => {
    const { store } = await setUp(t);
    await watch(store, "i1", { notices: THREE });
    const first = await claimOne(store, T0);
    assert.deepEqual(
      { ...first, id: typeof first.id },
      {
        id: "number",
        key: first.key,
        incidentId: "i1",
        channel: "C1",
        notice: { kind: "incident" },
        priority: PRIORITY.first + 5,
        attempts: 0,
        isAmbiguous: false,
        createdAt: T0,
        sharers: 1,
      },
    );
    assert.deepEqual(await claim(store, T0), [], "the others wait for the first");
    await store.finish(first);
    const second = await claimOne(store, T0);
    assert.deepEqual(second.notice, THREE[1]);
    assert.notEqual(second.key, first.key);
  });

  test("a row that is postponed holds up its incident, and no other", async (t) => {
    const { store } = await setUp(t);
    await watch(store, "i1", { notices: THREE });
    await watch(store, "i2", { notices: THREE });
    const [one, other] = await claim(store, T0);
    assert.ok(one !== undefined && other !== undefined);
    await store.postpone(one, { afterMs: 10 * SECOND, isAmbiguous: false });
    await store.finish(other);
    assert.deepEqual(await drain(store, T0 + 9 * SECOND), ["i2 runbook", "i2 diagnosis"]);
    assert.deepEqual(await drain(store, T0 + 10 * SECOND), [
      "i1 incident",
      "i1 runbook",
      "i1 diagnosis",
    ]);
  });

  test("the oldest rows are claimed first, as many as asked for", async (t) => {
    const { store } = await setUp(t);
    for (let n = 1; n <= 5; n += 1) await watch(store, `i${n}`, { notices: ONE });
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
    await watch(store, "i1", { notices: ONE, channel: "C1" });
    await watch(store, "i2", { notices: ONE, channel: "C2", at: T0 + 5 });
    await watch(store, "i3", { notices: ONE, channel: "C3", at: T0 + 7 });
    assert.equal(await dueFrom(store, T0 + 7, ["C1"]), T0 + 7);
    assert.equal(await dueFrom(store, T0 + 7, ["C1", "C2", "C3"]), undefined);
    const rows = await claim(store, T0 + 9, { except: ["C1", "C3"] });
    assert.deepEqual(kindsOf(rows), ["i2 incident"]);
  });

  test("a row is not due before its time", async (t) => {
    const { store } = await setUp(t);
    await watch(store, "i1", { notices: ONE });
    await store.postpone(await claimOne(store, T0), { afterMs: 5, isAmbiguous: false });
    assert.deepEqual(await claim(store, T0 + 4), []);
    assert.equal(await dueFrom(store, T0 + 4), T0 + 5);
    assert.equal((await claim(store, T0 + 5)).length, 1);
  });

  test("the next row falls due when its lease ends or its time comes, and never when there is none", async (t) => {
    const { store } = await setUp(t);
    assert.equal(await dueFrom(store, T0), undefined);
    await watch(store, "i1", { notices: ONE });
    const row = await claimOne(store, T0);
    assert.equal(await dueFrom(store, T0), T0 + LEASE_MS);
    await store.postpone(row, { afterMs: 10 * MINUTE, isAmbiguous: false });
    assert.equal(await dueFrom(store, T0), T0 + 10 * MINUTE);
    await watch(store, "i2", { notices: ONE, at: T0 + MINUTE });
    assert.equal(await dueFrom(store, T0 + MINUTE), T0 + MINUTE);
    await store.finish(await claimOne(store, T0 + MINUTE));
    await store.finish(await claimOne(store, T0 + 10 * MINUTE));
    assert.equal(await dueFrom(store, T0 + HOUR), undefined);
  });

  test("edits coalesce while nobody has begun: the row will show the latest state", async (t) => {
    const { store } = await setUp(t);
    const later = (n: number, notices: readonly Notice[]) =>
      watch(store, "x", {
        at: T0 + n * HOUR,
        body: notification([firing("a"), firing(`b${n}`)], { groupKey: "i1" }),
        notices,
      });
    await watch(store, "i1", { notices: THREE });
    await later(1, ONE);
    await later(2, [{ kind: "incident" }, { kind: "resolved" }]);
    const first = await claimOne(store, T0 + 2 * HOUR);
    assert.equal(first.notice.kind, "incident");
    await later(3, ONE);
    await later(4, ONE);
    await store.finish(first);
    assert.deepEqual(await drain(store, T0 + 4 * HOUR), [
      "i1 runbook",
      "i1 diagnosis",
      "i1 resolved",
      // The first was under way, so it may have shown an older state: one more, but only one.
      "i1 incident",
    ]);
  });

  test("edits coalesce with one that was postponed, for it reads the state anew", async (t) => {
    const { store } = await setUp(t);
    await watch(store, "i1", { notices: ONE });
    const row = await claimOne(store, T0);
    await store.postpone(row, { afterMs: SECOND, isAmbiguous: true });
    const body = notification([firing("b")], { groupKey: "i1" });
    await watch(store, "x", { at: T0 + HOUR, body, notices: ONE });
    assert.deepEqual(await drain(store, T0 + HOUR), ["i1 incident"]);
  });

  test("edits of different incidents do not coalesce", async (t) => {
    const { store } = await setUp(t);
    await watch(store, "i1", { notices: ONE });
    await watch(store, "i2", { notices: ONE });
    assert.deepEqual(await drain(store, T0), ["i1 incident", "i2 incident"]);
  });

  test("a row belongs to its worker until the lease ends; then its fate is in doubt", async (t) => {
    const { store } = await setUp(t);
    await watch(store, "i1", { notices: ONE });
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
    await watch(store, "i1", { notices: ONE });
    const seen: [number, boolean][] = [];
    for (const isAmbiguous of [false, true, true, false, true]) {
      const row = await claimOne(store, T0);
      seen.push([row.attempts, row.isAmbiguous]);
      await store.postpone(row, { afterMs: 0, isAmbiguous });
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
    await watch(store, "i1", { notices: ONE });
    const slow = await claimOne(store, T0);
    const next = await claimOne(store, T0 + LEASE_MS);
    await store.postpone(slow, { afterMs: 0, isAmbiguous: false });
    assert.deepEqual(await claim(store, T0 + LEASE_MS + 1), [], "it is still the next one's");
    await store.postpone(next, { afterMs: 0, isAmbiguous: true });
    assert.equal((await claimOne(store, T0 + LEASE_MS + 1)).isAmbiguous, true);
  });

  test("finishing twice, or what is not there, does no harm", async (t) => {
    const { store } = await setUp(t);
    await watch(store, "i1", { notices: THREE });
    const row = await claimOne(store, T0);
    await store.finish(row);
    await store.finish(row);
    await store.finish({ id: 987_654, attempts: 0 });
    await store.setMessageTs("nobody", "1.2");
    assert.deepEqual(await drain(store, T0), ["i1 runbook", "i1 diagnosis"]);
  });
}

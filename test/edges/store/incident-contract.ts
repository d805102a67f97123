/** What every store must do with incidents and notifications, whichever database keeps them. */

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { type TestContext, test } from "node:test";
import { applyNotification } from "../../../src/incidents/apply-notification.ts";
import type { Incident } from "../../../src/incidents/incident.ts";
import type { Notice } from "../../../src/incidents/notice.ts";
import { firing, HOUR, notification, resolved, SECOND, T0 } from "../../incidents/notifications.ts";
import {
  claimOne,
  countOf,
  drain,
  type FreshAddress,
  ONE,
  openStore,
  THREE,
  watch,
} from "./stores.ts";

/** Run against each database. */
export function incidentContract(fresh: FreshAddress): void {
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
    const { incident } = await watch(store, "i1", { body });
    assert.deepEqual(await store.incident("i1"), incident);
    assert.equal(await store.incident("i2"), undefined);
    const again = await watch(store, "i2", { body, at: T0 + 1 });
    assert.equal(again.reason, "unchanged");
  });

  test("a group's key may be of any length, and groups are told apart by all of it", async (t) => {
    const { store } = await setUp(t);
    // Of random letters, for what repeats itself is packed before it is measured.
    const long = randomBytes(50_000).toString("base64");
    for (const [index, groupKey] of [`${long}a`, `${long}b`].entries()) {
      const body = notification([firing("a")], { groupKey });
      assert.equal((await watch(store, `i${index}`, { body })).reason, "opened");
      assert.equal((await watch(store, "other", { body, at: T0 + 1 })).reason, "unchanged");
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
      return { reason: "unchanged", incident: latest, notices: [] };
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
    assert.equal((await watch(store, "i1", { body })).reason, "opened");
  });

  test("a notification, its incident and what must be said are written together or not at all", async (t) => {
    const { store, database } = await setUp(t);
    // The third row cannot be written, when the two before it already are.
    const broken = { kind: "runbook", alert: 1n } as unknown as Notice;
    await assert.rejects(watch(store, "i1", { notices: [...THREE, broken] }), TypeError);
    for (const table of ["notifications", "incidents", "outbox"] as const) {
      assert.equal(await countOf(database, table), 0, table);
    }
  });

  test("copies that say nothing new are kept as notifications only", async (t) => {
    const { store, database } = await setUp(t);
    await watch(store, "i1", { notices: ONE });
    await watch(store, "i2", { at: T0 + 1, body: notification([firing("a")], { groupKey: "i1" }) });
    assert.equal(await countOf(database, "notifications"), 2);
    assert.equal(await countOf(database, "incidents"), 1);
    assert.deepEqual(await drain(store, T0 + 1), ["i1 incident"]);
  });

  test("copies that arrive at the same moment open one incident", async (t) => {
    const { store } = await setUp(t);
    const body = notification([firing("a")]);
    const outcomes = await Promise.all(
      ["i1", "i2", "i3", "i4", "i5"].map((id) => watch(store, id, { body })),
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
    await watch(store, "i1", { body: notification(alerts) });
    assert.equal((await store.incident("i1"))?.alerts.length, 5_000);
  });

  test("the message's timestamp is remembered through later states, and can be forgotten", async (t) => {
    const { store } = await setUp(t);
    await watch(store, "i1");
    await store.setMessageTs("i1", "1700000000.000100");
    const body = notification([firing("a"), firing("b")], { groupKey: "i1" });
    const { incident } = await watch(store, "x", { body, at: T0 + HOUR });
    assert.equal(incident.messageTs, "1700000000.000100");
    assert.equal((await store.incident("i1"))?.messageTs, "1700000000.000100");
    await store.setMessageTs("i1", undefined);
    assert.equal((await store.incident("i1"))?.messageTs, undefined);
  });

  test("a message that is posted while its group changes keeps its timestamp", async (t) => {
    const { store } = await setUp(t);
    await watch(store, "i1");
    const body = notification([firing("a"), firing("b")], { groupKey: "i1" });
    await Promise.all([
      watch(store, "x", { body, at: T0 + HOUR }),
      store.setMessageTs("i1", "1.5"),
      watch(store, "x", { body: { ...body, alerts: [firing("c")] }, at: T0 + 2 * HOUR }),
    ]);
    assert.equal((await store.incident("i1"))?.messageTs, "1.5");
  });
}

/** What a store must do whose place outlives the process. */
export function lastingContract(fresh: FreshAddress): void {
  test("everything is there after a restart", async (t) => {
    const address = await fresh(t);
    const before = await openStore(t, address);
    const { incident } = await watch(before.store, "i1", { notices: THREE });
    await before.store.setMessageTs("i1", "1.2");
    const row = await claimOne(before.store, T0);
    await before.store.postpone(row, { afterMs: SECOND, isAmbiguous: true });
    await before.store.release();
    await before.close();

    const { store } = await openStore(t, address);
    assert.deepEqual(await store.incident("i1"), { ...incident, messageTs: "1.2" });
    const again = await watch(store, "i2", {
      at: T0 + 1,
      body: notification([firing("a")], { groupKey: "i1" }),
    });
    assert.equal(again.reason, "unchanged");
    assert.equal((await claimOne(store, T0 + SECOND)).isAmbiguous, true);
  });
}

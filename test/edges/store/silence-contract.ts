/** What every store must tell of past alerts, and keep of changes that concern no incident. */

import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { pastAlerts } from "../../../src/edges/store/past-alerts.ts";
import { firing, HOUR, notification, resolved, T0 } from "../../incidents/notifications.ts";
import { type FreshAddress, openStore, watch } from "./stores.ts";

/** Run against each database. */
export function silenceContract(fresh: FreshAddress): void {
  const setUp = async (t: TestContext) => openStore(t, await fresh(t));

  test("each past alert of each incident is told once, over every notification of that time", async (t) => {
    const { store } = await setUp(t);
    const group = (...alerts: Parameters<typeof notification>[0]) =>
      notification(alerts, { groupKey: "g" });
    await watch(store, "old", {
      at: T0 - 10 * HOUR,
      body: notification([firing("z")], { groupKey: "o" }),
    });
    await watch(store, "i1", { body: group(firing("a"), firing("b")) });
    await watch(store, "x", { at: T0 + HOUR, body: group(resolved("a"), resolved("b")) });
    // A new incident of the same group, with an alert that the first one had.
    await watch(store, "i2", { at: T0 + 5 * HOUR, body: group(firing("a")) });
    const { alerts, isComplete } = await store.pastAlerts(T0);
    assert.equal(isComplete, true);
    assert.deepEqual(
      alerts.map(({ incidentId, labels }) => `${incidentId} ${labels["alertname"]}`).toSorted(),
      ["i1 Alerta", "i1 Alertb", "i2 Alerta"],
    );
    assert.equal((await store.pastAlerts(T0 + 6 * HOUR)).alerts.length, 0);
  });

  test("past alerts are read through many notifications", async (t) => {
    const { store, database } = await setUp(t);
    for (let n = 0; n < 250; n += 1) {
      await watch(store, `i${n}`, { body: notification([firing(`f${n}`)], { groupKey: `g${n}` }) });
    }
    assert.equal((await store.pastAlerts(T0)).alerts.length, 250);
    const latest = await pastAlerts(database.sql, T0, 100);
    assert.deepEqual([latest.alerts.length, latest.isComplete], [100, false]);
    assert.ok(latest.alerts.some(({ incidentId }) => incidentId === "i249"));
  });

  test("what concerns no incident has a row in the audit log, too", async (t) => {
    const { store, database } = await setUp(t);
    await store.record({ who: "U1", action: "silence", detail: { id: "s1" } }, T0);
    const rows = await database.sql.selectFrom("audit").selectAll().execute();
    assert.deepEqual(
      rows.map(({ at, who, action, incident_id: incident, detail }) => [
        at,
        who,
        action,
        incident,
        detail,
      ]),
      [[T0, "U1", "silence", null, '{"id":"s1"}']],
    );
  });
}

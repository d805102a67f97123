/** What every store must do with what people and time do to incidents, and how it finds them again. */

import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import type { Alert } from "../../../src/alerts/alert.ts";
import { actOnIncident, passTime } from "../../../src/incidents/act-on-incident.ts";
import type { Incident } from "../../../src/incidents/incident.ts";
import { firing, HOUR, MINUTE, notification, resolved, T0 } from "../../incidents/notifications.ts";
import { drain, type FreshAddress, ONE, openStore, type Store, watch } from "./stores.ts";

const TIMES = { holdsMs: HOUR, remindAfterMs: 10 * MINUTE };

function acknowledge(store: Store, id: string, nowMs = T0 + MINUTE, by = "U1") {
  return store.change(id, nowMs, (incident) => {
    const outcome = actOnIncident(incident, { kind: "acknowledge", by }, { nowMs, times: TIMES });
    return "refused" in outcome ? undefined : outcome;
  });
}

/** Run against each database. */
export function peopleContract(fresh: FreshAddress): void {
  const setUp = async (t: TestContext) => openStore(t, await fresh(t));

  test("a change is written with what must be said of it and its row of the audit log", async (t) => {
    const { store } = await setUp(t);
    await watch(store, "i1", { notices: [] });
    const changed = await acknowledge(store, "i1");
    assert.equal(changed?.acknowledged?.by, "U1");
    assert.deepEqual(await store.incident("i1"), changed);
    assert.deepEqual(await drain(store, T0 + MINUTE), ["i1 incident", "i1 acknowledged"]);
    const [external, acted, ...others] = await store.timeline("i1", 10);
    assert.deepEqual(
      [external?.kind, acted?.kind, others],
      ["notification", "audit", []],
      "in order of time",
    );
    assert.ok(acted?.kind === "audit");
    assert.deepEqual([acted.who, acted.action, acted.at], ["U1", "acknowledge", T0 + MINUTE]);
  });

  test("a decision against a change, and an incident that is not there, change nothing", async (t) => {
    const { store } = await setUp(t);
    await watch(store, "i1", { notices: [] });
    assert.equal(await store.change("i1", T0, () => undefined), undefined);
    assert.equal(await acknowledge(store, "i2"), undefined);
    assert.deepEqual(await drain(store, T0 + HOUR), []);
    assert.equal((await store.timeline("i1", 10)).length, 1);
  });

  test("people who act at the same moment act one after the other", async (t) => {
    const { store } = await setUp(t);
    await watch(store, "i1");
    const seen: (string | undefined)[] = [];
    await Promise.all(
      ["U1", "U2", "U3"].map((by) =>
        store.change("i1", T0, (incident: Incident) => {
          seen.push(incident.acknowledged?.by);
          const acknowledged = { by, at: T0, until: T0 + HOUR };
          return { incident: { ...incident, acknowledged }, notices: [] };
        }),
      ),
    );
    assert.equal(new Set(seen).size, 3, "each saw what the one before had done");
  });

  test("an acknowledgement is not lost to a notification that comes in the same moment", async (t) => {
    const { store } = await setUp(t);
    for (let round = 0; round < 20; round += 1) {
      const id = `i${round}`;
      await watch(store, id, { notices: [] });
      const body = notification([firing("a"), firing("b")], { groupKey: id });
      await Promise.all([
        watch(store, "x", { body, at: T0 + MINUTE, notices: [] }),
        acknowledge(store, id),
        store.setMessageTs(id, `1.${round}`),
      ]);
      const incident = await store.incident(id);
      assert.equal(incident?.acknowledged?.by, "U1", id);
      assert.equal(incident.alerts.length, 2, id);
      assert.equal(incident.messageTs, `1.${round}`, id);
    }
  });

  test("what is due is found when it is due, and not after it was done", async (t) => {
    const { store } = await setUp(t);
    await watch(store, "i1");
    await watch(store, "i2");
    await acknowledge(store, "i1");
    assert.deepEqual(await store.dueIncidents(T0 + 10 * MINUTE, 10), []);
    const reminded = T0 + 11 * MINUTE;
    assert.deepEqual(await store.dueIncidents(reminded, 10), ["i1"]);
    await store.change("i1", reminded, (incident) => passTime(incident, reminded));
    assert.deepEqual(await store.dueIncidents(reminded, 10), []);
    const ended = T0 + HOUR + MINUTE;
    assert.deepEqual(await store.dueIncidents(ended, 10), ["i1"]);
    await store.change("i1", ended, (incident) => passTime(incident, ended));
    assert.deepEqual(await store.dueIncidents(ended + 10 * HOUR, 10), []);
  });

  test("an incident is found by its message, in its channel only", async (t) => {
    const { store } = await setUp(t);
    await watch(store, "i1", { channel: "C1" });
    await store.setMessageTs("i1", "17.1");
    assert.equal((await store.incidentAt("C1", "17.1"))?.id, "i1");
    assert.equal(await store.incidentAt("C2", "17.1"), undefined);
    assert.equal(await store.incidentAt("C1", "17.2"), undefined);
  });

  test("what fires is listed, changed last first, and what is over is not", async (t) => {
    const { store } = await setUp(t);
    for (const [index, id] of ["i1", "i2", "i3"].entries()) {
      await watch(store, id, { at: T0 + index * MINUTE });
    }
    const over = notification([resolved("a")], { groupKey: "i2" });
    await watch(store, "x", { body: over, at: T0 + HOUR });
    const ids = (incidents: readonly Incident[]) => incidents.map(({ id }) => id);
    assert.deepEqual(ids(await store.openIncidents(10)), ["i3", "i1"]);
    assert.deepEqual(ids(await store.openIncidents(1)), ["i3"]);
    assert.deepEqual(ids(await store.incidentsSince(T0 + 2 * MINUTE, 10)), ["i2", "i3"]);
  });

  test("incidents are found by any alert they ever had, whatever its name is", async (t) => {
    const { store } = await setUp(t);
    const strange = `NUL \u0000 ${"long ".repeat(2_000)}`;
    const named = (alertname: string) => ({ labels: { alertname } });
    const first = [firing("a", named(strange)), firing("b", named("Other"))];
    await watch(store, "i1", { body: notification(first, { groupKey: "i1" }) });
    const later = notification([firing("b", named("Other"))], { groupKey: "i1" });
    await watch(store, "x", { body: later, at: T0 + HOUR });
    for (const name of [strange, "Other"]) {
      assert.deepEqual(
        (await store.incidentsOf(name, 10)).map(({ id }) => id),
        ["i1"],
      );
    }
    assert.deepEqual(await store.incidentsOf("other", 10), []);
  });

  test("differences that nobody has told yet are told as one", async (t) => {
    const { store } = await setUp(t);
    await watch(store, "i1", { notices: ONE });
    const change = (alerts: readonly Alert[], at: number) =>
      watch(store, "x", { at, body: notification(alerts, { groupKey: "i1" }) });
    const [a, b, c] = ["a", "b", "c"].map((each) => firing(each));
    assert.ok(a !== undefined && b !== undefined && c !== undefined);
    await change([a, b], T0 + HOUR);
    await change([a, b, c], T0 + 2 * HOUR);
    await change([a, resolved("b"), c], T0 + 3 * HOUR);
    const rows = [];
    for (;;) {
      const [row] = await store.claimDue({ limit: 1, leaseMs: 1_000 });
      if (row === undefined) break;
      rows.push(row);
      await store.finish(row);
    }
    const differences = rows.filter(({ notice }) => notice.kind === "changed");
    assert.deepEqual(
      differences.map(({ notice }) => notice),
      [{ kind: "changed", added: ["c"], gone: [] }],
    );
  });
}

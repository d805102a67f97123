/**
 * Senders that give up between their body and the answer, at whatever moment: what was not answered is
 * sent again, as Alertmanager does, and neither lost nor said twice.
 */

import assert from "node:assert/strict";
import { request } from "node:http";
import { type TestContext, test } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { openDatabase } from "../../../src/edges/store/database.ts";
import { createIncidentStore } from "../../../src/edges/store/incident-store.ts";
import { createOutbox } from "../../../src/edges/store/outbox.ts";
import { respondToAlerts } from "../../../src/features/incidents/respond-to-alerts.ts";
import { amBody } from "../../alerts/bodies.ts";
import { createLog, createMeter } from "../../features/fakes.ts";
import { T0 } from "../../incidents/notifications.ts";
import { send, startServer, TOKEN } from "./bot-server.ts";

const HEADERS = { authorization: `Bearer ${TOKEN}`, "content-type": "application/json" };
/** Turns of the event loop after which a sender gives up: from before its body is read to after its answer. */
const MOMENTS = 60;

async function setUp(t: TestContext) {
  const database = await openDatabase({ engine: "sqlite", path: ":memory:" }, { now: () => T0 });
  const incidents = createIncidentStore(database);
  let isFull = false;
  const respond = respondToAlerts(
    {
      incidents: {
        apply: (...given) =>
          isFull ? Promise.reject(new Error("the disk is full")) : incidents.apply(...given),
      },
      clock: { now: () => T0 },
      log: createLog(),
      meter: createMeter(),
      doubt: () => undefined,
      newId: () => crypto.randomUUID(),
      wakeDelivery: () => undefined,
    },
    { routes: [{ match: {}, channel: "C1" }], targets: [], sources: [] },
  );
  const server = await startServer(t, { alerts: { respond } });
  t.after(() => database.close());
  const url = `${server.url}/webhook/alertmanager`;
  return {
    incidents,
    outbox: createOutbox(database),
    fill: (full: boolean) => {
      isFull = full;
    },
    notify: (body: string) => send(url, { headers: HEADERS, body }),
    /** Sends it all, and closes the connection so many turns later. */
    giveUp: async (body: string, turns: number) => {
      const sent = request(url, { method: "POST", headers: HEADERS, agent: false });
      sent.on("error", () => undefined);
      sent.end(body);
      for (let n = 0; n < turns; n += 1) await turn();
      sent.destroy();
    },
  };
}

function bodyOf(group: string): string {
  return JSON.stringify({ ...amBody(), groupKey: group });
}

test("given up at any moment and sent again, each group is stored once and named once", async (t) => {
  const { notify, giveUp, incidents, outbox } = await setUp(t);
  const groups = Array.from({ length: MOMENTS }, (_, turns) => `g${turns}`);
  for (const [turns, group] of groups.entries()) {
    await giveUp(bodyOf(group), turns);
    assert.equal((await notify(bodyOf(group))).status, 200, `given up after ${turns} turns`);
  }
  const open = await incidents.openIncidents(1_000);
  assert.deepEqual(open.map(({ groupKey }) => groupKey).toSorted(), groups.toSorted());
  const rows = await outbox.claimDue({ limit: 1_000, leaseMs: 60_000 });
  const named = rows.filter(({ notice }) => notice.kind === "incident");
  assert.deepEqual(
    named.map(({ incidentId }) => incidentId).toSorted(),
    open.map(({ id }) => id).toSorted(),
  );
});

test("what the store refuses is answered so that it is sent again, however often it is given up", async (t) => {
  const { notify, giveUp, fill, incidents } = await setUp(t);
  fill(true);
  for (let turns = 0; turns < MOMENTS; turns += 5) {
    await giveUp(bodyOf("full"), turns);
    const answer = await notify(bodyOf("full"));
    assert.equal(answer.status, 503);
    assert.ok(Number(answer.headers["retry-after"]) >= 1);
  }
  assert.deepEqual(await incidents.openIncidents(10), []);
  fill(false);
  assert.equal((await notify(bodyOf("full"))).status, 200);
  assert.equal((await incidents.openIncidents(10)).length, 1);
});

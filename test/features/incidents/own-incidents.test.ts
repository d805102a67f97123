/** What the bot says of itself: refused notifications, and sources that fell silent. */

import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { openDatabase } from "../../../src/edges/store/database.ts";
import { createHeartbeatStore } from "../../../src/edges/store/heartbeat-store.ts";
import { createIncidentStore } from "../../../src/edges/store/incident-store.ts";
import { createOwnIncidents } from "../../../src/features/incidents/own-incidents.ts";
import { reportRefusals } from "../../../src/features/incidents/report-refusals.ts";
import { watchHeartbeats } from "../../../src/features/incidents/watch-heartbeats.ts";
import { firing, MINUTE, notification, T0 } from "../../incidents/notifications.ts";
import { eventually } from "../../support/eventually.ts";
import { createClock, createLog, createMeter } from "../fakes.ts";

async function setUp(t: TestContext) {
  const database = await openDatabase({ engine: "sqlite", path: ":memory:" });
  t.after(() => database.close());
  const incidents = createIncidentStore(database);
  const [clock, log, meter] = [createClock(T0), createLog(), createMeter()];
  let ids = 0;
  const newId = (): string => {
    ids += 1;
    return `i${ids}`;
  };
  const own = createOwnIncidents({ incidents, clock, newId, wakeDelivery: () => undefined });
  const open = () => incidents.openIncidents(10);
  /** Lets virtual time pass until it is so. */
  const until = (what: string, isSo: (names: string[]) => boolean, stepMs = 0) =>
    eventually(what, async () => {
      await clock.advance(stepMs);
      return isSo(
        (await open()).flatMap(({ alerts }) =>
          alerts.map(({ labels }) => labels["alertname"] ?? ""),
        ),
      );
    });
  return { database, incidents, clock, log, meter, own, open, until };
}

test("a refused notification is an incident in the operators' channel, one for each kind", async (t) => {
  const { clock, log, meter, own, open, until } = await setUp(t);
  const refusals = reportRefusals({ own, clock, log, meter, channel: "C0OPS" });
  refusals.start();
  t.after(() => refusals.stop());
  for (let n = 0; n < 3; n += 1) {
    refusals.refused({ kind: "too_large", source: "prod", reason: "larger than 8 MiB" });
  }
  refusals.refused({ kind: "unauthorized", source: "prod", reason: "wrong token" });
  await until("it is open", (names) => names.includes("WebhookRefused"));
  const [incident] = await open();
  assert.deepEqual([incident?.channel, (await open()).length], ["C0OPS", 1]);
  assert.match(refusals.warnings()[0] ?? "", /3 notifications of source prod/);
  assert.deepEqual(
    meter.counts.filter((count) => count.startsWith("webhook")).length,
    4,
    "each is counted",
  );
  refusals.refused({ kind: "too_large", source: "staging", reason: "larger than 8 MiB" });
  assert.match(refusals.warnings()[0] ?? "", /4 notifications of sources prod, staging/);
  refusals.refused({ kind: "malformed", source: "prod", reason: "no JSON" });
  await until("the other kind is open, too", (names) => names.length === 2);
  await until("both end an hour later", (names) => names.length === 0, 10 * MINUTE);
  assert.deepEqual(refusals.warnings(), []);
});

const ROUTES = [
  { match: {}, channel: "C1", heartbeat: { alert: "Watchdog", withinMs: 6 * MINUTE } },
];
const SOURCE = {
  name: "default",
  members: [],
  arePeers: true,
  headers: {},
  targets: [],
  everyMs: 1_000,
  absentForMs: 1_000,
};

test("a source that is silent is an incident, which ends when its heartbeat is back", async (t) => {
  const { database, clock, log, own, until } = await setUp(t);
  const heartbeats = watchHeartbeats({
    own,
    heartbeats: createHeartbeatStore(database),
    routes: ROUTES,
    sources: [SOURCE],
    clock,
    log,
  });
  heartbeats.start();
  t.after(() => heartbeats.stop());
  const beat = firing("w", { labels: { alertname: "Watchdog", severity: "none" } });
  assert.equal(await heartbeats.without(notification([beat])), undefined, "it makes no thread");
  await clock.advance(5 * MINUTE);
  await until("nothing is open yet", (names) => names.length === 0);
  await until("it is silent", (names) => names.includes("SourceSilent"), MINUTE);
  const mixed = await heartbeats.without(notification([beat, firing("a")]));
  assert.deepEqual(
    mixed?.alerts.map(({ fingerprint }) => fingerprint),
    ["a"],
  );
  await until("it is heard", (names) => names.length === 0, 5_000);
});

/** A notification becomes an incident and what must be said of it, before it is answered. */

import assert from "node:assert/strict";
import { describe, type TestContext, test } from "node:test";
import type { Alert } from "../../../src/alerts/alert.ts";
import type { Route } from "../../../src/config/config.ts";
import type { Target } from "../../../src/diagnosis/target.ts";
import { openDatabase } from "../../../src/edges/store/database.ts";
import { createIncidentStore } from "../../../src/edges/store/incident-store.ts";
import { createOutbox } from "../../../src/edges/store/outbox.ts";
import { respondToAlerts } from "../../../src/features/incidents/respond-to-alerts.ts";
import { firing, notification, resolved, T0 } from "../../incidents/notifications.ts";
import { createLog, createMeter } from "../fakes.ts";

const TARGET: Target = {
  name: "orders",
  http: "http://10.0.0.5:9094",
  kafka: "10.0.0.5:9092",
  labels: { job: "streamline", env: "prod" },
  timeoutMs: 2_000,
  maxBodyBytes: 1_024,
};

const ROUTES: readonly Route[] = [
  { match: { env: "staging" }, channel: "CSTAGING" },
  { match: { env: "prod", team: "core" }, channel: "CCORE" },
  { match: {}, channel: "CALL" },
];

interface Setting {
  readonly routes?: readonly Route[];
  readonly targets?: readonly Target[];
}

async function setUp(t: TestContext, { routes = ROUTES, targets = [TARGET] }: Setting = {}) {
  const database = await openDatabase({ engine: "sqlite", path: ":memory:" }, { now: () => T0 });
  t.after(() => database.close());
  const incidents = createIncidentStore(database);
  const outbox = createOutbox(database);
  const [log, meter] = [createLog(), createMeter()];
  let ids = 0;
  let wakes = 0;
  let now = T0;
  const respond = respondToAlerts(
    {
      incidents,
      clock: { now: () => now },
      log,
      meter,
      doubt: () => undefined,
      newId: () => {
        ids += 1;
        return `i${ids}`;
      },
      wakeDelivery: () => {
        wakes += 1;
      },
    },
    { routes, targets, sources: [] },
  );
  return {
    respond,
    incidents,
    outbox,
    log,
    meter,
    wakes: () => wakes,
    pass: (ms: number) => {
      now += ms;
    },
  };
}

function withLabels(...all: Record<string, string>[]): Alert[] {
  return all.map((labels, index) => firing(`f${index}`, { labels: { alertname: "A", ...labels } }));
}

test("the webhook is answered when all is written, and the delivery is reported once", async (t) => {
  const { respond, incidents, outbox, wakes, meter } = await setUp(t);
  assert.equal(await respond(notification([firing("a"), resolved("b")])), "opened");
  assert.equal((await incidents.incident("i1"))?.status, "firing");
  assert.equal(await outbox.nextDueIn(), 0);
  assert.equal(wakes(), 1);
  assert.deepEqual(meter.counts, ["webhook opened", "alerts firing 1", "alerts resolved 1"]);
});

test("what says nothing new wakes nobody, but is counted", async (t) => {
  const { respond, wakes, meter, pass } = await setUp(t);
  const body = notification([firing("a")]);
  await respond(body);
  pass(1_000);
  assert.equal(await respond(body), "unchanged");
  assert.equal(wakes(), 1);
  assert.ok(meter.counts.includes("webhook unchanged"));
});

test("the log says what a notification did, and holds no label of a stranger", async (t) => {
  const { respond, log } = await setUp(t);
  await respond(notification(withLabels({ secret: "hunter2" })));
  assert.deepEqual(log.lines, ["info: notification applied"]);
  assert.deepEqual(log.fields, [{ incident: "i1", reason: "opened", alerts: 1 }]);
});

test("when nothing can be stored, that is thrown and nobody is woken", async (t) => {
  const { respond, incidents, wakes, meter } = await setUp(t);
  incidents.apply = () => Promise.reject(new Error("disk full"));
  await assert.rejects(respond(notification([firing("a")])), /disk full/);
  assert.equal(wakes(), 0);
  assert.deepEqual(meter.counts, []);
});

describe("the channel", () => {
  for (const [what, labels, channel] of [
    ["of the first route that takes the group", { env: "staging", team: "core" }, "CSTAGING"],
    ["needs every label of the route", { env: "prod", team: "core" }, "CCORE"],
    ["is the last one's when no other matches", { env: "prod", team: "web" }, "CALL"],
    ["is the last one's for a group without labels", {}, "CALL"],
  ] as const) {
    test(what, async (t) => {
      const { respond, incidents } = await setUp(t);
      await respond(notification([firing("a")], { commonLabels: labels }));
      assert.equal((await incidents.incident("i1"))?.channel, channel);
    });
  }

  test("is found by the group's labels, too", async (t) => {
    const { respond, incidents } = await setUp(t);
    const groupLabels = { env: "staging" };
    await respond(notification([firing("a")], { commonLabels: {}, groupLabels }));
    assert.equal((await incidents.incident("i1"))?.channel, "CSTAGING");
  });

  test("of an open incident stays, whatever its labels say later", async (t) => {
    const { respond, incidents, pass } = await setUp(t);
    await respond(notification([firing("a")], { commonLabels: { env: "staging" } }));
    pass(3_600_000);
    await respond(notification([firing("a"), firing("b")], { commonLabels: {} }));
    assert.equal((await incidents.incident("i1"))?.channel, "CSTAGING");
  });

  test("is not found by properties that every object has", async (t) => {
    const routes: Route[] = [
      { match: { constructor: "x" }, channel: "C1" },
      { match: {}, channel: "C2" },
    ];
    const { respond, incidents } = await setUp(t, { routes });
    await respond(notification([firing("a")]));
    assert.equal((await incidents.incident("i1"))?.channel, "C2");
  });

  test("must be found: a configuration without a last route is a mistake of ours", async (t) => {
    const { respond } = await setUp(t, { routes: ROUTES.slice(0, 1) });
    await assert.rejects(respond(notification([firing("a")])), /no route takes this group/);
  });
});

describe("the target", () => {
  const staging = { ...TARGET, name: "staging", labels: { job: "streamline", env: "staging" } };
  const any = { ...TARGET, name: "any", labels: { job: "streamline" } };

  for (const [what, targets, common, alerts, expected] of [
    [
      "has all its labels in common with the group",
      [TARGET, staging],
      { job: "streamline", env: "prod" },
      [{}],
      "orders",
    ],
    ["is the most specific one", [any, TARGET], { job: "streamline", env: "prod" }, [{}], "orders"],
    [
      "is none when no target's labels are there",
      [TARGET, staging],
      { job: "node" },
      [{}],
      undefined,
    ],
    [
      "is the one that each alert speaks of",
      [TARGET, staging],
      {},
      [{ job: "streamline", env: "prod" }],
      "orders",
    ],
    [
      "is none when the alerts speak of two",
      [TARGET, staging],
      {},
      [
        { job: "streamline", env: "prod" },
        { job: "streamline", env: "staging" },
      ],
      undefined,
    ],
    ["is the only one, when that names no labels", [{ ...TARGET, labels: {} }], {}, [{}], "orders"],
  ] as const) {
    test(what, async (t) => {
      const { respond, incidents } = await setUp(t, { targets: [...targets] });
      await respond(notification(withLabels(...alerts), { commonLabels: common }));
      assert.equal((await incidents.incident("i1"))?.target, expected);
    });
  }
});

// takes: 30 s
/**
 * Webhooks that are lost, an API that is away, both, and clocks that differ: what is shown is what the
 * source holds within a minute of its API answering, and nothing is called over that may fire.
 */

import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import type { AlertSource } from "../../../src/alerts/source.ts";
import { createSourceReader } from "../../../src/edges/alertmanager/source-reader.ts";
import { openDatabase } from "../../../src/edges/store/database.ts";
import { createIncidentStore } from "../../../src/edges/store/incident-store.ts";
import { reconcileSources } from "../../../src/features/incidents/reconcile-sources.ts";
import { respondToAlerts } from "../../../src/features/incidents/respond-to-alerts.ts";
import { watchIncidents } from "../../../src/features/incidents/watch-incidents.ts";
import { quietOfAlert } from "../../../src/incidents/quiet.ts";
import { MINUTE, SECOND, T0 } from "../../incidents/notifications.ts";
import fc from "../../support/fast-check.ts";
import { createClock, createLog, createMeter } from "../fakes.ts";
import { createSimulatedSource } from "./simulated-source.ts";

const PROD: AlertSource = {
  name: "prod",
  members: ["http://am:9093"],
  arePeers: true,
  headers: {},
  targets: [],
  everyMs: 20 * SECOND,
  absentForMs: 30 * SECOND,
};

interface Setting {
  /** By so much the source's clock is ahead. */
  readonly skewMs?: number;
  /** Where in their span the pauses between two rounds are. */
  readonly random?: number;
}

async function setUp({ skewMs = 0, random = 1 }: Setting = {}) {
  const clock = createClock(T0);
  const database = await openDatabase({ engine: "sqlite", path: ":memory:" }, clock);
  const incidents = createIncidentStore(database);
  const [log, meter] = [createLog(), createMeter()];
  const source = createSimulatedSource(() => clock.now(), { skewMs });
  const reader = createSourceReader(PROD, { api: source.api, clock });
  const shared = { incidents, clock, log, wakeDelivery: () => undefined };
  let ids = 0;
  const newId = (): string => {
    ids += 1;
    return `i${ids}`;
  };
  const respond = respondToAlerts(
    {
      ...shared,
      meter,
      newId,
      doubt: (name) => reconciliation.doubt(name),
    },
    { routes: [{ match: {}, channel: "C1" }], targets: [], sources: [PROD] },
  );
  const reconciliation = reconcileSources({
    ...shared,
    sources: [{ source: PROD, reader }],
    random: () => random,
    report: respond,
  });
  const watch = watchIncidents(shared);
  reconciliation.start();
  watch.start();
  const world = {
    clock,
    source,
    respond,
    incidents,
    reconciliation,
    hasWebhooks: true,
    async notify(): Promise<void> {
      const sent = source.notifications();
      if (!world.hasWebhooks) return;
      for (const each of sent) await respond(each);
      await clock.advance(0);
    },
    /** Each alert as its last incident shows it. */
    async shown(): Promise<ReadonlyMap<string, string>> {
      const all = await incidents.incidentsSince(0, 1_000);
      const oldest = all.toSorted((a, b) => (a.firedAt.at(-1) ?? 0) - (b.firedAt.at(-1) ?? 0));
      return new Map(
        oldest.flatMap((incident) =>
          incident.alerts.map((alert): [string, string] => {
            const quiet = quietOfAlert(alert, incident, clock.now());
            return [alert.fingerprint, quiet?.kind ?? alert.status];
          }),
        ),
      );
    },
    async stop(): Promise<void> {
      const stopping = [reconciliation.stop(), watch.stop()];
      await clock.advance(MINUTE);
      await Promise.all(stopping);
      await database.close();
    },
  };
  return world;
}

type World = Awaited<ReturnType<typeof setUp>>;

/** What the source holds is what is shown of it, and all else is over. */
async function assertTrue(world: World): Promise<void> {
  const { source } = world;
  const all = await world.shown();
  for (const [name, { isSilenced }] of source.held) {
    // What was silenced before anybody reported it is nothing to show.
    if (isSilenced && !all.has(name)) continue;
    assert.equal(all.get(name), isSilenced ? "silenced" : "firing", name);
  }
  for (const [name, state] of all) {
    assert.ok(source.held.has(name) || state === "resolved", `${name} is over, and shown ${state}`);
  }
}

const NAMES = ["a1", "a2", "a3", "b1", "c1"];
const SEED = "z1";

const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant("fire"), name: fc.constantFrom(...NAMES) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant("end"), name: fc.constantFrom(...NAMES) }),
  },
  fc.record({ kind: fc.constantFrom("silence", "unsilence"), name: fc.constantFrom(...NAMES) }),
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("notify"), name: fc.constant("") }) },
  fc.record({ kind: fc.constantFrom("webhooks", "api", "both", "forget"), name: fc.constant("") }),
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("wait"),
      name: fc.constantFrom("1", "12", "40", "200"),
    }),
  },
);

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

async function run(world: World, { kind, name }: Step): Promise<void> {
  const { source } = world;
  if (kind === "fire") source.fire(name);
  else if (kind === "end") source.end(name);
  else if (kind === "silence" || kind === "unsilence") source.silence(name, kind === "silence");
  else if (kind === "notify") await world.notify();
  else if (kind === "forget") source.forget();
  else if (kind === "wait") await world.clock.advance(Number(name) * SECOND);
  if (kind === "webhooks" || kind === "both") world.hasWebhooks = !world.hasWebhooks;
  if (kind === "api" || kind === "both") source.isApiCut = !source.isApiCut;
}

/** An incident of a group with labels of the same names, as every bot that has run for a while has. */
async function seed(world: World): Promise<void> {
  world.source.fire(SEED);
  await world.notify();
  await world.clock.advance(30 * SECOND);
}

const RUNS = 100;

test("within a minute of the API answering what is shown is true, webhooks or not", async (t) => {
  let alerts = 0;
  const property = fc.asyncProperty(
    fc.array(step, { minLength: 3, maxLength: 25 }),
    fc.constantFrom(-10 * MINUTE, 0, 10 * MINUTE),
    fc.double({ min: 0, max: 1, noNaN: true }),
    async (steps, skewMs, random) => {
      const world = await setUp({ skewMs, random });
      try {
        await seed(world);
        for (const each of steps) await run(world, each);
        world.source.isApiCut = false;
        await world.clock.advance(MINUTE);
        await assertTrue(world);
        alerts += (await world.shown()).size;
      } finally {
        await world.stop();
      }
    },
  );
  await fc.assert(property, { numRuns: RUNS });
  t.diagnostic(`${RUNS} sequences, ${alerts} alerts compared`);
  assert.ok(alerts > RUNS);
});

async function started(t: TestContext, setting?: Setting): Promise<World> {
  const world = await setUp(setting);
  t.after(() => world.stop());
  await seed(world);
  return world;
}

test("webhooks are lost: alerts that nobody reported are shown, in a known group and in a new one", async (t) => {
  const world = await started(t);
  world.source.fire("a1");
  await world.notify();
  await world.clock.advance(MINUTE);
  world.hasWebhooks = false;
  for (const name of ["a2", "b1"]) world.source.fire(name);
  await world.notify();
  await world.clock.advance(MINUTE);
  await assertTrue(world);
  world.hasWebhooks = true;
  await world.notify();
  const open = await world.incidents.openIncidents(10);
  assert.deepEqual(open.map(({ groupKey }) => groupKey).toSorted(), [
    '{}/{team="x"}:{alertname="A"}',
    '{}/{team="x"}:{alertname="B"}',
    '{}/{team="x"}:{alertname="Z"}',
  ]);
});

test("what a notification leaves out on purpose is not reported in its place", async (t) => {
  const world = await started(t);
  for (const name of ["a1", "a2"]) world.source.fire(name);
  const [like] = world.source.notifications().filter(({ alerts }) => alerts.length === 2);
  assert.ok(like !== undefined);
  await world.respond({ ...like, alerts: like.alerts.slice(0, 1), truncatedAlerts: 1 });
  await world.clock.advance(10 * MINUTE);
  const shown = await world.shown();
  assert.deepEqual([shown.get("a1"), shown.get("a2")], ["firing", undefined]);
});

/** Two alerts, of which notifications name the first alone; then that one ends. */
async function cutGroup(t: TestContext): Promise<World> {
  const world = await started(t);
  for (const name of ["a1", "a2"]) world.source.fire(name);
  const cut = async (): Promise<void> => {
    const [like] = world.source.notifications().filter(({ alerts }) => alerts.length === 2);
    assert.ok(like !== undefined);
    const alerts = like.alerts.filter(({ fingerprint }) => fingerprint === "a1");
    await world.respond({ ...like, alerts, truncatedAlerts: 1 });
  };
  await cut();
  await world.clock.advance(MINUTE);
  world.source.end("a1");
  await cut();
  assert.notEqual(await openOfA(world), undefined);
  return world;
}

async function openOfA({ incidents }: World) {
  const open = await incidents.openIncidents(10);
  return open.find(({ groupLabels }) => groupLabels["alertname"] === "A");
}

test("all that is named of a group is over: what was left out is named once its API is asked", async (t) => {
  const world = await cutGroup(t);
  await world.clock.advance(MINUTE);
  await assertTrue(world);
  assert.equal((await openOfA(world))?.reopened, 0);
  assert.equal((await world.shown()).get("a2"), "firing");
});

test("what was left out, and is named by its API, ends as all else does", async (t) => {
  const world = await cutGroup(t);
  await world.clock.advance(MINUTE);
  assert.equal((await world.shown()).get("a2"), "firing");
  world.source.end("a2");
  world.source.notifications();
  await world.clock.advance(MINUTE);
  assert.equal(await openOfA(world), undefined);
});

test("a late copy of a cut list holds up no end", async (t) => {
  const world = await cutGroup(t);
  await world.clock.advance(MINUTE);
  const open = await openOfA(world);
  assert.ok(open !== undefined);
  const over = open.alerts.filter(({ fingerprint }) => fingerprint === "a1");
  const copy = { receiver: "bot", status: "resolved", commonLabels: {}, alerts: over } as const;
  await world.respond({ ...open, ...copy, truncatedAlerts: 1 });
  await world.clock.advance(MINUTE);
  world.source.end("a2");
  world.source.notifications();
  await world.clock.advance(MINUTE);
  assert.equal(await openOfA(world), undefined);
});

test("all that is named of a group is over: so is the rest once its API holds none of it", async (t) => {
  const world = await cutGroup(t);
  world.source.end("a2");
  world.source.notifications();
  await world.clock.advance(MINUTE);
  assert.equal(await openOfA(world), undefined);
});

test("all that is named of a group is over, and its API is away: it stays open", async (t) => {
  const world = await cutGroup(t);
  world.source.isApiCut = true;
  world.source.end("a2");
  await world.clock.advance(10 * MINUTE);
  assert.notEqual(await openOfA(world), undefined);
});

test("the API is away: webhooks go on, and what is missing ends nothing", async (t) => {
  const world = await started(t);
  world.source.isApiCut = true;
  for (const name of ["a1", "a2"]) world.source.fire(name);
  await world.notify();
  await world.clock.advance(10 * MINUTE);
  assert.deepEqual([(await world.shown()).get("a1")], ["firing"]);
  world.source.end("a1");
  await world.notify();
  const shown = await world.shown();
  assert.deepEqual([shown.get("a1"), shown.get("a2")], ["resolved", "firing"]);
});

for (const random of [0, 0.5, 1]) {
  test(`what nobody reports any more is over within a minute, at ${random} of the pause`, async (t) => {
    const world = await started(t, { random });
    world.source.fire("a1");
    await world.notify();
    await world.clock.advance(5 * MINUTE);
    world.source.forget();
    await world.clock.advance(MINUTE);
    await assertTrue(world);
  });
}

test("what another sender reports to the same path ends only when that reports it, and is reported", async (t) => {
  const world = await started(t);
  const stranger = { externalUrl: "https://grafana.example/", groupKey: "g" };
  const alert = { fingerprint: "g1", labels: { alertname: "G" }, annotations: {}, startsAt: T0 };
  const [like] = world.source.notifications();
  assert.ok(like !== undefined);
  await world.respond({ ...like, ...stranger, alerts: [{ ...alert, status: "firing" }] });
  await world.clock.advance(10 * MINUTE);
  assert.equal((await world.shown()).get("g1"), "firing");
  const problems = world.reconciliation.problems().join("\n");
  assert.match(problems, /no member holds what https:\/\/grafana\.example\//);
});

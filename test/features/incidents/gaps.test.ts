// takes: 30 s
/**
 * Webhooks that are lost, an API that is away, both, and clocks that differ: what is shown is what the
 * source holds within a minute of its API answering, and nothing is called over that may fire.
 */

import assert from "node:assert/strict";
import { test } from "node:test";
import { MINUTE, T0 } from "../../incidents/notifications.ts";
import fc from "../../support/fast-check.ts";
import { assertTrue, run, seed, setUp, started, step } from "./lossy-source.ts";

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

/** Notifications that leave alerts out: what of the group fires is known from the API, or by nobody. */

import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { MINUTE } from "../../incidents/notifications.ts";
import { assertTrue, started, type World } from "./lossy-source.ts";

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

/** Home tabs follow what happens, for those who look at them, and many changes make one refresh. */

import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { refreshHomes } from "../../../src/features/home/refresh-homes.ts";
import { createClock, createLog } from "../fakes.ts";

const MINUTE = 60_000;

function setUp(t: TestContext) {
  const [clock, log] = [createClock(0), createLog()];
  const published: string[] = [];
  const refused = new Set<string>();
  const homes = refreshHomes({
    home: async (user) => ({ callbackId: "home", title: user, blocks: [] }),
    publish: async (user, render) => {
      if (refused.has(user)) throw new Error("not_enabled");
      published.push((await render()).title);
    },
    clock,
    log,
  });
  homes.start();
  t.after(async () => {
    const stopping = homes.stop();
    await clock.advance(MINUTE);
    await stopping;
  });
  return { clock, log, homes, published, refused };
}

test("a storm of changes is one refresh at once and one after it", async (t) => {
  const { homes, clock, published } = setUp(t);
  await homes.open("alice");
  await clock.advance(0);
  for (let n = 0; n < 100; n += 1) homes.changed();
  await clock.advance(0);
  for (let n = 0; n < 100; n += 1) homes.changed();
  await clock.advance(4_000);
  assert.deepEqual(published, ["alice"]);
  await clock.advance(2_000);
  assert.deepEqual(published, ["alice", "alice"]);
  await clock.advance(10 * MINUTE);
  assert.equal(published.length, 2, "nothing changed, nothing is put up");
});

test("who opened it long ago is left alone, and only so many are kept up to date", async (t) => {
  const { homes, clock, published } = setUp(t);
  await homes.open("long-ago");
  await clock.advance(31 * MINUTE);
  for (let n = 0; n < 40; n += 1) await homes.open(`user${n}`);
  homes.changed();
  await clock.advance(MINUTE);
  assert.equal(published.length, 30);
  assert.ok(!published.includes("long-ago") && published.includes("user39"));
});

test("one that Slack refuses keeps no other from being refreshed", async (t) => {
  const { homes, clock, published, refused, log } = setUp(t);
  await homes.open("alice");
  await homes.open("bob");
  refused.add("alice");
  homes.changed();
  await clock.advance(MINUTE);
  assert.deepEqual(published, ["bob"]);
  assert.ok(log.lines.includes("warn: a Home tab could not be refreshed"));
});

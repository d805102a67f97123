/** A first attempt that turns up after its message was posted again. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { openDatabase } from "../../../src/edges/store/database.ts";
import { createLateCopyStore } from "../../../src/edges/store/late-copy-store.ts";
import { watchLateCopies } from "../../../src/features/delivery/late-copies.ts";
import type { FoundMessage } from "../../../src/features/delivery/messenger.ts";
import { T0 } from "../../incidents/notifications.ts";
import { createClock, createLog } from "../fakes.ts";

const KEPT = { key: "k", place: { channel: "C1" }, sinceMs: T0, ts: "2.0" };
const RIGHT: FoundMessage = { key: "k", ts: "2.0", replies: 0 };

async function setUp(t: { after(close: () => Promise<void>): void }) {
  const clock = createClock(T0);
  const database = await openDatabase(
    { engine: "sqlite", path: ":memory:" },
    { now: () => clock.now() },
  );
  t.after(() => database.close());
  const inSlack: FoundMessage[] = [RIGHT];
  const done: string[] = [];
  const begin = () => {
    const copies = watchLateCopies({
      store: createLateCopyStore(database),
      attempts: { messages: async () => inSlack },
      messenger: {
        remove: async ({ ts }) => {
          done.push(`removed ${ts}`);
          inSlack.splice(0, inSlack.length, RIGHT);
          return { kind: "posted", ts };
        },
        update: async ({ ts, message }) => {
          done.push(`${ts} says ${message.text}`);
          return { kind: "posted", ts };
        },
      },
      clock,
      log: createLog(),
      jumpTo: (channel, ts) => `https://slack.example/${channel}/${ts}`,
    });
    copies.start();
    return copies;
  };
  return { clock, inSlack, done, begin };
}

test("a copy that turns up after a restart is deleted", async (t) => {
  const { clock, inSlack, done, begin } = await setUp(t);
  const before = begin();
  await before.watch(KEPT);
  await clock.advance(20_000);
  await before.stop();
  assert.deepEqual(done, []);

  const after = begin();
  inSlack.push({ key: "k", ts: "1.0", replies: 0 });
  await clock.advance(60_000);
  assert.deepEqual(done, ["removed 1.0"]);
  await clock.advance(600_000);
  await after.stop();
  assert.deepEqual(done, ["removed 1.0"]);
});

test("a copy that people have answered stays, and leads to the message that is kept", async (t) => {
  const { clock, inSlack, done, begin } = await setUp(t);
  const copies = begin();
  await copies.watch(KEPT);
  inSlack.push({ key: "k", ts: "1.0", replies: 2 });
  await clock.advance(10_000);
  await copies.stop();
  assert.match(done[0] ?? "", /^1\.0 says .*slack\.example\/C1\/2\.0/);
});

test("nothing is deleted while the message that is kept is not seen", async (t) => {
  const { clock, inSlack, done, begin } = await setUp(t);
  const copies = begin();
  await copies.watch(KEPT);
  inSlack.splice(0, inSlack.length, { key: "k", ts: "1.0", replies: 0 });
  await clock.advance(700_000);
  await copies.stop();
  assert.deepEqual(done, []);
});

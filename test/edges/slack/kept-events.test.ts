/** What people ask is stored before it is acknowledged, and answered once, also after an absence. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { paragraph } from "../../../src/block-kit/blocks.ts";
import { withAge } from "../../../src/features/missed-events/late-answer.ts";
import { startSignedSlack } from "./signed-slack.ts";

const LEASE_MS = 60_000;

function mention(text: string, ts: string) {
  return { type: "app_mention", user: "U0ALICE", channel: "C0INCIDENTS", text, ts };
}

function tsOf(agoMs: number): string {
  return ((Date.now() - agoMs) / 1_000).toFixed(6);
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await sleep(10);
}

test("a question is answered once, under however many ids it comes", async (t) => {
  const { event, asked, inbox } = await startSignedSlack(t);
  const ts = tsOf(0);
  for (const id of ["Ev1", "Ev2", "Ev3"]) {
    assert.equal((await event(mention("<@UBOT> health", ts), id)).status, 200);
  }
  await event(mention("<@UBOT> lag", tsOf(1)));
  await until(() => asked.length >= 2);
  assert.deepEqual(asked.map(({ text }) => text).toSorted(), ["health", "lag"]);
  await until(async () => (await inbox.leftOver({ limit: 9, leaseMs: 0 })).length === 0);
});

test("what a process that died left is answered after the start", async (t) => {
  const { keeping, inbox, asked, slack } = await startSignedSlack(t);
  const ts = tsOf(6 * 60_000);
  const body = {
    type: "event_callback",
    team_id: "T1",
    api_app_id: "A1",
    event_id: "Ev1",
    event: mention("<@UBOT> health", ts),
  };
  // As another process stored it, whose time is over.
  await inbox.take(
    { id: `asked C0INCIDENTS ${ts}`, kind: "mention", body: JSON.stringify(body) },
    0,
  );
  await keeping.prepare();
  keeping.start();
  await until(() => asked.length === 1);
  await until(() => slack.calls.some(({ method }) => method === "chat.postMessage"));
  assert.deepEqual(await inbox.leftOver({ limit: 9, leaseMs: 0 }), []);
});

test("an answer that comes late says how old its question is", () => {
  const answer = { text: "All is well", blocks: [paragraph("All is well")] };
  const now = 1_700_000_360_000;
  const late = withAge(answer, "1700000000.000000", now);
  assert.match(late.text, /^You asked this 6 min ago, while I was down\. All is well$/);
  assert.equal(late.blocks.length, 2);
  assert.equal(withAge(answer, "1700000350.000100", now), answer);
  assert.equal(withAge(answer, "1.2", now), answer, "a clock that is wrong says nothing");
});

test("what a store cannot keep is not acknowledged, so that Slack sends it again", async (t) => {
  const { event, inbox, asked } = await startSignedSlack(t);
  const original = inbox.take.bind(inbox);
  t.after(() => Object.assign(inbox, { take: original }));
  Object.assign(inbox, { take: () => Promise.reject(new Error("the disk is full")) });
  const ts = tsOf(0);
  assert.ok((await event(mention("<@UBOT> health", ts), "Ev1")).status >= 500);
  Object.assign(inbox, { take: original });
  assert.equal((await event(mention("<@UBOT> health", ts), "Ev1")).status, 200);
  await until(() => asked.length === 1);
});

test("an event that fails again and again is given up", async (t) => {
  const { inbox } = await startSignedSlack(t);
  await inbox.take({ id: "poison", kind: "mention", body: "{}" }, 0);
  const left = () => inbox.leftOver({ limit: 9, leaseMs: 0 });
  assert.deepEqual(
    [(await left()).length, (await left()).length, (await left()).length],
    [1, 1, 0],
  );
  assert.equal(await inbox.take({ id: "poison", kind: "mention", body: "{}" }, LEASE_MS), false);
});

test("a channel's position never moves back", async (t) => {
  const { positions } = await startSignedSlack(t);
  await positions.move([
    { channel: "C1", ts: "1700000002.000100" },
    { channel: "C2", ts: "1700000001.000100" },
  ]);
  await positions.move([{ channel: "C1", ts: "1700000001.000100" }]);
  const all = new Map((await positions.all(10)).map(({ channel, ts }) => [channel, ts]));
  assert.deepEqual([all.get("C1"), all.get("C2")], ["1700000002.000100", "1700000001.000100"]);
});

/** A subscriber is told once, and holds up nobody when Slack does not take it. */

import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { createSubscriptionStore } from "../../../src/edges/store/subscription-store.ts";
import { T0 } from "../../incidents/notifications.ts";
import { setUp, THREAD, texts } from "./delivery.ts";

async function subscribed(t: TestContext) {
  const world = await setUp(t);
  const store = createSubscriptionStore(world.database);
  await store.subscribe("U1", { kind: "alert", name: "A" }, T0);
  const told = () => world.slack.messages.filter(({ channel }) => channel === "U1");
  const thread = () => texts(world.slack.messages.filter(({ channel }) => channel === "C1"));
  return { ...world, told, thread };
}

const WHOLE = ["incident of i1, firing", ...THREAD];

test("after the incident's message is there, so that it can lead to it", async (t) => {
  const { receive, clock, told, slack } = await subscribed(t);
  await receive("i1");
  await clock.advance(10_000);
  assert.deepEqual(texts(told()), ["subscribed of i1, firing"]);
  const order = slack.messages.map(({ channel }) => channel);
  assert.ok(order.indexOf("U1") > order.indexOf("C1"));
});

test("in spite of an incident's message that cannot be posted, after a while", async (t) => {
  const { receive, clock, told, slack } = await subscribed(t);
  const troubles = Array.from(
    { length: 20 },
    () => ({ kind: "refused", error: "x", of: "channel" }) as const,
  );
  slack.trouble("post", troubles, "C1");
  await receive("i1");
  await clock.advance(60_000);
  assert.equal(told().length, 1);
});

test("once, though the answer was lost", async (t) => {
  const { receive, clock, told, slack, thread } = await subscribed(t);
  slack.trouble("post", [{ kind: "lost" }], "U1");
  await receive("i1");
  await clock.advance(60_000);
  assert.equal(told().length, 1);
  assert.deepEqual(thread(), WHOLE);
});

test("later, when Slack asks to wait", async (t) => {
  const { receive, clock, told, slack } = await subscribed(t);
  slack.trouble("post", [{ kind: "rate-limited", retryAfterMs: 20_000 }], "U1");
  await receive("i1");
  await clock.advance(15_000);
  assert.equal(told().length, 0);
  await clock.advance(20_000);
  assert.equal(told().length, 1);
});

test("not at all when Slack refuses, which is logged and ends it; the incident goes on", async (t) => {
  const { receive, clock, told, slack, thread, log, outbox } = await subscribed(t);
  slack.trouble("post", [{ kind: "refused", error: "channel_not_found", of: "channel" }], "U1");
  await receive("i1");
  await clock.advance(60_000);
  assert.equal(told().length, 0);
  assert.deepEqual(thread(), WHOLE);
  assert.ok(log.lines.includes("warn: a subscriber cannot be notified by direct message"));
  assert.equal(await outbox.nextDueIn(), undefined, "nothing waits any more");
});

test("given up after some attempts without an answer", async (t) => {
  const { receive, clock, told, slack, outbox } = await subscribed(t);
  const silence = Array.from({ length: 50 }, () => ({ kind: "unknown", error: "x" }) as const);
  slack.trouble("post", silence, "U1");
  await receive("i1");
  for (let minute = 0; minute < 15; minute += 1) await clock.advance(60_000);
  assert.equal(told().length, 0);
  assert.equal(await outbox.nextDueIn(), undefined);
});

test("not when they may hear it no more, and later when Slack does not tell whether they may", async (t) => {
  const { receive, clock, told, hears } = await subscribed(t);
  hears.set("U1", "no");
  await receive("i1");
  await clock.advance(60_000);
  assert.equal(told().length, 0);
  hears.set("U1", "unknown");
  await receive("i2");
  await clock.advance(10_000);
  assert.equal(told().length, 0);
  hears.set("U1", "yes");
  await clock.advance(30_000);
  assert.deepEqual(texts(told()), ["subscribed of i2, firing"]);
});

/** A storm: one message names every new incident and stays true; each is explained when asked for. */

import assert from "node:assert/strict";
import { describe, type TestContext, test } from "node:test";
import { createDigestStore } from "../../../src/edges/store/digest-store.ts";
import { explainFromDigest } from "../../../src/features/delivery/explain-incident.ts";
import { EXPLAIN_INCIDENT } from "../../../src/features/delivery/render-digest.ts";
import type { Incident } from "../../../src/incidents/incident.ts";
import type { Notice } from "../../../src/incidents/notice.ts";
import { OPEN } from "../fakes.ts";
import { setUp } from "./delivery.ts";

async function storm(t: TestContext, many = 40) {
  const world = await setUp(t);
  for (let count = 0; count < many; count += 1) await world.receive(`s${count}`);
  await world.clock.advance(3_000);
  const isDigest = ({ text }: { text: string }): boolean => /^s\d+ \w+/.test(text);
  const digests = () => world.slack.messages.filter(isDigest);
  const named = () => world.slack.messages.flatMap(({ text }) => text.match(/\bs\d+\b/g) ?? []);
  return { ...world, digests, named };
}

describe("more new incidents than a channel takes one by one", () => {
  test("are all named within seconds, in one message", async (t) => {
    const { digests, named } = await storm(t);
    assert.equal(digests().length, 1);
    assert.equal(new Set(named()).size, 40);
  });

  test("are told of one by one when they are few", async (t) => {
    const { digests, slack, clock } = await storm(t, 9);
    await clock.advance(60_000);
    assert.equal(digests().length, 0);
    assert.equal(slack.messages.filter(({ text }) => text.startsWith("incident")).length, 9);
  });

  test("are shown as they become, and nothing else is said of them", async (t) => {
    const { receive, digests, slack, clock } = await storm(t);
    const before = slack.messages.length;
    await receive("s30", { over: true });
    await clock.advance(5_000);
    assert.match(digests()[0]?.text ?? "", /^s30 resolved$/m);
    const replies = slack.messages.slice(before).filter(({ text }) => text.includes("s30"));
    assert.deepEqual(replies, []);
  });

  test("that come later join the same message", async (t) => {
    const { receive, digests, clock } = await storm(t, 30);
    for (let count = 50; count < 70; count += 1) await receive(`s${count}`);
    await clock.advance(5_000);
    assert.equal(digests().length, 1);
    assert.ok((digests()[0]?.edits ?? 0) > 0);
    assert.match(digests()[0]?.text ?? "", /^s69 firing$/m);
  });

  test("do not hold up one that comes alone", async (t) => {
    const { receive, slack, clock } = await storm(t);
    await receive("alone");
    await clock.advance(2_000);
    assert.ok(slack.messages.some(({ text }) => text === "incident of alone, firing"));
  });

  test("are named once though the answer was lost", async (t) => {
    const world = await setUp(t);
    for (let count = 0; count < 40; count += 1) await world.receive(`s${count}`);
    await world.clock.advance(500);
    world.slack.trouble("post", [{ kind: "lost" }]);
    await world.clock.advance(30_000);
    const digests = world.slack.messages.filter(({ text }) => /^s\d+ firing/.test(text));
    assert.equal(digests.length, 1);
  });
});

test("an incident that somebody wants explained gets its own message and thread, once", async (t) => {
  const world = await storm(t);
  const { clicks } = explainFromDigest({
    permission: OPEN,
    digests: createDigestStore(world.database),
    incidents: world.incidents,
    clock: world.clock,
    wakeDelivery: () => world.delivery.wake(),
  });
  const person = { user: "U1", channel: "C1" };
  const click = {
    person,
    action: EXPLAIN_INCIDENT,
    actionId: EXPLAIN_INCIDENT,
    value: "s35",
    fields: {},
  };
  await clicks[EXPLAIN_INCIDENT]?.run(click);
  await clicks[EXPLAIN_INCIDENT]?.run(click);
  await world.clock.advance(30_000);
  const own = world.slack.messages.filter(({ text }) => text === "incident of s35, firing");
  assert.equal(own.length, 1);
  const thread = world.slack.thread(own[0]?.ts ?? "");
  assert.ok(thread.some(({ text }) => text.startsWith("runbook of s35")));
  await world.receive("s35", { over: true });
  await world.clock.advance(30_000);
  assert.match(world.digests()[0]?.text ?? "", /^s35 resolved$/m);
  assert.ok(world.slack.messages.some(({ text }) => text === "resolved of s35, resolved"));
});

describe("people whom the incidents of a storm call", () => {
  type World = Awaited<ReturnType<typeof storm>>;
  type Mention = Extract<Notice, { kind: "mention" }>;
  const calls = ({ slack }: World) => slack.messages.filter(({ text }) => text.startsWith("📣"));

  /** Each incident calls them, as its route says. */
  async function callFrom(world: World, mention: Omit<Mention, "kind">, many = 40): Promise<void> {
    for (let count = 0; count < many; count += 1) {
      await world.incidents.change(`s${count}`, world.clock.now(), (incident) => ({
        incident,
        notices: [{ kind: "mention", ...mention }],
      }));
    }
    world.delivery.wake();
    await world.clock.advance(10_000);
  }

  test("are called once more, in the digest's thread, however many incidents call", async (t) => {
    const world = await storm(t);
    await callFrom(world, { who: ["S0ONCALL"], again: true });
    await callFrom(world, { who: ["S0ONCALL"], again: true });
    const [call, ...others] = calls(world);
    assert.deepEqual(others, []);
    assert.equal(call?.threadTs, world.digests()[0]?.ts);
    assert.match(call?.text ?? "", /<!subteam\^S0ONCALL> \d+ incidents of this list still fire/);
  });

  test("are others when it is escalated", async (t) => {
    const world = await storm(t);
    await callFrom(world, { who: ["S0ONCALL"], again: true });
    await callFrom(world, { who: ["U0BOSS"], again: true, escalated: true });
    assert.deepEqual(
      calls(world).map(({ text }) => /<(\S+)>/.exec(text)?.[1]),
      ["!subteam^S0ONCALL", "@U0BOSS"],
    );
  });

  test("are called by the digest itself at the beginning, and later only if they are others", async (t) => {
    const world = await setUp(t);
    for (let count = 0; count < 40; count += 1) await world.receive(`s${count}`);
    const call = (who: string) => (incident: Incident) => ({
      incident,
      notices: [{ kind: "mention", who: [who], again: false } as const],
    });
    for (let count = 0; count < 40; count += 1) {
      await world.incidents.change(`s${count}`, world.clock.now(), call("S0ONCALL"));
    }
    await world.clock.advance(10_000);
    const ownThreads = world.slack.messages.filter(({ text }) =>
      text.startsWith("incident of"),
    ).length;
    const said = () => world.slack.messages.filter(({ text }) => text.startsWith("📣"));
    assert.ok(ownThreads < 40);
    assert.deepEqual(said(), []);
    await world.incidents.change("s39", world.clock.now(), call("S0ONCALL"));
    await world.incidents.change("s39", world.clock.now(), call("U0BOSS"));
    world.delivery.wake();
    await world.clock.advance(10_000);
    assert.deepEqual(
      said().map(({ text }) => /<(\S+)>/.exec(text)?.[1]),
      ["@U0BOSS"],
    );
  });

  test("need not come once somebody has all of it", async (t) => {
    const world = await storm(t, 12);
    for (let count = 0; count < 12; count += 1) await world.receive(`s${count}`, { over: true });
    await callFrom(world, { who: ["S0ONCALL"], again: true }, 12);
    assert.deepEqual(calls(world), []);
  });
});

/** The outbox to Slack: in order, at the channel's pace, each thing once, whatever Slack answers. */

import assert from "node:assert/strict";
import { describe, type TestContext, test } from "node:test";
import { openDatabase } from "../../src/edges/store/database.ts";
import { createIncidentStore } from "../../src/edges/store/incident-store.ts";
import { createDelivery } from "../../src/flows/deliver-outbox.ts";
import type { IncidentStore, OutboxRow } from "../../src/flows/ports.ts";
import { applyNotification } from "../../src/incidents/apply-notification.ts";
import type { Incident } from "../../src/incidents/incident.ts";
import type { Message } from "../../src/messages/message.ts";
import { firing, notification, resolved, T0 } from "../incidents/notifications.ts";
import { createClock, createLog, createMeter, createSlack } from "./fakes.ts";

type Render = (row: OutboxRow, incident: Incident) => Promise<Message | undefined>;

/** The kind of what is said, and the state it was rendered from. */
const plainly: Render = async ({ saying }, incident) => ({
  text: `${saying.kind} of ${incident.id}, ${incident.status}`,
  blocks: [],
});

async function setUp(t: TestContext, { render = plainly, start = true } = {}) {
  const database = await openDatabase({ engine: "sqlite", path: ":memory:" });
  const store = createIncidentStore(database);
  const clock = createClock(T0);
  const [slack, log, meter] = [createSlack(clock), createLog(), createMeter()];
  const delivery = createDelivery({ store, messenger: slack, clock, log, meter, render });
  t.after(async () => {
    const stopping = delivery.stop();
    await clock.advance(60_000);
    await stopping;
    await database.close();
  });
  if (start) delivery.start();
  const world = { store, clock, slack, log, meter, delivery, database };
  return { ...world, hear: (id: string, options?: Heard) => hear(world, id, options) };
}

interface Heard {
  readonly channel?: string;
  readonly over?: boolean;
}

/** What is said of an incident here, whatever else is said of one by now. */
const SAID: ReadonlySet<string> = new Set([
  "incident",
  "runbook",
  "health",
  "resolved",
  "reopened",
]);

/** A notification of the group `id` arrives: its alert fires, or is over. */
async function hear(
  {
    store,
    clock,
    delivery,
  }: { store: IncidentStore; clock: { now(): number }; delivery: { wake(): void } },
  id: string,
  { channel = "C1", over = false }: Heard = {},
): Promise<void> {
  const nowMs = clock.now();
  const alert = (over ? resolved : firing)("a", { startsAt: T0, labels: { alertname: "A" } });
  const body = notification([alert], { groupKey: id });
  await store.apply(body, nowMs, (latest) => {
    const outcome = applyNotification(latest, body, { id, channel, nowMs });
    return { ...outcome, sayings: outcome.sayings.filter(({ kind }) => SAID.has(kind)) };
  });
  delivery.wake();
}

function texts(messages: readonly { text: string }[]): string[] {
  return messages.map(({ text }) => text);
}

const THREAD = ["runbook of i1, firing", "health of i1, firing"];

test("an incident is posted, then its thread in order", async (t) => {
  const { hear, slack, clock, store, meter } = await setUp(t);
  await hear("i1");
  await clock.advance(0);
  const [parent] = slack.messages;
  assert.equal(parent?.text, "incident of i1, firing");
  assert.deepEqual(texts(slack.thread(parent?.ts ?? "")), THREAD);
  assert.equal((await store.incident("i1"))?.messageTs, parent?.ts);
  assert.equal(await store.nextDue(), undefined);
  assert.deepEqual(
    meter.counts.filter((count) => count.startsWith("answered")),
    ["answered thread_incident", "answered thread_runbook", "answered thread_health"],
  );
});

test("a later state edits the message, and its end is said in the thread", async (t) => {
  const { hear, slack, clock } = await setUp(t);
  await hear("i1");
  await clock.advance(60_000);
  await hear("i1", { over: true });
  await clock.advance(0);
  const [parent, ...thread] = slack.messages;
  assert.deepEqual([parent?.text, parent?.edits], ["incident of i1, resolved", 1]);
  assert.deepEqual(texts(thread), [...THREAD, "resolved of i1, resolved"]);
});

test("what comes while nothing could be posted is one message with the latest state", async (t) => {
  const { hear, slack, clock, delivery } = await setUp(t, { start: false });
  await hear("i1");
  await clock.advance(60_000);
  await hear("i1", { over: true });
  delivery.start();
  await clock.advance(0);
  const [parent, ...thread] = slack.messages;
  assert.deepEqual([parent?.text, parent?.edits], ["incident of i1, resolved", 0]);
  assert.equal(thread.at(-1)?.text, "resolved of i1, resolved");
});

test("firing again is shown in the channel, too", async (t) => {
  const { hear, slack, clock } = await setUp(t);
  await hear("i1");
  await clock.advance(60_000);
  await hear("i1", { over: true });
  await clock.advance(60_000);
  await hear("i1");
  await clock.advance(10_000);
  const again = slack.messages.find(({ text }) => text.startsWith("reopened"));
  assert.equal(again?.broadcast, true);
  assert.ok(
    slack.messages.every(({ text, broadcast }) => !broadcast || text.startsWith("reopened")),
  );
});

test("with nothing to say, nothing is posted, and what follows goes on", async (t) => {
  const render: Render = async (row, incident) =>
    row.saying.kind === "runbook" ? undefined : plainly(row, incident);
  const { hear, slack, clock, store } = await setUp(t, { render });
  await hear("i1");
  await clock.advance(0);
  assert.deepEqual(texts(slack.messages), ["incident of i1, firing", "health of i1, firing"]);
  assert.equal(await store.nextDue(), undefined);
});

describe("pace", () => {
  test("of one channel: four at once, then one a second", async (t) => {
    const { hear, slack, clock } = await setUp(t);
    for (const id of ["i1", "i2", "i3"]) await hear(id);
    await clock.advance(0);
    assert.equal(slack.messages.length, 4);
    for (let second = 1; second <= 5; second += 1) {
      await clock.advance(1_000);
      assert.equal(slack.messages.length, 4 + second);
    }
    assert.equal(slack.messages.length, 9);
  });

  test("of a channel in a storm holds up no other channel", async (t) => {
    const { hear, slack, clock } = await setUp(t);
    for (let count = 0; count < 40; count += 1) await hear(`storm${count}`);
    await hear("quiet", { channel: "C2" });
    await clock.advance(0);
    assert.equal(slack.messages.filter(({ channel }) => channel === "C2").length, 3);
    assert.equal(slack.messages.filter(({ channel }) => channel === "C1").length, 4);
  });

  test("incidents of several channels are told of at the same time", async (t) => {
    const { hear, slack, clock } = await setUp(t);
    const release = slack.holdPosts();
    for (let count = 0; count < 12; count += 1) await hear(`i${count}`, { channel: `C${count}` });
    await clock.advance(0);
    assert.equal(slack.calls.length, 8);
    release();
    await clock.advance(0);
    assert.equal(slack.messages.length, 36);
  });
});

describe("Slack asks to wait", () => {
  test("the channel is left alone for that long, then the post is made", async (t) => {
    const { hear, slack, clock, meter } = await setUp(t);
    slack.trouble("post", [{ kind: "rate-limited", retryAfterMs: 30_000 }]);
    await hear("i1");
    await hear("i2");
    await clock.advance(29_000);
    // The second was on its way when the first was asked to wait.
    assert.deepEqual(texts(slack.messages), ["incident of i2, firing"]);
    assert.equal(slack.calls.length, 2);
    await clock.advance(11_000);
    assert.equal(slack.messages.length, 6);
    assert.ok(slack.calls.every(({ call }) => !call.startsWith("find")));
    assert.ok(meter.counts.includes("post rate-limited"));
  });

  test("other channels go on", async (t) => {
    const { hear, slack, clock } = await setUp(t);
    slack.trouble("post", [{ kind: "rate-limited", retryAfterMs: 30_000 }], "C1");
    await hear("i1");
    await hear("i2", { channel: "C2" });
    await clock.advance(0);
    assert.ok(slack.messages.every(({ channel }) => channel === "C2"));
    assert.equal(slack.messages.length, 3);
  });
});

describe("no answer from Slack", () => {
  test("after it posted: the message is found by its key and not posted twice", async (t) => {
    const { hear, slack, clock, store } = await setUp(t);
    slack.trouble("post", [{ kind: "lost" }]);
    await hear("i1");
    await clock.advance(5_000);
    assert.deepEqual(texts(slack.messages), ["incident of i1, firing", ...THREAD]);
    assert.equal((await store.incident("i1"))?.messageTs, slack.messages[0]?.ts);
  });

  test("after it posted and the state changed: the message that is found is edited", async (t) => {
    const { hear, slack, clock } = await setUp(t);
    slack.trouble("post", [{ kind: "lost" }]);
    await hear("i1");
    await clock.advance(0);
    await hear("i1", { over: true });
    await clock.advance(5_000);
    assert.equal(slack.messages[0]?.text, "incident of i1, resolved");
    assert.equal(slack.messages.filter(({ text }) => text.startsWith("incident")).length, 1);
  });

  test("after a reply was posted: it is found in its thread", async (t) => {
    const { hear, slack, clock } = await setUp(t);
    await hear("i1");
    await clock.advance(10_000);
    slack.trouble("post", [{ kind: "lost" }]);
    await hear("i1", { over: true });
    await clock.advance(10_000);
    assert.deepEqual(texts(slack.messages).slice(1), [...THREAD, "resolved of i1, resolved"]);
    assert.equal(slack.calls.filter(({ call }) => call.startsWith("find")).length, 1);
  });

  test("because nothing arrived: it is looked for, and then posted", async (t) => {
    const { hear, slack, clock, log } = await setUp(t);
    slack.trouble("post", [
      { kind: "unknown", error: "HTTP 500" },
      { kind: "unknown", error: "HTTP 500" },
    ]);
    await hear("i1");
    await clock.advance(10_000);
    assert.equal(slack.messages.length, 3);
    assert.equal(slack.calls.filter(({ call }) => call.startsWith("find")).length, 2);
    assert.ok(log.lines.includes("warn: Slack gave no answer, looking again"));
  });

  test("nor to the search for the message: nothing is posted before that is known", async (t) => {
    const { hear, slack, clock } = await setUp(t);
    slack.trouble("post", [{ kind: "lost" }]);
    slack.trouble(
      "find",
      Array.from({ length: 3 }, () => ({ kind: "unknown", error: "x" })),
    );
    await hear("i1");
    await clock.advance(60_000);
    assert.deepEqual(texts(slack.messages), ["incident of i1, firing", ...THREAD]);
    assert.equal(slack.calls.filter(({ call }) => call.startsWith("find")).length, 4);
  });

  test("for hours: the attempts grow apart, up to five minutes", async (t) => {
    const { hear, slack, clock } = await setUp(t);
    slack.trouble(
      "post",
      Array.from({ length: 100 }, () => ({ kind: "unknown", error: "x" })),
    );
    await hear("i1");
    await clock.advance(3_600_000);
    const posts = slack.calls.filter(({ call }) => call.startsWith("post"));
    const gaps = posts.slice(1).map(({ at }, index) => at - (posts[index]?.at ?? 0));
    assert.deepEqual(
      gaps.slice(0, 9),
      [1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 64_000, 128_000, 256_000],
    );
    assert.ok(gaps.slice(9).every((gap) => gap === 300_000));
  });
});

describe("Slack refuses", () => {
  test("until somebody invites the bot: the whole thread comes then, and the log says what to do", async (t) => {
    const { hear, slack, clock, log } = await setUp(t);
    const error = { kind: "refused", error: "not_in_channel" } as const;
    slack.trouble("post", [error, error, error], "C1");
    await hear("i1");
    await hear("i2", { channel: "C2" });
    await clock.advance(0);
    assert.equal(slack.messages.length, 3, "the other channel does not wait");
    await clock.advance(7_000);
    assert.deepEqual(texts(slack.messages.slice(3)), ["incident of i1, firing", ...THREAD]);
    assert.ok(log.lines.some((line) => line.includes("/invite @Streamline")));
    assert.ok(
      slack.calls.every(({ call }) => !call.startsWith("find")),
      "a no is no doubt",
    );
  });

  test("for a reason that nobody foresaw: it is tried again, and said so", async (t) => {
    const { hear, slack, clock, log } = await setUp(t);
    slack.trouble("post", [{ kind: "refused", error: "constructor" }]);
    await hear("i1");
    await clock.advance(2_000);
    assert.equal(slack.messages.length, 3);
    assert.ok(
      log.lines.includes(
        "error: Slack refused the message; it stays in the outbox and is tried again",
      ),
    );
  });

  test("the content in every form: the least is said, and the thread goes on", async (t) => {
    const { hear, slack, clock } = await setUp(t);
    slack.trouble("post", [{ kind: "rejected", error: "invalid_blocks" }]);
    await hear("i1");
    await clock.advance(0);
    assert.match(
      slack.messages[0]?.text ?? "",
      /^⚪ FIRING: A\. What belongs here could not be shown/,
    );
    assert.deepEqual(texts(slack.messages.slice(1)), THREAD);
  });
});

describe("the incident's message was deleted", () => {
  test("an edit posts it anew, and the thread goes on there", async (t) => {
    const { hear, slack, clock } = await setUp(t);
    await hear("i1");
    await clock.advance(60_000);
    slack.remove(slack.messages[0]?.ts ?? "");
    await hear("i1", { over: true });
    await clock.advance(10_000);
    const parent = slack.messages.find(({ text }) => text.startsWith("incident"));
    assert.equal(parent?.text, "incident of i1, resolved");
    assert.deepEqual(texts(slack.thread(parent?.ts ?? "")), ["resolved of i1, resolved"]);
  });

  test("between its post and a reply: the reply brings it back", async (t) => {
    const { slack, clock } = await withoutParent(t);
    await clock.advance(10_000);
    const [parent, ...thread] = slack.messages;
    assert.match(parent?.key ?? "", /:parent$/);
    assert.equal(parent?.text, "incident of i1, firing");
    assert.deepEqual(texts(thread), THREAD);
    assert.ok(thread.every(({ threadTs }) => threadTs === parent?.ts));
  });

  test("and the new one's answer was lost: it is found by its own key, not posted twice", async (t) => {
    const { slack, clock } = await withoutParent(t);
    slack.trouble("post", [{ kind: "lost" }]);
    await clock.advance(30_000);
    assert.deepEqual(texts(slack.messages), ["incident of i1, firing", ...THREAD]);
    assert.ok(slack.calls.some(({ call }) => /^find .*:parent$/.test(call)));
  });

  test("and the new one must wait: the reply does, too", async (t) => {
    const { slack, clock } = await withoutParent(t);
    slack.trouble("post", [{ kind: "rate-limited", retryAfterMs: 60_000 }]);
    await clock.advance(50_000);
    assert.deepEqual(slack.messages, []);
    await clock.advance(20_000);
    assert.deepEqual(texts(slack.messages), ["incident of i1, firing", ...THREAD]);
  });
});

/** The incident's message was posted, and deleted before its first reply could be. */
async function withoutParent(t: TestContext) {
  let failures = 1;
  const render: Render = async (row, incident) => {
    if (row.saying.kind === "runbook" && failures > 0) {
      failures -= 1;
      throw new Error("for a moment");
    }
    return plainly(row, incident);
  };
  const world = await setUp(t, { render });
  await world.hear("i1");
  await world.clock.advance(0);
  const [parent] = world.slack.messages;
  assert.deepEqual([parent?.text, world.slack.messages.length], ["incident of i1, firing", 1]);
  world.slack.remove(parent?.ts ?? "");
  return world;
}

describe("a rendering that throws", () => {
  test("once: is tried again", async (t) => {
    let calls = 0;
    const render: Render = async (row, incident) => {
      calls += 1;
      if (calls === 1) throw new Error("for a moment");
      return plainly(row, incident);
    };
    const { hear, slack, clock, log } = await setUp(t, { render });
    await hear("i1");
    await clock.advance(5_000);
    assert.deepEqual(texts(slack.messages), ["incident of i1, firing", ...THREAD]);
    assert.ok(log.lines.includes("error: delivery failed, it is tried again"));
  });

  test("always: the least is said instead, and what follows is not held up", async (t) => {
    const render: Render = async (row, incident) => {
      if (row.saying.kind === "runbook") throw new Error("a poisonous page");
      return plainly(row, incident);
    };
    const { hear, slack, clock, store } = await setUp(t, { render });
    await hear("i1");
    await clock.advance(10_000);
    const [parent, runbook, health] = texts(slack.messages);
    assert.equal(parent, "incident of i1, firing");
    assert.match(runbook ?? "", /could not be shown; the bot's log says why/);
    assert.equal(health, "health of i1, firing");
    assert.equal(await store.nextDue(), undefined);
  });
});

/** The store's method fails for its first calls. */
function failing(store: IncidentStore, method: "claimDue" | "setMessageTs", times: number): void {
  const works = store[method].bind(store) as (...args: unknown[]) => Promise<unknown>;
  let left = times;
  const fails = (...args: unknown[]): Promise<unknown> => {
    left -= 1;
    return left >= 0 ? Promise.reject(new Error("locked")) : works(...args);
  };
  Object.assign(store, { [method]: fails });
}

describe("a store that fails", () => {
  test("for a moment does not end the delivery", async (t) => {
    const { store, hear, slack, clock, log, delivery } = await setUp(t, { start: false });
    failing(store, "claimDue", 3);
    delivery.start();
    await hear("i1");
    await clock.advance(20_000);
    assert.equal(slack.messages.length, 3);
    assert.ok(log.lines.includes("error: the outbox cannot be read"));
    assert.ok("err" in (log.fields[0] ?? {}), "the log has the error where its serializer looks");
  });

  test("behind a post leads to a search, not to a second post", async (t) => {
    const { store, hear, slack, clock } = await setUp(t);
    failing(store, "setMessageTs", 1);
    await hear("i1");
    await clock.advance(10_000);
    assert.deepEqual(texts(slack.messages), ["incident of i1, firing", ...THREAD]);
  });
});

describe("stopping", () => {
  test("lets what is under way finish, and begins nothing new", async (t) => {
    const { hear, slack, clock, delivery, store } = await setUp(t);
    const release = slack.holdPosts();
    await hear("i1");
    await clock.advance(0);
    let isStopped = false;
    const stopping = delivery.stop().then(() => {
      isStopped = true;
    });
    await clock.advance(10_000);
    assert.equal(isStopped, false, "it waits for the post");
    release();
    await stopping;
    assert.deepEqual(texts(slack.messages), ["incident of i1, firing"]);
    assert.notEqual(await store.nextDue(), undefined, "the thread waits for the next start");
  });

  test("of what idles is at once, twice, and before it began", async (t) => {
    const { delivery, clock } = await setUp(t);
    await clock.advance(1_000);
    await delivery.stop();
    await delivery.stop();
    const other = await setUp(t, { start: false });
    await other.delivery.stop();
  });
});

test("a row is found without being woken for, within five seconds", async (t) => {
  const { store, slack, clock } = await setUp(t);
  await clock.advance(0);
  await hear({ store, clock, delivery: { wake: () => undefined } }, "i1");
  await clock.advance(5_000);
  assert.equal(slack.messages.length, 3);
});

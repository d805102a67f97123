/** The outbox to Slack: in order, at the channel's pace, through failures of the store, to the end. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { plainly, type Render, receive, setUp, THREAD, texts } from "./delivery.ts";

test("an incident is posted, then its thread in order", async (t) => {
  const { receive, slack, clock, incidents, outbox, meter } = await setUp(t);
  await receive("i1");
  await clock.advance(2_000);
  const [parent] = slack.messages;
  assert.equal(parent?.text, "incident of i1, firing");
  assert.deepEqual(texts(slack.thread(parent?.ts ?? "")), THREAD);
  assert.equal((await incidents.incident("i1"))?.messageTs, parent?.ts);
  assert.equal(await outbox.nextDueIn(), undefined);
  assert.deepEqual(
    meter.counts.filter((count) => count.startsWith("answered")),
    ["answered thread_incident", "answered thread_diagnosis", "answered thread_runbook"],
  );
});

test("a later state edits the message, and its end is reported in the thread", async (t) => {
  const { receive, slack, clock } = await setUp(t);
  await receive("i1");
  await clock.advance(60_000);
  await receive("i1", { over: true });
  await clock.advance(0);
  const [parent, ...thread] = slack.messages;
  assert.deepEqual([parent?.text, parent?.edits], ["incident of i1, resolved", 1]);
  assert.deepEqual(texts(thread), [...THREAD, "resolved of i1, resolved"]);
});

test("what comes while nothing could be posted is one message with the latest state", async (t) => {
  const { receive, slack, clock, delivery } = await setUp(t, { start: false });
  await receive("i1");
  await clock.advance(60_000);
  await receive("i1", { over: true });
  delivery.start();
  await clock.advance(5_000);
  const [parent, ...thread] = slack.messages;
  assert.deepEqual([parent?.text, parent?.edits], ["incident of i1, resolved", 0]);
  assert.equal(thread.at(-1)?.text, "resolved of i1, resolved");
});

test("firing again is shown in the channel, too", async (t) => {
  const { receive, slack, clock } = await setUp(t);
  await receive("i1");
  await clock.advance(60_000);
  await receive("i1", { over: true });
  await clock.advance(60_000);
  await receive("i1");
  await clock.advance(10_000);
  const again = slack.messages.find(({ text }) => text.startsWith("reopened"));
  assert.equal(again?.broadcast, true);
  assert.ok(
    slack.messages.every(({ text, broadcast }) => !broadcast || text.startsWith("reopened")),
  );
});

test("with nothing to say, nothing is posted, and what follows goes on", async (t) => {
  const render: Render = async (row, incident) =>
    row.notice.kind === "runbook" ? undefined : plainly(row, incident);
  const { receive, slack, clock, outbox } = await setUp(t, { render });
  await receive("i1");
  await clock.advance(0);
  assert.deepEqual(texts(slack.messages), ["incident of i1, firing", "diagnosis of i1, firing"]);
  assert.equal(await outbox.nextDueIn(), undefined);
});

describe("pace", () => {
  test("of one channel: every incident by name first, then what explains, one a second", async (t) => {
    const { receive, slack, clock, delivery } = await setUp(t, { start: false });
    for (const id of ["i1", "i2", "i3"]) await receive(id);
    delivery.start();
    await clock.advance(0);
    assert.deepEqual(texts(slack.messages).toSorted(), [
      "incident of i1, firing",
      "incident of i2, firing",
      "incident of i3, firing",
    ]);
    for (let second = 0; second < 10; second += 1) {
      const before = slack.messages.length;
      await clock.advance(1_000);
      assert.ok(slack.messages.length - before <= 1);
    }
    assert.equal(slack.messages.length, 9);
  });

  test("a new incident does not wait for the explanation of the one before", async (t) => {
    const { receive, slack, clock } = await setUp(t);
    await receive("i1");
    await clock.advance(0);
    await receive("i2");
    await clock.advance(0);
    assert.equal(slack.messages.at(-1)?.text, "incident of i2, firing");
  });

  test("an edit waits neither for posts nor for its thread", async (t) => {
    const { receive, slack, clock, delivery } = await setUp(t, { start: false });
    for (const id of ["i1", "i2", "i3", "i4"]) await receive(id);
    delivery.start();
    await clock.advance(0);
    await receive("i1", { over: true });
    await clock.advance(0);
    const parent = slack.messages.find(({ text }) => text.startsWith("incident of i1"));
    assert.equal(parent?.text, "incident of i1, resolved");
    assert.deepEqual(slack.thread(parent?.ts ?? ""), [], "its thread waits for the pace");
  });

  test("what posts nothing costs no pace", async (t) => {
    const render: Render = async (row, incident) =>
      row.notice.kind === "incident" ? plainly(row, incident) : undefined;
    const { receive, slack, clock } = await setUp(t, { render });
    for (const id of ["i1", "i2", "i3", "i4"]) await receive(id);
    await clock.advance(4_000);
    for (const id of ["i5", "i6", "i7", "i8"]) await receive(id);
    await clock.advance(0);
    assert.equal(slack.messages.length, 8);
  });

  test("of a channel in a storm holds up no other channel", async (t) => {
    const { receive, slack, clock } = await setUp(t);
    for (let count = 0; count < 40; count += 1) await receive(`storm${count}`);
    await receive("quiet", { channel: "C2" });
    await clock.advance(100);
    assert.equal(slack.messages.filter(({ channel }) => channel === "C2").length, 3);
    assert.equal(slack.messages.filter(({ channel }) => channel === "C1").length, 4);
  });

  test("incidents of several channels are told of at the same time", async (t) => {
    const { receive, slack, clock } = await setUp(t);
    const release = slack.holdPosts();
    for (let count = 0; count < 12; count += 1)
      await receive(`i${count}`, { channel: `C${count}` });
    await clock.advance(100);
    assert.equal(slack.calls.length, 12);
    release();
    await clock.advance(2_000);
    assert.equal(slack.messages.length, 36);
  });
});

describe("Slack asks to wait", () => {
  test("the channel is left alone for that long, then the post is made", async (t) => {
    const { receive, slack, clock, meter } = await setUp(t);
    slack.trouble("post", [{ kind: "rate-limited", retryAfterMs: 30_000 }]);
    await receive("i1");
    await receive("i2");
    await clock.advance(29_000);
    // The second was on its way when the first was asked to wait.
    assert.deepEqual(texts(slack.messages), ["incident of i2, firing"]);
    assert.equal(slack.calls.length, 2);
    await clock.advance(11_000);
    assert.equal(slack.messages.length, 6);
    assert.ok(slack.calls.every(({ call }) => !call.startsWith("ours")));
    assert.ok(meter.counts.includes("post rate-limited"));
  });

  test("other channels go on", async (t) => {
    const { receive, slack, clock } = await setUp(t);
    slack.trouble("post", [{ kind: "rate-limited", retryAfterMs: 30_000 }], "C1");
    await receive("i1");
    await receive("i2", { channel: "C2" });
    await clock.advance(2_000);
    assert.ok(slack.messages.every(({ channel }) => channel === "C2"));
    assert.equal(slack.messages.length, 3);
  });
});

/** The method fails for its first calls. */
function failing<M extends string>(
  store: Record<M, (...args: never[]) => Promise<unknown>>,
  method: M,
  times: number,
): void {
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
    const { outbox, receive, slack, clock, log, delivery } = await setUp(t, { start: false });
    failing(outbox, "claimDue", 3);
    delivery.start();
    await receive("i1");
    await clock.advance(20_000);
    assert.equal(slack.messages.length, 3);
    assert.ok(log.lines.includes("error: the outbox cannot be read"));
    assert.ok("err" in (log.fields[0] ?? {}), "the log has the error where its serializer looks");
  });

  test("behind a post leads to a search, not to a second post", async (t) => {
    const { incidents, receive, slack, clock } = await setUp(t);
    failing(incidents, "setMessageTs", 1);
    await receive("i1");
    await clock.advance(10_000);
    assert.deepEqual(texts(slack.messages), ["incident of i1, firing", ...THREAD]);
  });
});

describe("stopping", () => {
  test("lets what is under way finish, and begins nothing new", async (t) => {
    const { receive, slack, clock, delivery, outbox } = await setUp(t);
    const release = slack.holdPosts();
    await receive("i1");
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
    assert.notEqual(await outbox.nextDueIn(), undefined, "the thread waits for the next start");
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
  const { incidents, slack, clock } = await setUp(t);
  await clock.advance(0);
  await receive({ incidents, clock, delivery: { wake: () => undefined } }, "i1");
  await clock.advance(5_000);
  assert.equal(slack.messages[0]?.text, "incident of i1, firing");
});

test("a Slack that refuses connections is asked now and then, not without end", async (t) => {
  const { receive, slack, clock } = await setUp(t);
  const refused = Array.from(
    { length: 10_000 },
    () => ({ kind: "unreached", error: "ECONNREFUSED" }) as const,
  );
  slack.trouble("post", refused);
  slack.trouble("reach", refused);
  await receive("i1");
  await clock.advance(10_000);
  const asked = slack.calls.filter(({ call }) => call.startsWith("reach")).length;
  assert.ok(asked >= 5 && asked <= 21, `asked ${asked} times in 10 s`);
});

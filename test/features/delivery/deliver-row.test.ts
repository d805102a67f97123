/** One row of the outbox: said once, whatever Slack answers and whatever was deleted meanwhile. */

import assert from "node:assert/strict";
import { describe, type TestContext, test } from "node:test";
import type { Notice } from "../../../src/incidents/notice.ts";
import { firing, incidentOf, notification } from "../../incidents/notifications.ts";
import { plainly, type Render, setUp, THREAD, texts } from "./delivery.ts";

describe("no answer from Slack", () => {
  test("after it posted: the message is found by its key and not posted twice", async (t) => {
    const { receive, slack, clock, incidents } = await setUp(t);
    slack.trouble("post", [{ kind: "lost" }]);
    await receive("i1");
    await clock.advance(5_000);
    assert.deepEqual(texts(slack.messages), ["incident of i1, firing", ...THREAD]);
    assert.equal((await incidents.incident("i1"))?.messageTs, slack.messages[0]?.ts);
  });

  test("after it posted and the state changed: the message that is found is edited", async (t) => {
    const { receive, slack, clock } = await setUp(t);
    slack.trouble("post", [{ kind: "lost" }]);
    await receive("i1");
    await clock.advance(0);
    await receive("i1", { over: true });
    await clock.advance(5_000);
    assert.equal(slack.messages[0]?.text, "incident of i1, resolved");
    assert.equal(slack.messages.filter(({ text }) => text.startsWith("incident")).length, 1);
  });

  test("after a reply was posted: it is found in its thread", async (t) => {
    const { receive, slack, clock } = await setUp(t);
    await receive("i1");
    await clock.advance(10_000);
    slack.trouble("post", [{ kind: "lost" }]);
    await receive("i1", { over: true });
    await clock.advance(10_000);
    assert.deepEqual(texts(slack.messages).slice(1), [...THREAD, "resolved of i1, resolved"]);
    assert.equal(slack.calls.filter(({ call }) => call.startsWith("ours")).length, 1);
  });

  test("because nothing arrived: it is searched for, and then posted", async (t) => {
    const { receive, slack, clock, log } = await setUp(t);
    slack.trouble("post", [
      { kind: "unknown", error: "HTTP 500" },
      { kind: "unknown", error: "HTTP 500" },
    ]);
    await receive("i1");
    await clock.advance(30_000);
    assert.deepEqual(texts(slack.messages), ["incident of i1, firing", ...THREAD]);
    const posts = slack.calls.filter(({ call }) => call.startsWith("post")).map(({ at }) => at);
    const [first = 0, second = 0, third = 0] = posts;
    assert.ok(second - first >= 6_000 && third - second >= 6_000, "not before it was searched for");
    assert.ok(log.lines.includes("warn: Slack gave no answer, searching for the message"));
  });

  test("nor to the search for the message: nothing is posted before that is known", async (t) => {
    const { receive, slack, clock } = await setUp(t);
    slack.trouble("post", [{ kind: "lost" }]);
    slack.trouble(
      "ours",
      Array.from({ length: 3 }, () => ({ kind: "unknown", error: "x" })),
    );
    await receive("i1");
    await clock.advance(60_000);
    assert.deepEqual(texts(slack.messages), ["incident of i1, firing", ...THREAD]);
    assert.equal(slack.calls.filter(({ call }) => call.startsWith("ours")).length, 4);
  });

  test("for an hour: it is tried every few seconds, and searched for before", async (t) => {
    const { receive, slack, clock } = await setUp(t);
    slack.trouble(
      "post",
      Array.from({ length: 100 }, () => ({ kind: "unknown", error: "x" })),
    );
    await receive("i1");
    await clock.advance(1_800_000);
    const posts = slack.calls.filter(({ call }) => call.startsWith("post"));
    const gaps = posts.slice(1).map(({ at }, index) => at - (posts[index]?.at ?? 0));
    assert.ok(gaps.length > 90);
    assert.ok(
      gaps.slice(0, 90).every((gap) => gap >= 6_000 && gap <= 15_000),
      JSON.stringify(gaps),
    );
  });
});

describe("Slack refuses", () => {
  test("until somebody invites the bot: the whole thread comes then, and the log says what to do", async (t) => {
    const { receive, slack, clock, log } = await setUp(t);
    const error = { kind: "refused", error: "not_in_channel", of: "channel" } as const;
    slack.trouble("post", [error, error, error], "C1");
    await receive("i1");
    await receive("i2", { channel: "C2" });
    await clock.advance(900);
    assert.ok(slack.messages.length > 0, "the other channel does not wait");
    await clock.advance(9_000);
    const thread = slack.messages.filter(({ channel }) => channel === "C1");
    assert.deepEqual(texts(thread), ["incident of i1, firing", ...THREAD]);
    assert.ok(log.lines.some((line) => line.includes("/invite @Streamline")));
    assert.ok(
      slack.calls.every(({ call }) => !call.startsWith("ours")),
      "a no is no doubt",
    );
  });

  test("for a reason that nobody foresaw: it is tried again, and reported", async (t) => {
    const { receive, slack, clock, log } = await setUp(t);
    slack.trouble("post", [{ kind: "refused", error: "constructor", of: "channel" }]);
    await receive("i1");
    await clock.advance(2_000);
    assert.equal(slack.messages.length, 3);
    assert.ok(
      log.lines.includes(
        "error: Slack refused the message; it stays in the outbox and is tried again",
      ),
    );
  });

  test("the content in every form: the least is reported, and the thread goes on", async (t) => {
    const { receive, slack, clock } = await setUp(t);
    slack.trouble("post", [{ kind: "rejected", error: "invalid_blocks" }]);
    await receive("i1");
    await clock.advance(2_000);
    assert.match(slack.messages[0]?.text ?? "", /^⚪ FIRING A\. .* could not be shown/);
    assert.deepEqual(texts(slack.messages.slice(1)), THREAD);
  });
});

describe("the incident's message was deleted", () => {
  test("an edit posts it again, and the thread goes on there", async (t) => {
    const { receive, slack, clock } = await setUp(t);
    await receive("i1");
    await clock.advance(60_000);
    slack.erase(slack.messages[0]?.ts ?? "");
    await receive("i1", { over: true });
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
    assert.ok(slack.calls.some(({ call }) => call.startsWith("ours C1")));
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
    if (row.notice.kind === "diagnosis" && failures > 0) {
      failures -= 1;
      throw new Error("for a moment");
    }
    return plainly(row, incident);
  };
  const world = await setUp(t, { render });
  await world.receive("i1");
  await world.clock.advance(0);
  const [parent] = world.slack.messages;
  assert.deepEqual([parent?.text, world.slack.messages.length], ["incident of i1, firing", 1]);
  world.slack.erase(parent?.ts ?? "");
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
    const { receive, slack, clock, log } = await setUp(t, { render });
    await receive("i1");
    await clock.advance(5_000);
    assert.deepEqual(texts(slack.messages), ["incident of i1, firing", ...THREAD]);
    assert.ok(log.lines.includes("error: delivery failed, it is tried again"));
  });

  test("always: the least is reported instead, and what follows is not held up", async (t) => {
    const render: Render = async (row, incident) => {
      if (row.notice.kind === "runbook") throw new Error("a poisonous page");
      return plainly(row, incident);
    };
    const { receive, slack, clock, outbox } = await setUp(t, { render });
    await receive("i1");
    await clock.advance(10_000);
    const [parent, verdict, runbook] = texts(slack.messages);
    assert.equal(parent, "incident of i1, firing");
    assert.match(runbook ?? "", /could not be shown; the bot's log says why/);
    assert.equal(verdict, "diagnosis of i1, firing");
    assert.equal(await outbox.nextDueIn(), undefined);
  });
});

describe("below a post that was heard", () => {
  const applyExternalPost = async (t: TestContext) => {
    const world = await setUp(t, { start: false });
    const { incidents, slack, clock } = world;
    const posted = await slack.post({ channel: "C1", message: { text: "theirs", blocks: [] } });
    assert.ok(posted.kind === "posted");
    const body = notification([firing("a")], { groupKey: "slack:C1:1" });
    const tell = (kinds: readonly Notice["kind"][]) =>
      incidents.apply(body, clock.now(), () => {
        const incident = { ...incidentOf([firing("a")]), channel: "C1", messageTs: posted.ts };
        const notices = kinds.map((kind) => ({ kind }) as Notice);
        return { reason: "changed", incident: { ...incident, isExternal: true }, notices };
      });
    return { ...world, ts: posted.ts, tell };
  };

  test("everything is a reply, and none is shown in the channel, too", async (t) => {
    const { slack, delivery, clock, ts, tell } = await applyExternalPost(t);
    await tell(["diagnosis", "reopened"]);
    delivery.start();
    await clock.advance(5_000);
    const replies = slack.thread(ts);
    assert.deepEqual(
      replies.map(({ broadcast }) => broadcast),
      [false, false],
    );
    assert.equal(slack.messages.length, 3, "theirs and two replies");
  });

  test("nothing is reported once it is deleted, and no message takes its place", async (t) => {
    const { slack, outbox, delivery, clock, ts, tell } = await applyExternalPost(t);
    slack.erase(ts);
    await tell(["diagnosis", "resolved"]);
    delivery.start();
    await clock.advance(60_000);
    assert.deepEqual(slack.messages, []);
    assert.equal(await outbox.nextDueIn(), undefined);
  });
});

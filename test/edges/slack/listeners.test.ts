/** What people do in Slack, acknowledged at once and answered when the answer is there. */

import assert from "node:assert/strict";
import { describe, type TestContext, test } from "node:test";
import type { Message } from "../../../src/block-kit/message.ts";
import { eventually } from "../../support/eventually.ts";
import { startResponseUrl, startSignedSlack } from "./signed-slack.ts";

describe("a command", () => {
  test("is acknowledged however long its answer takes", async (t) => {
    const { promise, resolve } = Promise.withResolvers<Message>();
    const responses = await startResponseUrl(t);
    const { command } = await startSignedSlack(t, () => promise);
    const answer = await command("health", responses.url);
    assert.deepEqual([answer.status, responses.bodies], [200, []]);
    resolve({ text: "at last", blocks: [] });
    await responses.received(1);
    assert.equal(responses.bodies[0]?.["text"], "at last");
  });

  test("is answered for the asker alone", async (t) => {
    const responses = await startResponseUrl(t);
    const { command } = await startSignedSlack(t);
    await command("search x", responses.url);
    await responses.received(1);
    assert.partialDeepStrictEqual(responses.bodies, [
      { response_type: "ephemeral", replace_original: false, text: "answer to search x" },
    ]);
  });

  test("whose blocks are refused is answered once more in words", async (t) => {
    const responses = await startResponseUrl(t, 1);
    const { command } = await startSignedSlack(t);
    await command("search x", responses.url);
    await responses.received(2);
    assert.ok("blocks" in (responses.bodies[0] ?? {}));
    assert.ok(!("blocks" in (responses.bodies[1] ?? {})));
    assert.equal(responses.bodies[1]?.["text"], "answer to search x");
  });

  test("whose answer nobody takes is logged, and the next one is answered", async (t) => {
    const responses = await startResponseUrl(t);
    const { command, logged } = await startSignedSlack(t);
    await command("one");
    await eventually("the log", () => logged().includes("a Slack listener failed"));
    await command("two", responses.url);
    await responses.received(1);
    assert.equal(responses.bodies[0]?.["text"], "answer to two");
  });
});

describe("a button", () => {
  test("that runs a command runs it as the one who clicked", async (t) => {
    const responses = await startResponseUrl(t);
    const { action, asked } = await startSignedSlack(t);
    for (const [index, id] of ["run_command", "run_command:3", "run_command:search"].entries()) {
      const button = { type: "button", action_id: id, block_id: "b", value: `health t${index}` };
      assert.equal((await action(button, responses.url)).status, 200);
      await responses.received(index + 1);
    }
    assert.deepEqual(asked[1], { text: "health t1", user: "U0ALICE", channel: "C0INCIDENTS" });
    assert.equal(asked.length, 3);
  });

  test("that opens a section opens it", async (t) => {
    const responses = await startResponseUrl(t);
    const { action, shown } = await startSignedSlack(t);
    const button = { type: "button", action_id: "show_section:0", block_id: "b", value: "a.md#b" };
    await action(button, responses.url);
    await responses.received(1);
    assert.deepEqual(shown, ["a.md#b"]);
    assert.equal(responses.bodies[0]?.["text"], "section a.md#b");
  });

  test("in a thread is answered there, and one in the channel in the channel", async (t) => {
    const { action } = await startSignedSlack(t);
    const button = { type: "button", action_id: "run_command", block_id: "b", value: "health" };
    const parent = { ts: "1.000001", thread_ts: "1.000001", text: "the alert" };
    const reply = { ts: "2.000001", thread_ts: "1.000001", text: "a reply" };
    const { text: _, ts, ...own } = reply;
    // Slack sends no message of what one person alone sees.
    const hidden = { type: "message", message_ts: ts, is_ephemeral: true, ...own };
    for (const [place, thread] of [
      [{ message: reply }, reply.thread_ts],
      [{ container: hidden }, reply.thread_ts],
      [{ message: parent }, undefined],
      [{ message: { ts: "3.000001", text: "no thread" } }, undefined],
    ] as const) {
      const responses = await startResponseUrl(t);
      await action(button, responses.url, place);
      await responses.received(1);
      assert.equal(responses.bodies[0]?.["thread_ts"], thread, JSON.stringify(place));
    }
  });

  test("of another name, or what is not a button, does nothing", async (t) => {
    const { action, asked, shown } = await startSignedSlack(t);
    const button = { type: "button", action_id: "other", block_id: "b", value: "health" };
    const menu = { type: "static_select", action_id: "run_command", block_id: "b" };
    for (const each of [button, menu]) await action(each, "http://127.0.0.1:1/none");
    assert.deepEqual([asked, shown], [[], []]);
  });
});

describe("an event", () => {
  let written = 0;
  const mention = (text: string, more: object = {}) => {
    written += 1;
    // No two messages of a channel have the same.
    const ts = `1700000000.${String(written).padStart(6, "0")}`;
    return {
      type: "app_mention",
      user: "U0ALICE",
      channel: "C0INCIDENTS",
      ts,
      event_ts: ts,
      text,
      ...more,
    };
  };
  const direct = (text: string, more: object = {}) => ({
    ...mention(text),
    type: "message",
    channel_type: "im",
    ...more,
  });

  /** Sends events one by one, and returns what was asked because of them. */
  const askedBy = async (t: TestContext, events: [object, string?][]) => {
    const { event, asked } = await startSignedSlack(t);
    for (const [each, id] of events) assert.equal((await event(each, id)).status, 200);
    await event(mention("<@U0STREAMLINE> last"));
    await eventually("the last", () => asked.some(({ text }) => text === "last"));
    return asked.filter(({ text }) => text !== "last");
  };

  for (const [what, text, expected] of [
    ["has the bot's name taken out", "<@U0STREAMLINE> disk full", "disk full"],
    ["has it taken out wherever it stands", "hey <@U0STREAMLINE|streamline>: disk", "hey  : disk"],
    ["has entities made characters again", "<@U0STREAMLINE> a &lt;b&gt; &amp; c", "a <b> & c"],
    ["has them made characters once", "<@U0STREAMLINE> &amp;lt;", "&lt;"],
    [
      "has Slack's links made words again",
      "<@U0STREAMLINE> no route to <http://broker:9092|broker:9092> at <https://x.example/a>",
      "no route to broker:9092 at https://x.example/a",
    ],
    ["has channels made words", "<@U0STREAMLINE> see <#C012AB|incidents>", "see incidents"],
  ] as const) {
    test(`a mention ${what}`, async (t) => {
      const [question] = await askedBy(t, [[mention(text)]]);
      // Everybody in the channel reads the answer.
      const person = { user: "U0ALICE", channel: "C0INCIDENTS", isForChannel: true };
      assert.deepEqual(question, { text: expected, ...person });
    });
  }

  test("that Slack sends again is answered once", async (t) => {
    const once = mention("<@U0STREAMLINE> disk");
    assert.equal(
      (
        await askedBy(t, [
          [once, "Ev1"],
          [once, "Ev1"],
          [once, "Ev1"],
        ])
      ).length,
      1,
    );
  });

  test("is answered when a person writes to the bot", async (t) => {
    assert.deepEqual(
      (await askedBy(t, [[direct("disk full")]])).map(({ text }) => text),
      ["disk full"],
    );
  });

  test("is nothing to the bot when it is an edit, another bot's, or talk in a channel", async (t) => {
    const events: [object][] = [
      [direct("edited", { subtype: "message_changed" })],
      [direct("a bot", { bot_id: "B1" })],
      [direct("talk", { channel_type: "channel" })],
      [mention("<@U0STREAMLINE> nobody", { user: undefined })],
    ];
    assert.deepEqual(await askedBy(t, events), []);
  });

  test("is answered in its thread", async (t) => {
    const { slack, asked } = await startWithEvents(t);
    const { ts } = await slack.sendMessage({
      user: "alice",
      channel: "incidents",
      text: "@streamline disk",
    });
    const reply = await eventually("the reply", () => slack.replies("incidents", ts).at(1));
    assert.deepEqual([reply.text, asked.length], ["answer to disk", 1]);
  });

  test("whose answer Slack asks to send later is answered later", async (t) => {
    const { slack } = await startWithEvents(t);
    // Only the bot's calls meet faults, not what people write.
    slack.faults.add({ method: "chat.postMessage", kind: "rate_limited", times: 1, retryAfter: 1 });
    const { ts } = await slack.sendMessage({
      user: "alice",
      channel: "incidents",
      text: "@streamline disk",
    });
    await eventually("the reply", () => slack.replies("incidents", ts).at(1));
  });

  test("whose answer cannot be posted is logged with the reason", async (t) => {
    const { slack, event, logged } = await startSignedSlack(t);
    slack.faults.add({ method: "chat.postMessage", kind: "not_in_channel", times: 1 });
    await event(mention("<@U0STREAMLINE> disk", { channel: slack.channels["incidents"] }));
    await eventually("the log", () => /an answer could not be posted/.test(logged()));
    assert.match(logged(), /not_in_channel/);
  });
});

/** The local Slack sends its events to the bot. */
async function startWithEvents(t: TestContext) {
  const signed = await startSignedSlack(t);
  signed.slack.connectBot(signed.url);
  return signed;
}

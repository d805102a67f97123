/** Slack's requests: only what Slack signed is taken, and everything is acknowledged at once. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createSlackApp } from "../../../src/edges/slack/slack-app.ts";
import type { AnswerCommand } from "../../../src/flows/answer-command.ts";
import type { Message } from "../../../src/messages/message.ts";
import { eventually } from "../../support/sandbox-bot.ts";
import { captureLog } from "../captured-log.ts";
import { FORM, SECRET, type Signed, startResponseUrl, startSignedSlack } from "./signed-slack.ts";

const COMMAND = "command=%2Fstreamline&text=help&user_id=U1&channel_id=C1&team_id=T1";
const now = (): number => Math.floor(Date.now() / 1000);

describe("a request", () => {
  test("that Slack signed is taken", async (t) => {
    const { request, asked } = await startSignedSlack(t);
    assert.equal((await request(COMMAND, FORM)).status, 200);
    await eventually("the question", () => asked.length === 1);
    assert.deepEqual(asked, [{ text: "help", user: "U1", channel: "C1" }]);
  });

  const cases: [string, Signed][] = [
    ["signed with another secret", { secret: "wrong" }],
    ["signed for another body", { headers: { "x-slack-signature": `v0=${"0".repeat(64)}` } }],
    ["signed by another version", { headers: { "x-slack-signature": `v1=${"0".repeat(64)}` } }],
    ["without a signature", { headers: { "x-slack-signature": "" } }],
    ["six minutes old", { timestamp: now() - 360 }],
    ["of an hour ago", { timestamp: now() - 3_600 }],
    ["without a time", { headers: { "x-slack-request-timestamp": "" } }],
    ["whose time is no number", { headers: { "x-slack-request-timestamp": "now" } }],
    ["whose time was changed", { headers: { "x-slack-request-timestamp": String(now() + 1) } }],
  ];
  for (const [what, signed] of cases) {
    test(`${what} is refused, and nobody is asked`, async (t) => {
      const { request, asked, logged } = await startSignedSlack(t);
      const answer = await request(COMMAND, FORM, signed);
      assert.deepEqual([answer.status, answer.text], [401, ""]);
      assert.deepEqual(asked, []);
      assert.ok(!logged().includes(SECRET));
    });
  }

  test("without any of the headers is refused", async (t) => {
    const { request, asked } = await startSignedSlack(t);
    const headers = { "x-slack-signature": "", "x-slack-request-timestamp": "" };
    assert.equal((await request(COMMAND, FORM, { headers })).status, 401);
    assert.deepEqual(asked, []);
  });

  test("of ten unsigned megabytes is refused", async (t) => {
    const { request, asked } = await startSignedSlack(t);
    const answer = await request("x".repeat(10 * 1024 ** 2), FORM, { secret: "wrong" });
    assert.ok([401, 413].includes(answer.status), String(answer.status));
    assert.deepEqual(asked, []);
  });

  test("that only checks the certificate cannot smuggle a command", async (t) => {
    const { request, asked } = await startSignedSlack(t);
    await request(`ssl_check=1&${COMMAND}`, FORM, { secret: "wrong" });
    await request(COMMAND, FORM);
    await eventually("the signed one", () => asked.length > 0);
    assert.equal(asked.length, 1);
  });

  test("that proves the address gets its challenge back", async (t) => {
    const { request } = await startSignedSlack(t);
    const body = JSON.stringify({ type: "url_verification", challenge: "abc" });
    const answer = await request(body, "application/json");
    assert.equal(answer.status, 200);
    assert.match(answer.text, /abc/);
  });

  test("that is signed and no JSON is refused, and the server lives on", async (t) => {
    const { request } = await startSignedSlack(t);
    assert.ok((await request("{", "application/json")).status >= 400);
    assert.equal((await request(COMMAND, FORM)).status, 200);
  });
});

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

  test("of another name, or what is no button, does nothing", async (t) => {
    const { action, asked, shown } = await startSignedSlack(t);
    const button = { type: "button", action_id: "other", block_id: "b", value: "health" };
    const menu = { type: "static_select", action_id: "run_command", block_id: "b" };
    for (const each of [button, menu]) await action(each, "http://127.0.0.1:1/none");
    assert.deepEqual([asked, shown], [[], []]);
  });
});

describe("an event", () => {
  const mention = (text: string, more: object = {}) => ({
    type: "app_mention",
    user: "U0ALICE",
    channel: "C0INCIDENTS",
    ts: "1700000000.000100",
    event_ts: "1700000000.000100",
    text,
    ...more,
  });
  const direct = (text: string, more: object = {}) => ({
    ...mention(text),
    type: "message",
    channel_type: "im",
    ...more,
  });

  /** Sends events one by one, and returns what was asked because of them. */
  const askedBy = async (
    t: Parameters<typeof startSignedSlack>[0],
    events: [object, string?][],
  ) => {
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
      assert.deepEqual(question, { text: expected, user: "U0ALICE", channel: "C0INCIDENTS" });
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
async function startWithEvents(
  t: Parameters<typeof startSignedSlack>[0],
  answer?: AnswerCommand["answer"],
) {
  const signed = await startSignedSlack(t, answer);
  signed.slack.connectBot(signed.url);
  return signed;
}

describe("the connection", () => {
  const config = { mode: "http", signingSecret: SECRET, botToken: "xoxb-signed" } as const;
  const answers: AnswerCommand = {
    answer: async () => ({ text: "", blocks: [] }),
    showSection: async () => ({ text: "", blocks: [] }),
  };

  test("is missing before the start, there after it, and missing after the stop", async (t) => {
    const { app } = await startSignedSlack(t);
    assert.equal(app.problem(), "not connected yet");
    await app.start();
    assert.equal(app.problem(), undefined);
    await app.stop();
    assert.equal(app.problem(), "stopped");
  });

  test("with a token that Slack refuses is told with what to do, and without the token", async (t) => {
    const { slack } = await startSignedSlack(t);
    const { log } = captureLog();
    const wrong = { ...config, botToken: "xoxb-wrong-guess", apiUrl: slack.apiUrl };
    const app = createSlackApp(wrong, answers, log);
    await assert.rejects(app.start(), (error: Error) => {
      assert.match(
        error.message,
        /^Slack refuses the token \(invalid_auth\): check SLACK_BOT_TOKEN/,
      );
      assert.ok(!error.message.includes("wrong-guess"));
      return true;
    });
  });

  test("to a Slack that cannot be reached is tried again, and the bot runs meanwhile", async () => {
    const { log, text } = captureLog();
    const app = createSlackApp({ ...config, apiUrl: "http://127.0.0.1:1/api/" }, answers, log);
    await app.start();
    assert.equal(app.problem(), "Slack cannot be reached");
    assert.match(text(), /Slack cannot be reached/);
    await app.stop();
    assert.equal(app.problem(), "stopped");
  });
});

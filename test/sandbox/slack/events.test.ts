import assert from "node:assert/strict";
import { afterEach, describe, test } from "node:test";
import { isValidSlackRequest } from "@slack/bolt";
import type { LocalSlack, LocalSlackOptions } from "../../../src/sandbox/slack/local-slack.ts";
import { SECRET, startSlack } from "./echo-bot.ts";
import { type ExternalOrigin, type RawBot, startRawBot } from "./raw-bot.ts";

describe("events", () => {
  let slack: LocalSlack;
  let bot: RawBot;

  afterEach(async () => {
    await slack.close();
    await bot.stop();
  });

  async function start(
    answer: Parameters<typeof startRawBot>[0],
    options: Partial<LocalSlackOptions> = {},
  ): Promise<void> {
    bot = await startRawBot(answer);
    slack = await startSlack({ botRequestUrl: bot.url, ...options });
  }

  const say = (text: string, channel = "incidents") =>
    slack.sendMessage({ user: "alice", channel, text });
  const event = ({ body }: ExternalOrigin) => body["event"] as Record<string, unknown>;

  test("carry the signature that Bolt checks", async () => {
    await start(() => ({ status: 200 }));
    await say("hello");
    await slack.idle();
    const [external] = bot.external;
    assert.ok(external);
    const headers = {
      "x-slack-signature": String(external.headers["x-slack-signature"]),
      "x-slack-request-timestamp": Number(external.headers["x-slack-request-timestamp"]),
    };
    assert.ok(isValidSlackRequest({ signingSecret: SECRET, body: external.raw, headers }));
    const other = { signingSecret: "another", body: external.raw, headers };
    assert.equal(isValidSlackRequest(other), false);
  });

  test("are repeated three times with the same id when the bot fails", async () => {
    await start(() => ({ status: 500 }));
    await say("hello");
    await slack.idle();
    assert.deepEqual(
      bot.external.map(({ headers }) => headers["x-slack-retry-num"]),
      [undefined, "1", "2", "3"],
    );
    assert.equal(bot.external[1]?.headers["x-slack-retry-reason"], "http_error");
    assert.equal(new Set(bot.external.map(({ body }) => body["event_id"])).size, 1);
  });

  test("are not repeated once the bot has said yes", async () => {
    await start((count) => ({ status: count === 1 ? 500 : 200 }));
    await say("hello");
    await slack.idle();
    assert.equal(bot.external.length, 2);
  });

  test("that the bot does not answer in time are repeated for that reason", async () => {
    await start((count) => (count === 1 ? "silence" : { status: 200 }), { ackWithinMs: 500 });
    await say("hello");
    await slack.idle();
    assert.equal(bot.external[1]?.headers["x-slack-retry-reason"], "http_timeout");
  });

  test("tell a message with its channel's kind, and a mention twice", async () => {
    await start(() => ({ status: 200 }));
    await say("@streamline hello");
    await slack.idle();
    const types = bot.external.map((external) => String(event(external)["type"]));
    assert.deepEqual(new Set(types), new Set(["app_mention", "message"]));
    assert.equal(types.length, 2);
    const message = bot.external.map(event).find(({ type }) => type === "message");
    assert.equal(message?.["channel_type"], "channel");
    assert.equal(message["user"], slack.person("alice").id);
  });

  test("tell a direct message once, mention or not", async () => {
    await start(() => ({ status: 200 }));
    await say("@streamline hello", "bot");
    await slack.idle();
    assert.deepEqual(
      bot.external.map((external) => [event(external)["type"], event(external)["channel_type"]]),
      [["message", "im"]],
    );
  });

  test("tell nothing of a channel without the bot", async () => {
    await start(() => ({ status: 200 }));
    await say("@streamline hello", "random");
    await slack.idle();
    assert.deepEqual(bot.external, []);
  });

  test("tell a foreign app's post with its attachments, and its later edit", async () => {
    await start(() => ({ status: 200 }));
    const { alertmanager } = slack.workspace;
    const posted = await slack.postAsAlertmanager({
      channel: "alerts",
      body: { attachments: [{ title: "[FIRING:1] DiskFull", text: "disk full" }] },
    });
    await fetch(`${slack.apiUrl}chat.update`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${alertmanager.token}`,
        "content-type": "application/json",
      },
      body: JSON.stringify({
        channel: slack.channels["alerts"],
        ts: posted.ts,
        attachments: [{ title: "[RESOLVED] DiskFull", text: "over" }],
      }),
    });
    await slack.idle();
    const [first, second] = bot.external.map(event);
    assert.equal(first?.["subtype"], "bot_message");
    assert.equal(first["bot_id"], alertmanager.botId);
    assert.match(JSON.stringify(first["attachments"]), /FIRING/);
    assert.equal(second?.["subtype"], "message_changed");
    assert.match(JSON.stringify(second["message"]), /RESOLVED/);
    assert.match(JSON.stringify(second["previous_message"]), /FIRING/);
  });
});

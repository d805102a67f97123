import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { WebClient } from "@slack/web-api";
import type { LocalSlack } from "../../../src/sandbox/slack/local-slack.ts";
import { SILENT, startSlack } from "./echo-bot.ts";

describe("what the emulator lacks", () => {
  let slack: LocalSlack;
  let client: WebClient;

  before(async () => {
    slack = await startSlack();
    client = new WebClient(slack.botToken, { slackApiUrl: slack.apiUrl, logger: SILENT });
  });
  after(() => slack.close());

  test("an answer grows while it is written, and is not an edited message", async () => {
    const { ts: thread_ts, channel } = await slack
      .sendMessage({ user: "alice", channel: "bot", text: "why is it slow?" })
      .then(({ ts }) => ({ ts, channel: slack.person("alice").directMessage }));
    const { ts = "" } = await client.chat.startStream({ channel, thread_ts });
    await client.chat.appendStream({ channel, ts, markdown_text: "**One**" });
    await client.chat.appendStream({
      channel,
      ts,
      chunks: [{ type: "task_update", id: "t", title: "Looks", status: "in_progress" } as never],
    });
    await client.chat.appendStream({ channel, ts, markdown_text: " and two" });
    await client.chat.stopStream({ channel, ts });
    const answer = slack.replies(channel, thread_ts).at(-1);
    assert.equal(answer?.text, "**One** and two");
    assert.deepEqual(
      answer.blocks.map(({ type }) => type),
      ["task_card", "markdown"],
    );
    assert.equal(answer["edited"], undefined);
    await assert.rejects(client.chat.appendStream({ channel, ts, markdown_text: "late" }));
  });

  test("a stream without a thread is refused", async () => {
    const channel = slack.channels["general"] ?? "";
    await assert.rejects(client.chat.startStream({ channel, thread_ts: "" }), /invalid_thread_ts/);
  });

  test("a user group shows who is on call", async () => {
    const { users } = await client.usergroups.users.list({ usergroup: "S0ONCALL" });
    assert.deepEqual(users, [slack.person("alice").id]);
  });

  test("a permalink leads to the page", async () => {
    const channel = slack.channels["general"] ?? "";
    const { ts } = await slack.sendMessage({ user: "bob", channel: "general", text: "here" });
    const { permalink } = await client.chat.getPermalink({ channel, message_ts: ts });
    assert.equal(permalink, `${slack.url}/archives/${channel}/p${ts.replace(".", "")}`);
  });

  test("Alertmanager's own Slack receiver can post to a webhook", async () => {
    const response = await fetch(slack.webhookUrl, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ attachments: [{ title: "[FIRING:1] DiskFull", color: "danger" }] }),
    });
    assert.equal(await response.text(), "ok");
    const posted = slack.messages("alerts").at(-1);
    assert.equal(posted?.["subtype"], "bot_message");
    assert.match(JSON.stringify(posted["attachments"]), /DiskFull/);
  });
});

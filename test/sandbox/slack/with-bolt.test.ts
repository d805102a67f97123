import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { LocalSlack } from "../../../src/sandbox/slack/local-slack.ts";
import { eventually } from "../../support/eventually.ts";
import { type EchoBot, startEchoBot, startSlack } from "./echo-bot.ts";

for (const mode of ["http", "socket"] as const) {
  describe(`a Bolt app over ${mode}`, () => {
    let slack: LocalSlack;
    let bot: EchoBot;

    before(async () => {
      slack = await startSlack();
      bot = await startEchoBot(slack, mode);
      const { app } = bot;
      app.command("/streamline", async ({ ack, command, respond }) => {
        await ack();
        await respond(`you said ${command.text}`);
      });
      app.command("/quick", async ({ ack }) => ack("said at once"));
      app.event("app_mention", async ({ event, say }) => {
        await say({ text: `mentioned: ${event.text}`, thread_ts: event.ts });
      });
      app.message(async ({ message, say }) => {
        if (message.channel_type === "im" && "text" in message) await say(`heard ${message.text}`);
      });
      app.action("go", async ({ ack, respond }) => {
        await ack();
        await respond({ replace_original: true, text: "gone" });
      });
      app.action("open", async ({ ack, body, client }) => {
        await ack();
        if (!("trigger_id" in body)) return;
        await client.views.open({
          trigger_id: body.trigger_id,
          view: {
            type: "modal",
            callback_id: "form",
            title: { type: "plain_text", text: "A form" },
            submit: { type: "plain_text", text: "Send" },
            blocks: [
              {
                type: "input",
                block_id: "why",
                label: { type: "plain_text", text: "Why" },
                element: { type: "plain_text_input", action_id: "text" },
              },
            ],
          },
        });
      });
      app.view("form", async ({ ack, view }) => {
        const value = view.state.values["why"]?.["text"]?.value ?? "";
        if (value === "") await ack({ response_action: "errors", errors: { why: "Say why" } });
        else await ack();
      });
      app.options("topic", async ({ ack, options }) => {
        const text = { type: "plain_text" as const, text: `${options.value} one` };
        await ack({ options: [{ text, value: "one" }] });
      });
      app.shortcut("find", async ({ ack, shortcut, client }) => {
        await ack();
        if (shortcut.type !== "message_action") return;
        await client.chat.postMessage({
          channel: shortcut.channel.id,
          thread_ts: shortcut.message_ts,
          text: "found",
        });
      });
      app.event("app_home_opened", async ({ event, client }) => {
        await client.views.publish({
          user_id: event.user,
          view: {
            type: "home",
            blocks: [{ type: "header", text: { type: "plain_text", text: "Welcome" } }],
          },
        });
      });
    });

    after(async () => {
      await bot.stop();
      await slack.close();
    });

    test("a slash command is answered over its response URL, seen by its sender alone", async () => {
      await slack.slashCommand({ user: "alice", channel: "incidents", text: "/streamline a  b" });
      await eventually("a message for alice alone", () => slack.ephemerals("alice").length > 0);
      assert.equal(slack.ephemerals("alice").at(-1)?.text, "you said a  b");
      assert.deepEqual(slack.ephemerals("bob"), []);
    });

    test("words given to ack() are an ephemeral message", async () => {
      await slack.slashCommand({ user: "bob", channel: "general", text: "/quick" });
      assert.equal(slack.ephemerals("bob").at(-1)?.text, "said at once");
    });

    test("a mention reaches the bot, which answers in the thread", async () => {
      const asked = await slack.sendMessage({
        user: "alice",
        channel: "incidents",
        text: "@streamline what <now>?",
      });
      await eventually("two replies", () => slack.replies("incidents", asked.ts).length === 2);
      const answer = slack.replies("incidents", asked.ts)[1];
      assert.equal(answer?.text, "mentioned: <@U0STREAMLINE> what &lt;now&gt;?");
      assert.equal(slack.messages("incidents").at(-1)?.["reply_count"], 1);
    });

    test("a direct message reaches the bot", async () => {
      await slack.sendMessage({ user: "alice", channel: "bot", text: "disk full" });
      const channel = slack.person("alice").directMessage;
      await eventually(
        "heard disk full",
        () => slack.messages(channel).at(-1)?.text === "heard disk full",
      );
    });

    test("a click sends block_actions, and its response URL replaces the message", async () => {
      const { ts } = await post(bot, slack, [{ type: "actions", elements: [button("go", "Go")] }]);
      const reply = await slack.clickButton({
        user: "bob",
        channel: "incidents",
        ts,
        actionId: "go",
      });
      assert.equal(reply.kind, "acknowledged");
      await eventually("gone", () => slack.messages("incidents").at(-1)?.text === "gone");
      assert.ok(slack.messages("incidents").at(-1)?.["edited"]);
    });

    test("a modal opens, shows the errors of a submission, and closes on a good one", async () => {
      const { ts } = await post(bot, slack, [
        { type: "actions", elements: [button("open", "Open")] },
      ]);
      await slack.clickButton({ user: "alice", channel: "incidents", ts, actionId: "open" });
      await eventually("a modal", () => slack.views("alice").length === 1);
      const refused = await slack.submitView({ user: "alice" });
      assert.deepEqual(refused, { kind: "errors", errors: { why: "Say why" } });
      const taken = await slack.submitView({
        user: "alice",
        values: { why: { text: "because" } },
      });
      assert.deepEqual(taken, { kind: "closed" });
      assert.deepEqual(slack.views("alice"), []);
    });

    test("typing in an external select brings the bot's options", async () => {
      const { ts } = await post(bot, slack, [
        {
          type: "actions",
          elements: [
            {
              type: "external_select",
              action_id: "topic",
              placeholder: { type: "plain_text", text: "Topic" },
            },
          ],
        },
      ]);
      const at = { user: "alice", channel: "incidents", ts, actionId: "topic" };
      const offered = await slack.suggest({ ...at, text: "ord" });
      assert.equal(offered.kind, "options");
      assert.match(JSON.stringify(offered), /ord one/);
    });

    test("a message shortcut gives the bot the message", async () => {
      const { ts } = await slack.sendMessage({
        user: "bob",
        channel: "incidents",
        text: "WAL backpressure",
      });
      await slack.runShortcut({ user: "bob", channel: "incidents", ts, callbackId: "find" });
      await eventually("two replies", () => slack.replies("incidents", ts).length === 2);
    });

    test("opening the Home tab lets the bot publish it", async () => {
      slack.openHome({ user: "bob" });
      await eventually("a Home tab", () => slack.home("bob") !== undefined);
      assert.equal(slack.home("bob")?.blocks[0]?.["type"], "header");
    });
  });
}

async function post(bot: EchoBot, slack: LocalSlack, blocks: object[]): Promise<{ ts: string }> {
  const channel = slack.channels["incidents"] ?? "";
  const posted = await bot.client.chat.postMessage({
    channel,
    text: "plain",
    blocks: blocks as never,
  });
  return { ts: posted.ts ?? "" };
}

function button(actionId: string, label: string) {
  return { type: "button", action_id: actionId, text: { type: "plain_text", text: label } };
}

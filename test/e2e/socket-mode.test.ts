/** The bot over Socket Mode: no public address, the same answers. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { startApp } from "../../src/app.ts";
import { createLog } from "../../src/edges/log.ts";
import { startSandbox } from "../../src/edges/sandbox/sandbox.ts";
import { eventually } from "../support/sandbox-bot.ts";
import { sendWebhook, webhook } from "../support/webhooks.ts";

test("commands, mentions and alerts work over Socket Mode", async (t) => {
  const sandbox = await startSandbox({ port: 0 });
  t.after(() => sandbox.stop());
  const { slack, config } = sandbox;
  const bot = await startApp(
    {
      ...config,
      slack: {
        mode: "socket",
        appToken: slack.appToken ?? "",
        botToken: slack.botToken,
        apiUrl: slack.apiUrl,
      },
    },
    createLog("silent"),
  );
  t.after(() => bot.stop());

  await slack.slashCommand({ user: "alice", channel: "incidents", text: "/streamline health" });
  const health = await eventually("the health", () => slack.ephemerals("alice")[0]);
  assert.match(health.text, /sandbox is healthy/);

  const asked = await slack.sendMessage({
    user: "bob",
    channel: "incidents",
    text: "@streamline disk is full",
  });
  const reply = await eventually("the reply", () => slack.replies("incidents", asked.ts).at(1));
  assert.match(reply.text, /space|disk/i);

  const body = webhook("{}:{a}", [{ labels: { alertname: "StreamlineDown" } }]);
  assert.equal((await sendWebhook({ ...sandbox, bot }, body)).status, 200);
  await eventually("the incident", () =>
    slack.messages("incidents").some(({ text }) => text.includes("StreamlineDown")),
  );
});

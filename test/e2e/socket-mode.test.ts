/** The bot over Socket Mode: no public address, the same answers. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { startApp } from "../../src/app.ts";
import { createLog } from "../../src/edges/log.ts";
import { startSandbox } from "../../src/sandbox/sandbox.ts";
import { eventually } from "../support/eventually.ts";
import { saysWell } from "../support/sandbox-bot.ts";
import { sendWebhook, webhook } from "../support/webhooks.ts";

test("commands, mentions, alerts, buttons, modals, selects, Home and shortcuts work over Socket Mode", async (t) => {
  const sandbox = await startSandbox({ port: 0, pastMinutes: 2 });
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
    () => sandbox.past,
  );
  t.after(() => bot.stop());

  await slack.slashCommand({ user: "alice", channel: "incidents", text: "/streamline health" });
  const health = await eventually("the health", () => slack.ephemerals("alice")[0]);
  assert.match(health.text, saysWell());

  const asked = await slack.sendMessage({
    user: "bob",
    channel: "incidents",
    text: "@streamline disk is full",
  });
  const reply = await eventually("the reply", () => slack.replies("incidents", asked.ts).at(1));
  assert.match(reply.text, /space|disk/i);

  const body = webhook("{}:{a}", [{ labels: { alertname: "StreamlineDown" } }]);
  assert.equal((await sendWebhook({ ...sandbox, bot }, body)).status, 200);
  const incident = await eventually("the incident", () =>
    slack.messages("incidents").find(({ text }) => text.includes("StreamlineDown")),
  );

  const at = { user: "alice", channel: "incidents", ts: incident.ts };
  await slack.clickButton({ ...at, actionId: "acknowledge" });
  await eventually("who has it", () =>
    slack.messages("incidents").some(({ text }) => text.includes("acknowledged by")),
  );
  await slack.clickButton({ ...at, actionId: "silence" });
  const form = await eventually("the filled modal", () => {
    const view = slack.views("alice")[0];
    return view !== undefined && JSON.stringify(view).includes("would be hidden") && view;
  });
  const refused = await slack.submitView({
    user: "alice",
    viewId: form.id,
    values: { silence_comment: { silence_comment: " " } },
  });
  assert.equal(refused.kind, "errors", "a silence needs a reason");

  await slack.slashCommand({ user: "bob", channel: "incidents", text: "/streamline search" });
  const search = await eventually("the search", () => slack.views("bob")[0]);
  const find = { user: "bob", viewId: search.id, actionId: "find_section", text: "disk" };
  const found = await slack.suggest(find);
  assert.ok(found.kind === "options" && found.options.length > 0);

  slack.openHome({ user: "bob" });
  await eventually("the Home tab", () =>
    JSON.stringify(slack.home("bob") ?? {}).includes("StreamlineDown"),
  );

  await slack.runShortcut({ ...at, user: "bob", callbackId: "find_runbook" });
  await eventually("the runbook", () =>
    slack.ephemerals("bob").some(({ text }) => text.includes("Streamline does not answer")),
  );
});

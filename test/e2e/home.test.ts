/** The Home tab, and direct messages to those who subscribed. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Target } from "../../src/diagnosis/target.ts";
import type { SlackView } from "../../src/sandbox/slack/as-seen.ts";
import { eventually } from "../support/eventually.ts";
import { forSuite, type SandboxBot } from "../support/sandbox-bot.ts";
import { sendWebhook, webhook } from "../support/webhooks.ts";

describe("Home", () => {
  let sandbox: SandboxBot;
  forSuite(
    (started) => {
      sandbox = started;
    },
    // Without an Alertmanager something needs setting up.
    (config) => ({ ...config, targets: config.targets.map(withoutAlertmanager) }),
  );

  function withoutAlertmanager({ alertmanager, ...target }: Target): Target {
    assert.ok(alertmanager !== undefined, "the sandbox has one");
    return target;
  }

  const DOWN = { labels: { alertname: "StreamlineDown", severity: "critical" } };

  async function command(text: string, user: string): Promise<string> {
    const seen = sandbox.slack.ephemerals(user).length;
    await sandbox.slack.slashCommand({ user, channel: "incidents", text: `/streamline ${text}` });
    return (await eventually(text, () => sandbox.slack.ephemerals(user)[seen])).text;
  }

  async function homeWith(user: string, pattern: RegExp): Promise<SlackView> {
    return eventually(`a Home tab with ${pattern}`, () => {
      const home = sandbox.slack.home(user);
      return home !== undefined && pattern.test(JSON.stringify(home.blocks)) && home;
    });
  }

  test("Home shows what is known when it is opened, and follows what happens", async () => {
    const { slack } = sandbox;
    await command("search disk is full", "alice");
    await command("subscribe severity:critical", "alice");
    slack.openHome({ user: "alice" });
    const quiet = await homeWith("alice", /Nothing fires/);
    const shown = JSON.stringify(quiet.blocks);
    for (const words of [
      "Servers",
      "sandbox",
      "disk is full",
      "severity:critical",
      "No Alertmanager",
    ])
      assert.ok(shown.includes(words), words);

    await sendWebhook(sandbox, webhook("{}:{home}", [DOWN]));
    const firing = await homeWith("alice", /CRITICAL StreamlineDown/);
    await slack.clickButton({ user: "alice", viewId: firing.id, actionId: "acknowledge:0" });
    await homeWith("alice", /CRITICAL StreamlineDown[^\n]*, acknowledged[\s\S]*until/);
    assert.equal(slack.home("bob"), undefined, "nobody else's tab is put up");
  });

  test("a recent search runs again from Home, in the person's messages", async () => {
    const { slack } = sandbox;
    const home = await homeWith("alice", /Search again/);
    const actionId = /search_again:\d+/.exec(JSON.stringify(home.blocks))?.[0] ?? "";
    await slack.clickButton({ user: "alice", viewId: home.id, actionId });
    await eventually("the answer", () =>
      slack.messages(slack.person("alice").directMessage).find(({ text }) => /disk/i.test(text)),
    );
  });

  test("a subscriber is told once of what starts to fire, with a way to its thread, and not of what ends", async () => {
    const { slack } = sandbox;
    const told = () => slack.messages(slack.person("bob").directMessage);
    assert.match(await command("subscribe ReplicationLag", "bob"), /starts to fire/);
    assert.match(await command("subscribe target:nowhere", "bob"), /no target `nowhere`/);
    const alert = { labels: { alertname: "ReplicationLag", severity: "warning" } };
    await sendWebhook(sandbox, webhook("{}:{told}", [alert]));
    await sendWebhook(sandbox, webhook("{}:{told}", [alert]));
    const [message] = await eventually("the message", () => told().length > 0 && told());
    assert.match(
      message?.text ?? "",
      /WARNING ReplicationLag[^\n]*\n[\s\S]*<http[^|]+\|the thread>/,
    );
    await sendWebhook(sandbox, webhook("{}:{told}", [{ ...alert, status: "resolved" }]));
    const again = { ...alert, startsAt: "2026-11-23T04:00:00.000Z" };
    await sendWebhook(sandbox, webhook("{}:{told}", [again]));
    await eventually("told again", () => told().length === 2);
    assert.match(await command("subscribe ReplicationLag off", "bob"), /You are unsubscribed/);
    assert.match(await command("subscribe", "bob"), /no subscriptions/);
  });

  test("a subscriber whom Slack cannot reach holds up no incident", async () => {
    const { slack } = sandbox;
    await command("subscribe HoldsUp", "bob");
    slack.faults.add({
      method: "chat.postMessage",
      channel: slack.person("bob").id,
      kind: "channel_not_found",
      times: 1,
    });
    await sendWebhook(sandbox, webhook("{}:{held}", [{ labels: { alertname: "HoldsUp" } }]));
    const thread = await eventually("the whole thread", () => {
      const message = slack.messages("incidents").find(({ text }) => text.includes("HoldsUp"));
      const replies = message === undefined ? [] : slack.replies("incidents", message.ts);
      return replies.length >= 3 && replies;
    });
    assert.match(thread[2]?.text ?? "", /No runbook covers HoldsUp/);
  });
});

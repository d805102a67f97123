// takes: 50 s
/** Incidents whose route leads elsewhere after a change of the configuration, and channels that take nothing. */

import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { startApp } from "../../src/app.ts";
import type { Config } from "../../src/config/config.ts";
import { createLog } from "../../src/edges/log.ts";
import { startSandbox } from "../../src/sandbox/sandbox.ts";
import { eventually } from "../support/eventually.ts";
import { sendWebhook, webhook } from "../support/webhooks.ts";

const DOWN = webhook("{}:{a}", [{ labels: { alertname: "StreamlineDown", severity: "critical" } }]);

async function setUp(t: TestContext) {
  const sandbox = await startSandbox({ port: 0, pastMinutes: 2 });
  t.after(() => sandbox.stop());
  const { slack, config } = sandbox;
  const start = async (
    channel: string,
    routes: Config["routes"] = [{ match: {}, channel: slack.channels[channel] ?? "" }],
  ) => {
    const bot = await startApp({ ...config, routes }, createLog("silent"), () => sandbox.past);
    t.after(() => bot.stop());
    sandbox.connect(bot.url);
    return bot;
  };
  const messageIn = (channel: string, says: RegExp) =>
    eventually(`a message in ${channel} that says ${says}`, () =>
      slack.messages(channel).find(({ text }) => says.test(text)),
    );
  return { sandbox, slack, start, messageIn };
}

test("an open incident goes on in its route's channel, and the old thread leads there", async (t) => {
  const { sandbox, slack, start, messageIn } = await setUp(t);
  const first = await start("incidents");
  await sendWebhook({ ...sandbox, bot: first }, DOWN);
  const old = await messageIn("incidents", /StreamlineDown/);
  await first.stop();

  const second = await start("general");
  const next = await messageIn("general", /CRITICAL:? StreamlineDown/);
  await eventually("its runbook in the new thread", () =>
    slack.replies("general", next.ts).some(({ text }) => text.startsWith("Runbook: ")),
  );
  await messageIn("incidents", /MOVED StreamlineDown/);
  const told = await eventually("the old thread is told", () =>
    slack.replies("incidents", old.ts).find(({ text }) => text.startsWith("➡️ ")),
  );
  assert.ok(told.text.includes(slack.channels["general"] ?? "?"));

  const over = webhook("{}:{a}", [
    { status: "resolved", labels: { alertname: "StreamlineDown", severity: "critical" } },
  ]);
  await sendWebhook({ ...sandbox, bot: second }, over);
  await messageIn("general", /RESOLVED:? StreamlineDown/);
  assert.equal(slack.messages("general").length, 1);
});

test("a channel that takes nothing is named on /readyz, and keeps nothing once its route is another", async (t) => {
  const { sandbox, slack, start, messageIn } = await setUp(t);
  const dead = slack.channels["incidents"] ?? "";
  for (const method of ["chat.postMessage", "chat.update"]) {
    slack.faults.add({ method, kind: "not_in_channel", channel: dead, times: 100_000 });
  }
  const first = await start("incidents");
  await sendWebhook({ ...sandbox, bot: first }, DOWN);
  const warned = await eventually("/readyz names the channel", async () => {
    const { warnings = [] } = (await (await fetch(`${first.url}/readyz`)).json()) as {
      warnings?: string[];
    };
    return warnings.find((each) => each.includes(dead));
  });
  assert.match(warned, /not_in_channel.*invite/);
  await first.stop();

  const second = await start("general");
  await messageIn("general", /CRITICAL:? StreamlineDown/);
  await eventually("nothing is left to warn of", async () => {
    const answer = (await (await fetch(`${second.url}/readyz`)).json()) as { warnings?: string[] };
    return answer.warnings === undefined;
  });
  assert.deepEqual(slack.messages("incidents"), []);
});

test("an archived channel is named on /readyz, also where no alert is routed to it yet", async (t) => {
  const { sandbox, slack, start } = await setUp(t);
  const [idle = "", used = ""] = ["alerts", "incidents"].map((name) => slack.channels[name]);
  const archive = (channel: string, method = "conversations.archive") =>
    slack.workspace.call(method, { channel }, slack.botToken);
  for (const channel of [idle, used]) assert.equal((await archive(channel))["ok"], true);
  const routes = [
    { match: { alertname: "Never" }, channel: idle },
    { match: {}, channel: used },
  ];
  const bot = await start("incidents", routes);
  const warnings = async (): Promise<string[]> => {
    const answer = (await (await fetch(`${bot.url}/readyz`)).json()) as { warnings?: string[] };
    return answer.warnings ?? [];
  };
  await sendWebhook({ ...sandbox, bot }, DOWN);
  await eventually("what an alert met is named at once", async () =>
    (await warnings()).some((each) => each.includes(used) && /is_archived.*unarchive/.test(each)),
  );
  await eventually("so is the idle one, once the set-up was checked", async () =>
    (await warnings()).some((each) => each.includes(idle) && /archived.*Unarchive/.test(each)),
  );
  await archive(used, "conversations.unarchive");
  await eventually("what waited is posted", () =>
    slack.messages("incidents").some(({ text }) => text.includes("StreamlineDown")),
  );
});

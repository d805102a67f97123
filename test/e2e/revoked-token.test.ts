/** Somebody takes the bot's token back while it runs: it says so where people look, and loses nothing. */
// takes: 40 s

import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { startApp } from "../../src/app.ts";
import { startSandbox } from "../../src/sandbox/sandbox.ts";
import { captureLog } from "../edges/captured-log.ts";
import { eventually } from "../support/eventually.ts";
import { sendWebhook, webhook } from "../support/webhooks.ts";

test("a token that is revoked is named with its remedy in /readyz, the metrics and the log", async (t) => {
  const sandbox = await startSandbox({ port: 0 });
  const { log, lines, text } = captureLog("info");
  const bot = await startApp(sandbox.config, log);
  t.after(async () => {
    await bot.stop();
    await sandbox.stop();
  });
  sandbox.connect(bot.url);
  const { slack } = sandbox;
  const get = async (path: string): Promise<string> => (await fetch(`${bot.url}${path}`)).text();
  await eventually("all is well", async () => (await get("/readyz")).includes('"slack":"ok"'));

  slack.revokeToken(true);
  const labels = { alertname: "StreamlineDown", severity: "critical" };
  // The first call that is refused is enough: nobody waits for the next check of the token.
  const sent = await sendWebhook({ ...sandbox, bot }, webhook("{}:{down}", [{ labels }]));
  assert.equal(sent.status, 200, "it is stored all the same");
  const ready = await eventually("it is said", async () => {
    const body = await get("/readyz");
    return body.includes("token_revoked") && body;
  });
  assert.match(ready, /"status":"degraded"/);
  assert.match(ready, /Slack refuses SLACK_BOT_TOKEN \(token_revoked\), .+: reinstall the app/);
  await eventually("the metric", async () =>
    (await get("/metrics")).includes('incident_bot_slack_state{state="refused"} 1'),
  );
  const said = lines().find(({ msg }) => String(msg).includes("token_revoked"));
  assert.match(String(said?.["msg"]), /set the new token \(OAuth & Permissions\)/);
  assert.ok(!text().includes(slack.botToken));
  assert.deepEqual(slack.messages("incidents"), []);

  slack.revokeToken(false);
  await eventually("the alert is posted", () =>
    slack.messages("incidents").some((message) => message.text.includes("StreamlineDown")),
  );
  await eventually("all is well again", async () =>
    (await get("/readyz")).includes('"slack":"ok"'),
  );
  slack.openHome({ user: "alice" });
  const home = await eventually("Home", () => slack.home("alice"));
  const shown = JSON.stringify(home);
  assert.match(shown, /From <!date[^>]+> to <!date[^>]+>: Slack refuses SLACK_BOT_TOKEN/);
  assert.match(shown, /[1-9]\d* messages? came late/);
});

async function startSocketBot(t: TestContext) {
  const sandbox = await startSandbox({ port: 0 });
  const { slack } = sandbox;
  const { log, text } = captureLog("info");
  const connection = {
    mode: "socket" as const,
    appToken: slack.appToken ?? "",
    botToken: slack.botToken,
    apiUrl: slack.apiUrl,
  };
  const config = { ...sandbox.config, slack: connection };
  const bot = await startApp(config, log);
  t.after(async () => {
    await bot.stop();
    await sandbox.stop();
  });
  const ready = async (): Promise<string> => (await fetch(`${bot.url}/readyz`)).text();
  return { ...sandbox, config, bot, ready, logged: text };
}

const DOWN = { alertname: "StreamlineDown", severity: "critical" };

test("an app-level token that is revoked costs answers, not alerts, and Home says so", async (t) => {
  const started = await startSocketBot(t);
  const { slack, ready } = started;
  slack.openHome({ user: "alice" });
  await eventually("Home", () => slack.home("alice"));

  slack.revokeToken(true, "app");
  // What is connected stays so until Slack closes it, which it does now and then.
  slack.refreshSockets();
  await eventually("it is said", async () =>
    /Slack refuses SLACK_APP_TOKEN \(token_revoked\), .*nobody who asks.*connections:write/.test(
      await ready(),
    ),
  );
  assert.equal((await sendWebhook(started, webhook("{}:{down}", [{ labels: DOWN }]))).status, 200);
  await eventually("the alert is posted", () => slack.messages("incidents").length > 0);
  await eventually("Home names the token", () =>
    JSON.stringify(slack.home("alice")).includes("Slack refuses SLACK_APP_TOKEN (token_revoked)"),
  );
  assert.ok(!started.logged().includes(slack.appToken ?? ""));

  slack.revokeToken(false, "app");
  await eventually("all is well again", async () => (await ready()).includes('"slack":"ok"'));
  await slack.slashCommand({ user: "bob", channel: "incidents", text: "/streamline help" });
  await eventually("an answer", () => slack.ephemerals("bob").length > 0);
  await eventually("Home says when it was", () => {
    const shown = JSON.stringify(slack.home("alice"));
    return /From <!date[^>]+> to <!date[^>]+>: Slack refuses SLACK_APP_TOKEN/.test(shown) && shown;
  });
});

test("a connection that Slack does not open for a while is opened again", async (t) => {
  const { slack, ready } = await startSocketBot(t);
  slack.faults.add({ method: "apps.connections.open", kind: "server_error", times: 1 });
  slack.faults.add({ method: "apps.connections.open", kind: "rate_limited", times: 1 });
  slack.refreshSockets();
  await eventually("it was refused twice", () => {
    const calls = slack.calls.filter(({ method }) => method === "apps.connections.open");
    return calls.length >= 4;
  });
  await eventually("all is well again", async () => (await ready()).includes('"slack":"ok"'));
  await slack.slashCommand({ user: "bob", channel: "incidents", text: "/streamline help" });
  await eventually("an answer", () => slack.ephemerals("bob").length > 0);
});

test("tokens of Slack are replaced while the bot runs, and a wrong one is named at once", async (t) => {
  const { slack, config, bot, ready, logged } = await startSocketBot(t);
  const withTokens = (tokens: { botToken?: string; appToken?: string }) =>
    bot.reloadSecrets({ ...config, slack: { ...config.slack, ...tokens } });

  withTokens({ botToken: "xoxb-not-of-here" });
  await eventually("the bot's token is named", async () =>
    (await ready()).includes("Slack refuses SLACK_BOT_TOKEN (invalid_auth)"),
  );
  withTokens({ appToken: "xapp-not-of-here" });
  await eventually("the app's token is named", async () =>
    (await ready()).includes("Slack refuses SLACK_APP_TOKEN (not_allowed_token_type)"),
  );
  withTokens({});
  await eventually("all is well again", async () => (await ready()).includes('"slack":"ok"'));
  await slack.slashCommand({ user: "bob", channel: "incidents", text: "/streamline help" });
  await eventually("an answer", () => slack.ephemerals("bob").length > 0);
  assert.doesNotMatch(logged(), /not-of-here/);
});

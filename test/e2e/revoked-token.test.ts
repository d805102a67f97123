/** Somebody takes the bot's token back while it runs: it says so where people look, and loses nothing. */
// takes: 20 s

import assert from "node:assert/strict";
import { test } from "node:test";
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
  // The first call that is refused is enough: nobody waits for the next look at the token.
  const sent = await sendWebhook({ ...sandbox, bot }, webhook("{}:{down}", [{ labels }]));
  assert.equal(sent.status, 200, "it is stored all the same");
  const ready = await eventually("it is said", async () => {
    const body = await get("/readyz");
    return body.includes("token_revoked") && body;
  });
  assert.match(ready, /"status":"degraded"/);
  assert.match(ready, /Slack refuses the token \(token_revoked\): check SLACK_BOT_TOKEN/);
  await eventually("the metric", async () =>
    (await get("/metrics")).includes('incident_bot_slack_state{state="refused"} 1'),
  );
  const said = lines().find(({ msg }) => String(msg).includes("token_revoked"));
  assert.match(String(said?.["msg"]), /check SLACK_BOT_TOKEN \(OAuth & Permissions\)/);
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
  assert.doesNotMatch(JSON.stringify(home), /token_revoked/);
});

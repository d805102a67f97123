// takes: 15 s
/** An alert that always fires makes no thread; when it stays away, that is an incident, and ends. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { eventually } from "../support/eventually.ts";
import { nothingWaits, startSandboxBot } from "../support/sandbox-bot.ts";
import { sendWebhook, webhook } from "../support/webhooks.ts";

const WATCHDOG = { labels: { alertname: "Watchdog", severity: "none" }, fingerprint: "w" };

test("a source that falls silent is an incident with its runbook, until it is received again", async (t) => {
  const sandbox = await startSandboxBot(t, (config) => ({
    ...config,
    routes: config.routes.map((route) => ({
      ...route,
      heartbeat: { alert: "Watchdog", withinMs: 2_000 },
    })),
  }));
  const { slack } = sandbox;
  const beat = () => sendWebhook(sandbox, webhook("{}:{watchdog}", [WATCHDOG]));
  const silent = () =>
    slack.messages("incidents").find(({ text }) => text.includes("SourceSilent"));

  assert.deepEqual(await (await beat()).json(), { status: "stored", outcome: "unchanged" });
  const message = await eventually("the source is called silent", silent);
  assert.match(message.text, /CRITICAL.*default/s);
  await eventually("its runbook", () =>
    slack.replies("incidents", message.ts).some(({ text }) => text.startsWith("Runbook: ")),
  );

  // What else comes with it is told, and the heartbeat itself is not.
  const down = { labels: { alertname: "StreamlineDown" }, fingerprint: "d" };
  await sendWebhook(sandbox, webhook("{}:{watchdog}", [WATCHDOG, down]));
  await eventually("the other alert", () =>
    slack.messages("incidents").some(({ text }) => text.includes("StreamlineDown")),
  );
  const beating = setInterval(() => void beat().catch(() => undefined), 500);
  t.after(() => clearInterval(beating));
  await eventually("it is heard again", () => silent()?.text.includes("RESOLVED"));
  await nothingWaits(sandbox.bot.url);
  assert.ok(slack.messages("incidents").every(({ text }) => !/: Watchdog/.test(text)));
  assert.equal(slack.messages("incidents").length, 2);
});

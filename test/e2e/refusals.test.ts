/** What the bot's HTTP server turns away: unsigned Slack requests, and webhooks that are none. */

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { describe, test } from "node:test";
import { eventually } from "../support/eventually.ts";
import {
  forSuite,
  nothingWaits,
  type SandboxBot,
  startSandboxBot,
} from "../support/sandbox-bot.ts";
import { sendWebhook, webhook } from "../support/webhooks.ts";

/** A slash command as Slack sends it; signed as asked. */
function slackRequest(
  { bot }: SandboxBot,
  signed: { secret: string; ageSeconds?: number },
): Promise<Response> {
  const body = new URLSearchParams({
    command: "/streamline",
    text: "help",
    user_id: "U1",
    channel_id: "C1",
    response_url: `${bot.url}/nowhere`,
  }).toString();
  const timestamp = String(Math.floor(Date.now() / 1000) - (signed.ageSeconds ?? 0));
  const mac = createHmac("sha256", signed.secret).update(`v0:${timestamp}:${body}`).digest("hex");
  return fetch(`${bot.url}/slack/events`, {
    method: "POST",
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      "x-slack-request-timestamp": timestamp,
      "x-slack-signature": `v0=${mac}`,
    },
    body,
  });
}

test("a Slack request with a wrong signature or an old timestamp is refused", async (t) => {
  const sandbox = await startSandboxBot(t);
  const secret = sandbox.slack.signingSecret;
  assert.equal((await slackRequest(sandbox, { secret })).status, 200);
  assert.equal((await slackRequest(sandbox, { secret: "guessed" })).status, 401);
  assert.equal((await slackRequest(sandbox, { secret, ageSeconds: 301 })).status, 401);
  const unsigned = await fetch(`${sandbox.bot.url}/slack/events`, { method: "POST", body: "x" });
  assert.ok(unsigned.status >= 400 && unsigned.status < 500, `status ${unsigned.status}`);
});

test("a webhook without the right credentials is refused, and the answer shows no secret", async (t) => {
  const sandbox = await startSandboxBot(t);
  const body = JSON.stringify(webhook("{}:{a}", [{ labels: { alertname: "A" } }]));
  const wrong = ["", "Bearer wrong", `Basic ${btoa("a:b")}`, sandbox.webhookToken];
  for (const authorization of wrong) {
    const answer = await fetch(`${sandbox.bot.url}/webhook/alertmanager`, {
      method: "POST",
      headers: authorization === "" ? {} : { authorization },
      body,
    });
    assert.equal(answer.status, 401, authorization);
    assert.ok(!(await answer.text()).includes(sandbox.webhookToken));
  }
  // What is let in comes after them, and is all that is said.
  await sendWebhook(sandbox, webhook("{}:{b}", [{ labels: { alertname: "LetIn" } }]));
  await eventually("a message", () => sandbox.slack.messages("incidents").length > 0);
  await nothingWaits(sandbox.bot.url);
  const said = sandbox.slack.messages("incidents").map(({ text }) => text);
  assert.equal(said.length, 1);
  assert.match(said[0] ?? "", /LetIn/);
});

test("basic authentication is taken when it is configured", async (t) => {
  const auth = { kind: "basic", user: "alertmanager", password: "a-long-enough-password" } as const;
  const sandbox = await startSandboxBot(t, (config) => ({
    ...config,
    webhook: { ...config.webhook, auth: [auth] },
  }));
  const send = (user: string, password: string) =>
    fetch(`${sandbox.bot.url}/webhook/alertmanager`, {
      method: "POST",
      headers: { authorization: `Basic ${btoa(`${user}:${password}`)}` },
      body: JSON.stringify(webhook("{}:{a}", [{ labels: { alertname: "A" } }])),
    }).then(({ status }) => status);
  assert.equal(await send(auth.user, auth.password), 200);
  assert.equal(await send(auth.user, "wrong"), 401);
  assert.equal(await send("somebody", auth.password), 401);
});

const MALFORMED: readonly { name: string; body: string; reason: RegExp }[] = [
  { name: "an empty body", body: "", reason: /empty/ },
  { name: "no JSON", body: "alerts: []", reason: /not JSON/ },
  { name: "100,000 nested lists", body: "[".repeat(100_000), reason: /not JSON|nested/ },
  { name: "wrong types", body: '{"version":"4","alerts":{}}', reason: /alerts/ },
  {
    name: "no alerts",
    body: '{"version":"4","groupKey":"g","status":"firing","alerts":[]}',
    reason: /alerts/,
  },
];

describe("a webhook that is none", () => {
  let sandbox: SandboxBot;
  forSuite((started) => {
    sandbox = started;
  });

  for (const { name, body, reason } of MALFORMED) {
    test(`${name} is refused as 422 with the reason`, async () => {
      const answer = await sendWebhook(sandbox, body);
      assert.equal(answer.status, 422);
      assert.match(await answer.text(), reason);
    });
  }

  test("a body of 10 MB is refused as 413 with the limit", async () => {
    const answer = await sendWebhook(sandbox, `"${"x".repeat(10_000_000)}"`);
    assert.equal(answer.status, 413);
    assert.match(await answer.text(), /8388608 bytes/);
  });
});

test("the bot's own health, readiness and metrics tell what it did", async (t) => {
  const sandbox = await startSandboxBot(t);
  await sendWebhook(sandbox, webhook("{}:{a}", [{ labels: { alertname: "StreamlineDown" } }]));
  const get = (path: string) => fetch(`${sandbox.bot.url}${path}`);
  assert.equal((await get("/healthz")).status, 200);
  const ready = (await (await get("/readyz")).json()) as {
    status: string;
    checks: Record<string, string>;
  };
  assert.equal(ready.status, "ready");
  for (const part of ["slack", "store", "knowledge"]) assert.equal(ready.checks[part], "ok");
  const metrics = await eventually("a poll of the target is counted", async () => {
    const text = await (await get("/metrics")).text();
    return text.includes("incident_bot_target_polls_total{") && text;
  });
  assert.match(metrics, /^incident_bot_webhooks_total\{outcome="opened"\} 1$/m);
  assert.match(metrics, /^incident_bot_alerts_total\{status="firing"\} 1$/m);
  assert.match(metrics, /^incident_bot_target_polls_total\{/m);
  assert.equal((await get("/nowhere")).status, 404);
});

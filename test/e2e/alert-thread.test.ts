/** An alert arrives: its message, its thread, what the thread holds, and how it ends. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { eventually } from "../support/eventually.ts";
import {
  nothingWaits,
  type SandboxBot,
  saysWell,
  startSandboxBot,
} from "../support/sandbox-bot.ts";
import { sendWebhook, webhook } from "../support/webhooks.ts";

const DOWN = { labels: { alertname: "StreamlineDown", severity: "critical" } };

async function threadOf(sandbox: SandboxBot, replies: number) {
  return eventually(`a thread with ${replies} replies`, () => {
    const [message] = sandbox.slack.messages("incidents");
    const thread = message === undefined ? [] : sandbox.slack.replies("incidents", message.ts);
    return thread.length > replies && thread;
  });
}

test("an alert's thread opens with the verdict, its runbook follows with the commands filled in", async (t) => {
  const sandbox = await startSandboxBot(t);
  const answer = await sendWebhook(sandbox, webhook("{}:{a}", [DOWN]));
  assert.equal(answer.status, 200);

  const [message, verdict, runbook] = await threadOf(sandbox, 2);
  const lines = message?.text.split("\n") ?? [];
  assert.match(lines[0] ?? "", /^🔴 CRITICAL StreamlineDown · sandbox$/);
  assert.match(lines[1] ?? "", /^🟢 I reach it: .*step 3/, "it is answered by its runbook");
  assert.match(lines[2] ?? "", /^First: .*curl/);
  assert.match(verdict?.text ?? "", /^\*🟢 I reach it: .*step 3/);
  assert.match(runbook?.text ?? "", /^Runbook: /);
  const shown = JSON.stringify(runbook?.blocks);
  assert.ok(shown.includes(`${sandbox.streamline.http}/health`), "the command names the target");
  assert.ok(shown.includes(sandbox.streamline.kafka), "the command names the Kafka address");
  assert.match(
    verdict?.text ?? "",
    new RegExp(`• \\S+ ${saysWell().source}`),
    "with what the server says as proof",
  );
  assert.doesNotMatch(verdict?.text ?? "", /First: /, "the message above says it already");
});

test("the message is edited when its verdict changes: HTTP down while Kafka answers is reported", async (t) => {
  const sandbox = await startSandboxBot(t);
  await sandbox.streamline.faults.set("http-down");
  await sendWebhook(sandbox, webhook("{}:{a}", [DOWN]));
  const thread = await threadOf(sandbox, 2);
  assert.match(thread[1]?.text ?? "", /Kafka answers, HTTP does not/i);
  const message = await eventually("the message says it, too", () =>
    sandbox.slack
      .messages("incidents")
      .find(({ text }) => /^🔴 CRITICAL.*\nKafka answers, HTTP does not/.test(text)),
  );
  assert.match(message.text, /\nFirst: do not restart/);
});

test("a later notification of the group edits the message instead of posting again", async (t) => {
  const sandbox = await startSandboxBot(t);
  await sendWebhook(sandbox, webhook("{}:{a}", [DOWN]));
  await threadOf(sandbox, 2);
  const second = { labels: { ...DOWN.labels, instance: "broker-2:9094" }, fingerprint: "f9" };
  await sendWebhook(sandbox, webhook("{}:{a}", [DOWN, second]));
  await eventually("the message names the second server", () =>
    sandbox.slack.messages("incidents")[0]?.text.includes("broker-2:9094"),
  );
  assert.equal(sandbox.slack.messages("incidents").length, 1);
  const thread = await threadOf(sandbox, 3);
  assert.equal(thread.length, 4, "message, verdict, runbook: none is repeated");
  assert.match(thread[3]?.text ?? "", /1 new: StreamlineDown \(broker-2:9094\)/);
});

test("resolved is reported in the message and in the thread, with the duration", async (t) => {
  const sandbox = await startSandboxBot(t);
  await sendWebhook(sandbox, webhook("{}:{a}", [DOWN]));
  await threadOf(sandbox, 2);
  await sendWebhook(sandbox, webhook("{}:{a}", [{ ...DOWN, status: "resolved" }]));
  const thread = await threadOf(sandbox, 3);
  assert.match(thread[0]?.text ?? "", /RESOLVED StreamlineDown[\s\S]*resolved after 12 min/);
  assert.match(thread[3]?.text ?? "", /Resolved after 12 min/);
});

test("the copy of the other peer of an HA pair says nothing new", async (t) => {
  const sandbox = await startSandboxBot(t);
  const body = webhook("{}:{a}", [DOWN]);
  const answers = await Promise.all([1, 2, 3].map(() => sendWebhook(sandbox, body)));
  const outcomes = await Promise.all(answers.map((answer) => answer.json()));
  assert.deepEqual(outcomes.map((each) => (each as { outcome: string }).outcome).toSorted(), [
    "opened",
    "unchanged",
    "unchanged",
  ]);
  await threadOf(sandbox, 2);
  await nothingWaits(sandbox.bot.url);
  assert.equal(sandbox.slack.messages("incidents").length, 1);
});

test("an alert without a runbook says so and offers the nearest sections as buttons that work", async (t) => {
  const sandbox = await startSandboxBot(t);
  const alert = {
    labels: { alertname: "WalBackpressureOnCheckout" },
    annotations: { summary: "produce fails with WAL backpressure" },
  };
  await sendWebhook(sandbox, webhook("{}:{b}", [alert]));
  const [, , reply] = await threadOf(sandbox, 2);
  assert.match(reply?.text ?? "", /No runbook covers WalBackpressureOnCheckout\. The nearest/);
  const actions = reply?.blocks?.find((block) => block["type"] === "actions");
  const [button] = (actions?.["elements"] ?? []) as { action_id: string }[];
  assert.ok(button !== undefined, "there is a button");
  await sandbox.slack.clickButton({
    user: "alice",
    channel: "incidents",
    ts: reply?.ts ?? "",
    actionId: button.action_id,
  });
  const section = await eventually("the section", () => sandbox.slack.ephemerals("alice")[0]);
  assert.match(section.text, /WAL backpressure/);
});

test("labels of strangers can neither mention, link nor leave their place", async (t) => {
  const sandbox = await startSandboxBot(t);
  const hostile = "<!channel> <@U1> `*_~ & 😀 \u202Eevil \u05E9\u05DC\u05D5\u05DD";
  const alert = {
    labels: { alertname: `Evil${hostile}`, topic: hostile, huge: "x".repeat(10_000) },
    annotations: { summary: hostile.repeat(50) },
  };
  assert.equal((await sendWebhook(sandbox, webhook("{}:{c}", [alert]))).status, 200);
  const thread = await threadOf(sandbox, 2);
  for (const { text } of thread) assert.doesNotMatch(text, /<!channel>|<@U1>|\u202E/);
  assert.ok(!JSON.stringify(thread).includes("x".repeat(500)), "the huge label is cut");
});

test("5,000 alerts in one body are one message that counts them", async (t) => {
  const sandbox = await startSandboxBot(t);
  const alerts = Array.from({ length: 5_000 }, (_, index) => ({
    labels: { alertname: "ReplicationLag", topic: `t${index}` },
    fingerprint: `p${index}`,
  }));
  assert.equal((await sendWebhook(sandbox, webhook("{}:{d}", alerts))).status, 200);
  const [message] = await threadOf(sandbox, 2);
  assert.match(message?.text ?? "", /5,000 alerts firing/);
});

test("a step that looks at a metric which this server does not show is marked", async (t) => {
  const sandbox = await startSandboxBot(t, (config) => config, { pastMinutes: 1 });
  const alert = { labels: { alertname: "ReplicationLag", topic: "orders" } };
  await sendWebhook(sandbox, webhook("{}:{r}", [alert]));
  const [, , runbook] = await threadOf(sandbox, 2);
  assert.match(
    runbook?.text ?? "",
    /Not on this server now: .*streamline_replication_lag_messages/,
  );
});

// takes: 40 s
/** Alerts that another app posts: what their threads get, and that they get it once. */

import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { type RunningApp, startApp } from "../../src/app.ts";
import { createLog } from "../../src/edges/log.ts";
import { type Sandbox, startSandbox } from "../../src/sandbox/sandbox.ts";
import type { SlackMessage } from "../../src/sandbox/slack/as-seen.ts";
import type { LocalSlack } from "../../src/sandbox/slack/local-slack.ts";
import { eventually } from "../support/eventually.ts";
import { slackPost } from "../support/posts.ts";
import { postsAreRead, startSandboxBot } from "../support/sandbox-bot.ts";
import { sendWebhook, webhook } from "../support/webhooks.ts";

const FIRING = "[FIRING:1] StreamlineDown streamline (critical)";
const OVER = "[RESOLVED] StreamlineDown streamline (critical)";

type Slack = Pick<LocalSlack, "replies" | "postAsAlertmanager">;

const post = (slack: Slack, subject: string, channel = "alerts"): Promise<{ ts: string }> =>
  slack.postAsAlertmanager({ channel, body: slackPost(subject) });

function editPost(slack: LocalSlack, ts: string, body: object): Promise<Response> {
  return fetch(`${slack.apiUrl}chat.update`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      authorization: `Bearer ${slack.workspace.alertmanager.token}`,
    },
    body: JSON.stringify({ channel: slack.channels["alerts"] ?? "", ts, ...body }),
  });
}

function threadOf(slack: Slack, ts: string, replies: number, channel = "alerts") {
  return eventually<readonly SlackMessage[]>(`${replies} replies`, () => {
    const thread = slack.replies(channel, ts);
    return thread.length > replies && thread;
  });
}

test("a post gets the verdict and its runbook into its thread, and is left as it is", async (t) => {
  const { slack, streamline, bot } = await startSandboxBot(t);
  const { ts } = await post(slack, FIRING);
  const [parent, verdict, runbook] = await threadOf(slack, ts, 2);
  assert.match(runbook?.text ?? "", /^Runbook: /);
  assert.ok(
    JSON.stringify(runbook?.blocks).includes(`${streamline.http}/health`),
    "the values without names are enough to know the target",
  );
  assert.match(JSON.stringify(verdict?.blocks), /Health: .*sandbox|sandbox (?:is|answers)/);
  assert.equal(parent?.["edited"], undefined);
  assert.deepEqual(slack.messages("incidents"), []);
  const metrics = await (await fetch(`${bot.url}/metrics`)).text();
  assert.match(metrics, /incident_bot_external_posts_total\{outcome="opened"\} 1/);
});

test("an edit to resolved says after how long, and a late copy of the post says nothing", async (t) => {
  const { slack, bot } = await startSandboxBot(t);
  const { ts } = await post(slack, FIRING);
  await threadOf(slack, ts, 2);
  const edit = (): Promise<Response> => editPost(slack, ts, slackPost(OVER));
  await edit();
  const thread = await threadOf(slack, ts, 3);
  assert.match(thread[3]?.text ?? "", /^✅ Resolved after/);
  await edit();
  await postsAreRead(3, bot.url);
  assert.equal(slack.replies("alerts", ts).length, 4);
});

test("a later post of the group ends it in the first one's thread", async (t) => {
  const { slack, bot } = await startSandboxBot(t);
  const first = await post(slack, FIRING);
  await threadOf(slack, first.ts, 2);
  const again = await post(slack, "[FIRING:2] StreamlineDown streamline (critical)");
  const over = await post(slack, OVER);
  const thread = await threadOf(slack, first.ts, 3);
  assert.match(thread[3]?.text ?? "", /^✅ Resolved after/);
  await postsAreRead(3, bot.url);
  for (const { ts } of [again, over]) assert.equal(slack.replies("alerts", ts).length, 1);
});

test("a bot that starts again posts nothing again", async (t) => {
  const sandbox = await startSandbox({ port: 0 });
  t.after(() => sandbox.stop());
  const { slack, config } = sandbox;
  const start = () => startApp(config, createLog("silent"));
  const first = await start();
  sandbox.connect(first.url);
  const { ts } = await post(slack, FIRING);
  await threadOf(slack, ts, 2);
  await first.stop();

  const second = await start();
  t.after(() => second.stop());
  sandbox.connect(second.url);
  await post(slack, FIRING);
  await postsAreRead(1, second.url);
  assert.equal(slack.replies("alerts", ts).length, 3);
});

for (const how of ["written below it", "an edit of it"]) {
  test(`an end while the bot was down, ${how}, is read at its start`, async (t) => {
    const sandbox = await startSandbox({ port: 0 });
    t.after(() => sandbox.stop());
    const { slack, config } = sandbox;
    const start = () => startApp(config, createLog("silent"));
    const first = await start();
    sandbox.connect(first.url);
    const { ts } = await post(slack, FIRING);
    await threadOf(slack, ts, 2);
    await first.stop();
    const body = slackPost(OVER);
    if (how === "an edit of it") await editPost(slack, ts, body);
    else await slack.postAsAlertmanager({ channel: "alerts", body: { ...body, thread_ts: ts } });

    await isOverAfterStart(t, sandbox, { start, ts });
  });
}

/** Starts the bot again and waits until it says below the post that it is over. */
async function isOverAfterStart(
  t: TestContext,
  sandbox: Sandbox,
  { start, ts }: { readonly start: () => Promise<RunningApp>; readonly ts: string },
): Promise<void> {
  const second = await start();
  t.after(() => second.stop());
  sandbox.connect(second.url);
  await eventually("it is over", () =>
    sandbox.slack.replies("alerts", ts).some(({ text }) => text.startsWith("✅ Resolved after")),
  );
}

test("a post and what was written below it, both while the bot was down, are read in their order", async (t) => {
  const sandbox = await startSandbox({ port: 0 });
  t.after(() => sandbox.stop());
  const { slack, config } = sandbox;
  const start = () => startApp(config, createLog("silent"));
  const first = await start();
  sandbox.connect(first.url);
  await threadOf(slack, (await post(slack, FIRING)).ts, 2);
  await first.stop();
  const { ts } = await post(slack, "[FIRING:1] KafkaDown streamline (critical)");
  const over = slackPost("[RESOLVED] KafkaDown streamline (critical)");
  await slack.postAsAlertmanager({ channel: "alerts", body: { ...over, thread_ts: ts } });

  await isOverAfterStart(t, sandbox, { start, ts });
});

test("an alert that comes by webhook, too, is reported below the bot's own message only", async (t) => {
  const sandbox = await startSandboxBot(t, (config) => ({
    ...config,
    watch: config.routes.map(({ channel }) => channel),
  }));
  const { slack, bot } = sandbox;
  const { ts } = await post(slack, FIRING, "incidents");
  const alert = { labels: { alertname: "StreamlineDown", severity: "critical" } };
  await sendWebhook(sandbox, webhook("{}:{a}", [alert]));
  const own = await eventually("the bot's own message", () =>
    slack.messages("incidents").find(({ text }) => text.startsWith("🔴 CRITICAL")),
  );
  await threadOf(slack, own.ts, 2, "incidents");
  await postsAreRead(1, bot.url);
  assert.equal(slack.replies("incidents", ts).length, 1);
});

test("what is not an alert, or is posted where nobody hears, is left alone", async (t) => {
  const { slack, bot } = await startSandboxBot(t);
  const build = await slack.postAsAlertmanager({
    channel: "alerts",
    body: { text: "Build 12 passed" },
  });
  const elsewhere = await post(slack, FIRING, "general");
  const { ts } = await post(slack, FIRING);
  await threadOf(slack, ts, 2);
  assert.equal(slack.replies("alerts", build.ts).length, 1);
  assert.equal(slack.replies("general", elsewhere.ts).length, 1);
  const metrics = await (await fetch(`${bot.url}/metrics`)).text();
  assert.match(metrics, /incident_bot_external_posts_total\{outcome="unparseable"\} 1/);
});

test("a stranger's post can neither mention nor link by way of the bot", async (t) => {
  const { slack } = await startSandboxBot(t);
  const text = "Labels:\n - alertname = Evil<!channel>\n - topic = <https://x.example|y> `\u202E";
  const { ts } = await slack.postAsAlertmanager({
    channel: "alerts",
    body: slackPost("[FIRING:1] <!channel> Evil <@U0ALICE>", text),
  });
  const [, ...replies] = await threadOf(slack, ts, 1);
  for (const reply of replies) {
    assert.doesNotMatch(
      JSON.stringify([reply.text, reply.blocks]),
      /<!channel>|<@U0|x\.example\||\u202E/,
    );
  }
});

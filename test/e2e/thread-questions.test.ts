/** Plain questions in an alert's thread and in direct messages, by signed HTTP and by Socket Mode. */

import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { startApp } from "../../src/app.ts";
import { createLog } from "../../src/edges/log.ts";
import { startSandbox } from "../../src/sandbox/sandbox.ts";
import { eventually } from "../support/eventually.ts";
import { slackPost } from "../support/posts.ts";
import { type SandboxBot, saysWell, startSandboxBot } from "../support/sandbox-bot.ts";
import { sendWebhook, webhook } from "../support/webhooks.ts";

async function bySocket(t: TestContext): Promise<SandboxBot> {
  const sandbox = await startSandbox({ port: 0, pastMinutes: 2 });
  t.after(() => sandbox.stop());
  const { slack, config } = sandbox;
  const { botToken, apiUrl, appToken = "" } = slack;
  const bot = await startApp(
    { ...config, slack: { mode: "socket", appToken, botToken, apiUrl } },
    createLog("silent"),
    () => sandbox.past,
  );
  t.after(() => bot.stop());
  return { ...sandbox, bot };
}

const byHttp = (t: TestContext): Promise<SandboxBot> =>
  startSandboxBot(t, (config) => config, { pastMinutes: 2 });

/** Asks in a thread as bob, and returns the answer there. */
async function askIn({ slack }: SandboxBot, channel: string, threadTs: string, question: string) {
  const asked = await slack.sendMessage({
    user: "bob",
    channel,
    text: `@streamline ${question}`,
    threadTs,
  });
  const answer = await eventually(`an answer to ${question}`, () => {
    const thread = slack.replies(channel, threadTs);
    return thread.find(({ ts, text }) => Number(ts) > Number(asked.ts) && !text.includes("🔁"));
  });
  return answer;
}

for (const [mode, start] of [
  ["signed HTTP", byHttp],
  ["Socket Mode", bySocket],
] as const) {
  test(`in an alert's thread a question means the alert, over ${mode}`, async (t) => {
    const sandbox = await start(t);
    const { slack, streamline } = sandbox;
    const labels = { alertname: "ConsumerLag", severity: "warning", group: "billing" };
    await sendWebhook(sandbox, webhook("{}:{a}", [{ labels }]));
    const { ts } = await eventually("the message", () => slack.messages("incidents")[0]);
    await eventually("its thread", () => slack.replies("incidents", ts).length >= 3);
    const ask = async (question: string) => (await askIn(sandbox, "incidents", ts, question)).text;

    const first = await ask("what do I check first?");
    assert.match(first, /^Runbook: .*: Diagnosis/);
    assert.match(first, new RegExp(`${streamline.http}.*billing`), "the commands are filled in");
    assert.match(await ask("is it stil happening?"), /^Still firing: 1 alert[\s\S]*Right now: /);
    assert.match(await ask("who acknowledged?"), /^Nobody has acknowledged it/);
    await slack.clickButton({ user: "alice", channel: "incidents", ts, actionId: "acknowledge" });
    await eventually("the acknowledgement", () =>
      slack.replies("incidents", ts).some(({ text }) => text.includes("is on it")),
    );
    const alice = slack.person("alice").id;
    assert.match(await ask("who is on it?"), new RegExp(`^<@${alice}> is on it`));
    assert.match(await ask("has this fired before?"), /^No: I have not seen `ConsumerLag`/);
    assert.match(await ask("what changed?"), /it began[\s\S]*acknowledge$/);
    assert.match(await ask("health"), saysWell());
    assert.match(await ask("how do I free space?"), /space/i);
    assert.match(await ask("what is the best pizza"), /^Nothing in the runbooks covers this/);
  });

  test(`a post of another app is heard, and asked about, over ${mode}`, async (t) => {
    const sandbox = await start(t);
    const { slack } = sandbox;
    const { ts } = await slack.postAsAlertmanager({
      channel: "alerts",
      body: slackPost("[FIRING:1] KafkaDown streamline (critical)"),
    });
    await eventually("its thread", () => slack.replies("alerts", ts).length >= 3);
    const how = await askIn(sandbox, "alerts", ts, "how bad is it?");
    assert.match(how.text, /^Severity: critical\. Still firing/);
    assert.doesNotMatch(how.text, /button/);
  });

  test(`a direct message shows the work and ends in the answer, over ${mode}`, async (t) => {
    const { slack } = await start(t);
    const { ts } = await slack.sendMessage({ user: "bob", channel: "bot", text: "why-slow" });
    const { directMessage } = slack.person("bob");
    const answer = await eventually("the answer", () =>
      slack
        .replies(directMessage, ts)
        .find(({ blocks }) => blocks.filter(({ type }) => type !== "task_card").length > 2),
    );
    const tasks = answer.blocks.filter(({ type }) => type === "task_card");
    assert.deepEqual(
      tasks.map(({ title, status }) => [String(title).replace(/\d+/, "N"), status]),
      [
        ["Poll sandbox", "complete"],
        ["Weigh N checks", "complete"],
      ],
    );
  });
}

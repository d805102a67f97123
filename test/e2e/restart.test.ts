// takes: 40 s
/** A bot that is killed between the webhook and the post says it after its start, and says it once. */

import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { type TestContext, test } from "node:test";
import { type Sandbox, startSandbox } from "../../src/sandbox/sandbox.ts";
import { eventually } from "../support/eventually.ts";
import { nothingWaits } from "../support/sandbox-bot.ts";
import { sendWebhook, webhook } from "../support/webhooks.ts";

const DOWN = webhook("{}:{a}", [{ labels: { alertname: "StreamlineDown" } }]);

interface Process {
  readonly url: string;
  readonly child: ChildProcess;
}

/** Starts the bot as its own process over a store that outlives it. */
async function startProcess(t: TestContext, sandbox: Sandbox, folder: string): Promise<Process> {
  const file = join(folder, "bot.yaml");
  writeFileSync(file, configFile(sandbox, join(folder, "bot.db")));
  const child = spawn(process.execPath, ["src/streamline-bot.js", "--config", file], {
    env: {
      PATH: process.env["PATH"],
      SLACK_BOT_TOKEN: sandbox.slack.botToken,
      SLACK_SIGNING_SECRET: sandbox.slack.signingSecret,
      SLACK_API_URL: sandbox.slack.apiUrl,
      WEBHOOK_TOKEN: sandbox.webhookToken,
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  t.after(() => child.kill("SIGKILL"));
  for await (const line of createInterface({ input: child.stdout })) {
    const { url, msg } = JSON.parse(line) as { url?: string; msg: string };
    if (msg === "the bot is ready" && url !== undefined) {
      child.stdout.resume();
      return { url, child };
    }
  }
  throw new Error("the bot ended before it was ready");
}

function configFile({ streamline, config }: Sandbox, store: string): string {
  return JSON.stringify({
    listen: "127.0.0.1:0",
    slack: { mode: "http" },
    store,
    targets: [
      {
        name: "sandbox",
        http: streamline.http,
        kafka: streamline.kafka,
        labels: { job: "streamline" },
      },
    ],
    routes: config.routes,
  });
}

async function setUp(t: TestContext) {
  const sandbox = await startSandbox({ port: 0 });
  const folder = mkdtempSync(join(tmpdir(), "bot-restart-"));
  t.after(async () => {
    await sandbox.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  const start = () => startProcess(t, sandbox, folder);
  const send = (url: string) =>
    sendWebhook(
      {
        ...sandbox,
        bot: {
          url,
          stop: async () => undefined,
          reloadSecrets: () => undefined,
          rewritePast: () => undefined,
        },
      },
      DOWN,
    );
  return { sandbox, start, send };
}

async function kill({ child }: Process): Promise<void> {
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
}

test("a webhook that was answered survives kill -9, and its thread is complete after the start", async (t) => {
  const { sandbox, start, send } = await setUp(t);
  sandbox.slack.faults.add({ method: "chat.postMessage", kind: "server_error", times: 1_000 });
  const first = await start();
  assert.equal((await send(first.url)).status, 200);
  await kill(first);
  assert.equal(sandbox.slack.messages("incidents").length, 0);

  sandbox.slack.faults.clear();
  await start();
  const thread = await eventually("the whole thread", () => {
    const [message] = sandbox.slack.messages("incidents");
    const replies = message === undefined ? [] : sandbox.slack.replies("incidents", message.ts);
    return replies.length >= 3 && replies;
  });
  assert.match(thread[2]?.text ?? "", /^Runbook/);
});

test("a post whose answer was lost is found by its metadata, and not posted twice", async (t) => {
  const { sandbox, start, send } = await setUp(t);
  // Slack has the message, the bot never hears of it, and then the bot dies.
  sandbox.slack.faults.add({ method: "chat.postMessage", kind: "lost_answer", times: 1 });
  sandbox.slack.faults.add({ method: "conversations.history", kind: "server_error", times: 1_000 });
  const first = await start();
  await send(first.url);
  await eventually("the first post", () => sandbox.slack.messages("incidents").length === 1);
  await kill(first);

  sandbox.slack.faults.clear();
  const second = await start();
  await eventually("the replies", () => {
    const [message] = sandbox.slack.messages("incidents");
    return message !== undefined && sandbox.slack.replies("incidents", message.ts).length >= 3;
  });
  await nothingWaits(second.url);
  assert.equal(sandbox.slack.messages("incidents").length, 1);
});

test("SIGTERM ends the bot in order, with exit code 0", async (t) => {
  const { start } = await setUp(t);
  const { child } = await start();
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  assert.deepEqual(await ended, [0, null]);
});

/**
 * Time from a webhook to its runbook excerpt in the thread, over real sockets to the local Slack;
 * beside it, in the same run, the time of one bare chat.postMessage to that Slack, the least that
 * any bot could take twice (message and excerpt).
 */

import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { startApp } from "../../src/app.ts";
import { createLog } from "../../src/edges/log.ts";
import { startSandbox } from "../../src/sandbox/sandbox.ts";
import { sendWebhook, webhook } from "../support/webhooks.ts";
import { median, printTimes, timed } from "./timing.ts";

const RUNS = 30;
const WARM_UP = 5;

const sandbox = await startSandbox({ port: 0 });
const bot = await startApp(sandbox.config, createLog("silent"));
sandbox.connect(bot.url);

const bare: number[] = [];
const stored: number[] = [];
const posted: number[] = [];
for (let run = 0; run < RUNS + WARM_UP; run += 1) {
  const isCounted = run >= WARM_UP;
  const plain = await timed(() => postBare());
  if (isCounted) bare.push(plain);
  const group = `{}:{run="${run}"}`;
  const startedAt = performance.now();
  await sendWebhook({ ...sandbox, bot }, webhook(group, [alertOf(run)]));
  if (isCounted) stored.push(performance.now() - startedAt);
  await excerptOf(run);
  if (isCounted) posted.push(performance.now() - startedAt);
  // The channel's pace is one message a second: without this the pace would be measured.
  await sleep(4_000);
}
printTimes("one bare chat.postMessage", bare);
printTimes("webhook to its answer 200", stored);
printTimes("webhook to posted excerpt", posted);
process.stdout.write(
  `webhook to excerpt takes ${(median(posted) / median(bare)).toFixed(1)} times a bare post\n`,
);
await bot.stop();
await sandbox.stop();

function alertOf(run: number) {
  return { labels: { alertname: "StreamlineDown", run: String(run) }, fingerprint: `r${run}` };
}

async function postBare(): Promise<void> {
  const answer = await fetch(`${sandbox.slack.apiUrl}chat.postMessage`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${sandbox.slack.botToken}`,
      "content-type": "application/json",
    },
    body: JSON.stringify({ channel: sandbox.slack.channels["general"], text: "bare" }),
  });
  await answer.text();
}

async function excerptOf(run: number): Promise<void> {
  for (;;) {
    const message = sandbox.slack
      .messages("incidents")
      .find(({ text }) => text.includes(`run=${run} `) || text.endsWith(`run=${run}`));
    if (message !== undefined && sandbox.slack.replies("incidents", message.ts).length > 1) return;
    await once(AbortSignal.timeout(2), "abort");
  }
}

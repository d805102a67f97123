/**
 * How long the event loop stands while notifications of 10,000 alerts come: a first one, its copy, one
 * in which every text is another, and the end. In CPU time, so that other programs do not count. The
 * bot and the local Slack share the process, so this is more than the bot alone takes.
 */

import { startApp } from "../../src/app.ts";
import { createLog } from "../../src/edges/log.ts";
import { startSandbox } from "../../src/sandbox/sandbox.ts";
import { LONGEST_STANDSTILL_MS, watchLoop } from "../support/loop-watch.ts";
import { sendWebhook, webhook } from "../support/webhooks.ts";

const ALERTS = 10_000;
const ROUNDS = 3;

const sandbox = await startSandbox({ port: 0 });
const bot = await startApp(sandbox.config, createLog("silent"));
sandbox.connect(bot.url);
let longest = 0;
for (let round = 0; round < ROUNDS; round += 1) {
  for (const [what, status, version] of [
    ["the first", "firing", 0],
    ["its copy", "firing", 0],
    ["other texts", "firing", 1],
    ["the end", "resolved", 1],
  ] as const) {
    const body = JSON.stringify(bodyOf(round, { status, version }));
    const startedAt = performance.now();
    const { longestMs } = await watchLoop(async () => {
      const answer = await sendWebhook({ ...sandbox, bot }, body);
      if (answer.status !== 200) throw new Error(`${answer.status} ${await answer.text()}`);
    });
    const took = performance.now() - startedAt;
    longest = Math.max(longest, longestMs);
    process.stdout.write(
      `${what.padEnd(12)} ${(body.length / 1e6).toFixed(1)} MB  answered after ${took.toFixed(0).padStart(5)} ms  longest standstill ${longestMs.toFixed(0).padStart(4)} ms of CPU\n`,
    );
  }
}
process.stdout.write(
  `longest of all: ${longest.toFixed(0)} ms (at most ${LONGEST_STANDSTILL_MS})\n`,
);
await bot.stop();
await sandbox.stop();
process.exit(longest > LONGEST_STANDSTILL_MS ? 1 : 0);

interface Version {
  readonly status: "firing" | "resolved";
  readonly version: number;
}

function bodyOf(round: number, { status, version }: Version) {
  const alerts = Array.from({ length: ALERTS }, (_, index) => ({
    status,
    labels: {
      alertname: "ConsumerLag",
      severity: "warning",
      group: `group-${index}`,
      topic: `orders-${index}`,
    },
    annotations: {
      summary: `Group group-${index} is ${version + index} messages behind on orders-${index} and falls further behind.`,
      description: "See the runbook for what to do first and whom to call.",
      runbook_url: "https://runbooks.example/ConsumerLag",
    },
    fingerprint: `r${round}-${index}`,
  }));
  return webhook(`{}:{round="${round}"}`, alerts);
}

/**
 * Time from `/streamline why-slow` to its full answer, over real sockets: signed HTTP to the bot, the
 * diagnosis over half an hour of history, the answer to Slack. A fault is on, so that there is
 * something to say. Beside it, in the same run, `/streamline help`: the least that a command takes.
 */

import { once } from "node:events";
import { startApp } from "../../src/app.ts";
import { createLog } from "../../src/edges/log.ts";
import { startSandbox } from "../../src/sandbox/sandbox.ts";
import { median, printTimes, timed } from "./timing.ts";

const RUNS = 50;
const WARM_UP = 5;

const sandbox = await startSandbox({ port: 0, pastMinutes: 35 });
const bot = await startApp(sandbox.config, createLog("silent"), () => sandbox.past);
sandbox.connect(bot.url);
await sandbox.streamline.faults.set("consumer-slow", { magnitude: "severe" });

const help: number[] = [];
const whySlow: number[] = [];
for (let run = 0; run < RUNS + WARM_UP; run += 1) {
  const least = await timed(() => answerTo("help"));
  const full = await timed(() => answerTo("why-slow"));
  if (run < WARM_UP) continue;
  help.push(least);
  whySlow.push(full);
}
printTimes("/streamline help", help);
printTimes("/streamline why-slow", whySlow);
process.stdout.write(
  `why-slow takes ${(median(whySlow) / median(help)).toFixed(1)} times as long as help\n`,
);
await bot.stop();
await sandbox.stop();

async function answerTo(command: string): Promise<void> {
  const before = sandbox.slack.ephemerals("alice").length;
  const text = `/streamline ${command}`;
  await sandbox.slack.slashCommand({ user: "alice", channel: "incidents", text });
  while (sandbox.slack.ephemerals("alice").length === before) {
    await once(AbortSignal.timeout(1), "abort");
  }
}

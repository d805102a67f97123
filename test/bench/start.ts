/**
 * From the command to the first words and to readiness, and the memory after some idle time: of
 * `npm start` without a configuration, which is the sandbox, and of the bot alone, between a local
 * Slack and a simulated Streamline that run in this process. Each once with an empty cache, as after
 * an installation without scripts, and then as every start after that.
 */

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Sandbox, startSandbox } from "../../src/sandbox/sandbox.ts";

const WARM_RUNS = 3;
const IDLE_MS = 20_000;

const folder = mkdtempSync(join(tmpdir(), "bench-start-"));
const sandbox = await startSandbox({ port: 0 });
const config = join(folder, "bot.yaml");
writeFileSync(config, configFile(sandbox, join(folder, "bot.db")));

for (const [what, args, env, ready] of [
  ["npm start, the sandbox", [], { SANDBOX_PORT: "0" }, "The sandbox is ready"],
  ["npm start, the bot", ["--", "--config", config], secretsOf(sandbox), "the bot is ready"],
] as const) {
  const cache = mkdtempSync(join(folder, "cache-"));
  for (let run = 0; run <= WARM_RUNS; run += 1) {
    const name = run === 0 ? "empty cache" : `start ${run + 1}`;
    const figures = await measure(args, { ...env, STREAMLINE_BOT_CACHE: cache }, ready);
    process.stdout.write(`${what}, ${name}: ${figures}\n`);
  }
}
await sandbox.stop();
rmSync(folder, { recursive: true, force: true });
process.exit(0);

/** `npm start` with these arguments until it is ready and has been idle for a while. */
async function measure(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  ready: string,
): Promise<string> {
  const startedAt = performance.now();
  const npm = spawn("npm", ["start", "--silent", ...args], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  let firstAt: number | undefined;
  npm.stdout.on("data", (chunk: Buffer) => {
    firstAt ??= performance.now();
    output += chunk.toString("utf8");
  });
  while (!output.includes(ready)) {
    if (npm.exitCode !== null) throw new Error(`it ended before it was ready: ${output}`);
    await sleep(5);
  }
  const readyAt = performance.now();
  const bot = lastChildOf(npm);
  const cpu = cpuSecondsOf(bot);
  await sleep(IDLE_MS);
  const { rss, most } = memoryOf(bot);
  process.kill(bot, "SIGTERM");
  if (npm.exitCode === null) await once(npm, "exit");
  const seconds = (at: number): string => `${((at - startedAt) / 1_000).toFixed(2)} s`;
  return (
    `first words ${seconds(firstAt ?? readyAt)}, ready ${seconds(readyAt)} (${cpu.toFixed(1)} s of CPU), ` +
    `${rss} MB after ${IDLE_MS / 1_000} s, at most ${most} MB`
  );
}

/** npm starts a shell, which starts the bot. */
function lastChildOf({ pid }: ChildProcess): number {
  let last = pid ?? 0;
  for (;;) {
    const children = readFileSync(`/proc/${last}/task/${last}/children`, "utf8").trim();
    const [first = ""] = children.split(" ");
    if (first === "") return last;
    last = Number(first);
  }
}

/** Of all its threads (proc_pid_stat(5): fields 14 and 15, in hundredths of a second). */
function cpuSecondsOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

function memoryOf(pid: number): { rss: number; most: number } {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const megabytes = (name: string): number =>
    Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) / 1024);
  return { rss: megabytes("VmRSS"), most: megabytes("VmHWM") };
}

function configFile({ streamline, config: { routes } }: Sandbox, store: string): string {
  const { http, kafka } = streamline;
  const targets = [{ name: "sandbox", http, kafka, labels: { job: "streamline" } }];
  return JSON.stringify({
    listen: "127.0.0.1:0",
    slack: { mode: "http" },
    store,
    targets,
    routes,
  });
}

function secretsOf({ slack, webhookToken }: Sandbox): Record<string, string> {
  return {
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_SIGNING_SECRET: slack.signingSecret,
    SLACK_API_URL: slack.apiUrl,
    WEBHOOK_TOKEN: webhookToken,
  };
}

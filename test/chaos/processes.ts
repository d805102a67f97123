/** The bot and the fake Slack as processes of their own, which can be killed and stopped. */

import { type ChildProcess, spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { createWriteStream, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { StoreAddress } from "../../src/config/config.ts";
import type { Journal, SlackState } from "./fault.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const SHIFTED_CLOCK = join(ROOT, "test/chaos/shifted-clock.ts");
/** Node's options of `npm start`, by which the bot takes the memory that it takes for an operator. */
const AS_STARTED = startOptions();
const CHANNELS = ["CSTORM", "CQUIET"] as const;
export const WEBHOOK_TOKEN = "chaos-webhook-token";
const SIGNING_SECRET = "chaos-signing-secret";

/** Types `/streamline` with these words, as Slack sends it; returns the milliseconds until its ack. */
export async function typeCommand(
  url: string,
  words: string,
  responseUrl: string,
): Promise<number> {
  const body = new URLSearchParams({
    command: "/streamline",
    text: words,
    user_id: "U1",
    channel_id: CHANNELS[1],
    trigger_id: "1.1",
    response_url: responseUrl,
  }).toString();
  const timestamp = String(Math.floor(Date.now() / 1_000));
  const digest = createHmac("sha256", SIGNING_SECRET)
    .update(`v0:${timestamp}:${body}`)
    .digest("hex");
  const beganAt = performance.now();
  const answer = await fetch(`${url}/slack/events`, {
    method: "POST",
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      "x-slack-request-timestamp": timestamp,
      "x-slack-signature": `v0=${digest}`,
    },
    body,
  });
  await answer.text();
  if (!answer.ok) throw new Error(`the command was answered with HTTP ${answer.status}`);
  return performance.now() - beganAt;
}

function startOptions(): string[] {
  const text = readFileSync(join(ROOT, "package.json"), "utf8");
  const { scripts } = JSON.parse(text) as { readonly scripts: { readonly start: string } };
  return scripts.start.split(" ").slice(1, -1);
}

export interface FakeSlack {
  /** Base address of its Web API. */
  readonly api: string;
  set(state: SlackState): Promise<void>;
  journal(): Promise<Journal>;
  stop(): void;
}

export async function startFakeSlack(): Promise<FakeSlack> {
  const script = fileURLToPath(new URL("fake-slack-process.ts", import.meta.url));
  const child = spawn(process.execPath, [script], { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = (await once(createInterface({ input: child.stdout }), "line")) as [string];
  const { api, control } = JSON.parse(line) as { api: string; control: string };
  return {
    api,
    async set(state) {
      const answer = await fetch(control, { method: "POST", body: JSON.stringify(state) });
      await answer.text();
    },
    async journal() {
      const answer = await fetch(control);
      return (await answer.json()) as Journal;
    },
    stop: () => void child.kill("SIGKILL"),
  };
}

export interface BotProcess {
  readonly url: string;
  /** Undefined when it does not run. */
  readonly pid: number | undefined;
  /** Starts it and waits until it is ready, or until it is killed. */
  start(): Promise<void>;
  /** kill -9; nothing when it does not run. */
  kill(): Promise<void>;
  /** SIGTERM, and waits for its end. */
  terminate(): Promise<void>;
  pause(): void;
  resume(): void;
  /** Moves what it takes for the time; only while it runs. */
  shiftClock(ms: number): void;
}

export interface BotOptions {
  readonly slackApi: string;
  readonly store: StoreAddress;
  readonly folder: string;
  readonly name: string;
  readonly port: number;
}

/** The bot as an operator starts it; its log stands in the folder. */
export function botProcess(options: BotOptions): BotProcess {
  const { folder, name, port } = options;
  const file = join(folder, `${name}.json`);
  const shift = join(folder, `${name}.shift`);
  writeFileSync(file, JSON.stringify(configOf(options)));
  writeFileSync(shift, "0");
  let child: ChildProcess | undefined;
  const end = async (signal: "SIGKILL" | "SIGTERM"): Promise<void> => {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill(signal);
    await ended;
  };
  return {
    url: `http://127.0.0.1:${port}`,
    get pid() {
      return child?.pid;
    },
    async start() {
      child = spawn(
        process.execPath,
        [...AS_STARTED, "--import", SHIFTED_CLOCK, "src/main.ts", "--config", file],
        { cwd: ROOT, env: environmentOf(options, shift), stdio: ["ignore", "pipe", "pipe"] },
      );
      const log = createWriteStream(join(folder, `${name}.log`), { flags: "a" });
      child.stderr?.pipe(log, { end: false });
      await ready(child, log);
    },
    kill: () => end("SIGKILL"),
    terminate: () => end("SIGTERM"),
    pause: () => void child?.kill("SIGSTOP"),
    resume: () => void child?.kill("SIGCONT"),
    shiftClock(ms) {
      writeFileSync(shift, String(ms));
      child?.kill("SIGUSR2");
    },
  };
}

function configOf({ port, store }: BotOptions): object {
  return {
    listen: `127.0.0.1:${port}`,
    slack: { mode: "http" },
    ...(store.engine === "sqlite" ? { store: store.path } : {}),
    // Nothing listens there: what a target says is not what is measured here.
    targets: [
      {
        name: "nobody",
        http: "http://127.0.0.1:9",
        kafka: "127.0.0.1:9",
        labels: { job: "nobody" },
      },
    ],
    routes: [{ match: { place: "quiet" }, channel: CHANNELS[1] }, { channel: CHANNELS[0] }],
    sampling: { interval: "20s" },
  };
}

function environmentOf({ slackApi, store }: BotOptions, shift: string): NodeJS.ProcessEnv {
  return {
    PATH: process.env["PATH"],
    SLACK_BOT_TOKEN: "xoxb-chaos",
    SLACK_SIGNING_SECRET: SIGNING_SECRET,
    SLACK_API_URL: slackApi,
    WEBHOOK_TOKEN,
    CHAOS_CLOCK_SHIFT: shift,
    ...(store.engine === "postgres" ? { DATABASE_URL: store.url } : {}),
  };
}

/** Resolves when the bot says that it is ready, or when it was killed. */
function ready(child: ChildProcess, log: NodeJS.WritableStream): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  child.once("exit", (code) => {
    if (code === null || code === 0) resolve();
    else reject(new Error(`the bot ended with code ${code}; its log says why (CHAOS_KEEP=1)`));
  });
  if (child.stdout === null) throw new Error("the bot has no output");
  createInterface({ input: child.stdout }).on("line", (line) => {
    log.write(`${line}\n`);
    if (line.includes('"the bot takes alerts"')) resolve();
  });
  return promise;
}

/** The bot and the fake Slack as processes of their own, which can be killed and stopped. */

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { StoreAddress } from "../../src/config/config.ts";
import type { Journal, SlackState } from "./fault.ts";
import type { LoopStands } from "./loop-watch.ts";
import { SIGNING_SECRET, WATCHED_CHANNEL } from "./signed-request.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const SHIFTED_CLOCK = join(ROOT, "test/chaos/shifted-clock.ts");
const LOOP_WATCH = join(ROOT, "test/chaos/loop-watch.ts");
/** For whoever searches for a reason: --trace-gc, or --cpu-prof. */
const EXTRA = (process.env["CHAOS_NODE_OPTIONS"] ?? "").split(" ").filter((each) => each !== "");
const WATCHED = ["--import", SHIFTED_CLOCK, "--import", LOOP_WATCH];
const STORM_CHANNEL = "CSTORM";
/** Groups of each of these have a channel of their own. */
export const PLACES = ["p0", "p1", "p2", "p3", "p4", "p5", "p6", "p7"] as const;
export const WEBHOOK_TOKEN = "chaos-webhook-token";

/** Node's options of `npm start`, by which the bot takes the memory that it takes for an operator. */
function startOptions(root: string): string[] {
  const text = readFileSync(join(root, "package.json"), "utf8");
  const { scripts } = JSON.parse(text) as { readonly scripts: { readonly start: string } };
  return scripts.start.split(" ").slice(1, -1);
}

export interface FakeSlack {
  /** Base address of its Web API. */
  readonly api: string;
  set(state: SlackState): Promise<void>;
  /** Sends an event over Socket Mode; the milliseconds until it was acknowledged. */
  send(event: object): Promise<number>;
  journal(): Promise<Journal>;
  stop(): void;
}

export async function startFakeSlack(): Promise<FakeSlack> {
  const script = fileURLToPath(new URL("fake-slack-process.ts", import.meta.url));
  const child = spawn(process.execPath, [script], { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = (await once(createInterface({ input: child.stdout }), "line")) as [string];
  const { api, control } = JSON.parse(line) as { api: string; control: string };
  const steer = async (state: SlackState): Promise<{ readonly ackMs?: number }> => {
    const answer = await fetch(control, { method: "POST", body: JSON.stringify(state) });
    return (await answer.json()) as { readonly ackMs?: number };
  };
  return {
    api,
    async set(state) {
      await steer(state);
    },
    async send(event) {
      const { ackMs = Number.POSITIVE_INFINITY } = await steer({ event });
      return ackMs;
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
  /**
   * Starts it and waits until it takes alerts, or until it is killed; by default from this checkout.
   * Throws what it said when it ends otherwise.
   */
  start(root?: string): Promise<void>;
  /** kill -9; nothing when it does not run. */
  kill(): Promise<void>;
  /** SIGTERM, and waits for its end. */
  terminate(): Promise<void>;
  pause(): void;
  resume(): void;
  /** Moves what it takes for the time; only while it runs. */
  shiftClock(ms: number): void;
  /** Begins to watch its event loop again, from zero. */
  watchLoop(): void;
  /** How its event loop stood since then, up to half a second ago. */
  loopStands(): LoopStands;
}

export interface BotOptions {
  readonly slackApi: string;
  readonly store: StoreAddress;
  readonly mode: "http" | "socket";
  readonly folder: string;
  readonly name: string;
  readonly port: number;
}

/** The bot as an operator starts it; its log stands in the folder. */
export function botProcess(options: BotOptions): BotProcess {
  const { folder, name, port } = options;
  const file = join(folder, `${name}.json`);
  const shift = join(folder, `${name}.shift`);
  const loop = join(folder, `${name}.loop`);
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
    async start(root = ROOT) {
      child = spawn(
        process.execPath,
        [...startOptions(root), ...EXTRA, ...WATCHED, "src/main.ts", "--config", file],
        {
          cwd: root,
          env: environmentOf(options, { shift, loop }),
          stdio: ["ignore", "pipe", "pipe"],
        },
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
    watchLoop: () => void child?.kill("SIGWINCH"),
    loopStands: () => JSON.parse(readFileSync(loop, "utf8")) as LoopStands,
  };
}

function configOf({ port, store, mode }: BotOptions): object {
  return {
    listen: `127.0.0.1:${port}`,
    slack: { mode },
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
    routes: [
      ...PLACES.map((place) => ({ match: { place }, channel: `C${place.toUpperCase()}` })),
      { channel: STORM_CHANNEL },
    ],
    watch: [WATCHED_CHANNEL],
    sampling: { interval: "20s" },
  };
}

function environmentOf(
  { slackApi, store, mode }: BotOptions,
  { shift, loop }: { readonly shift: string; readonly loop: string },
): NodeJS.ProcessEnv {
  return {
    PATH: process.env["PATH"],
    SLACK_BOT_TOKEN: "xoxb-chaos",
    ...(mode === "http"
      ? { SLACK_SIGNING_SECRET: SIGNING_SECRET }
      : { SLACK_APP_TOKEN: "xapp-chaos" }),
    SLACK_API_URL: slackApi,
    WEBHOOK_TOKEN,
    CHAOS_CLOCK_SHIFT: shift,
    CHAOS_LOOP_WATCH: loop,
    ...(store.engine === "postgres" ? { DATABASE_URL: store.url } : {}),
  };
}

/** Resolves when the bot says that it is ready, or when it was killed. Throws what it said at its end. */
function ready(child: ChildProcess, log: NodeJS.WritableStream): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let said = "";
  child.stderr?.on("data", (chunk: Buffer) => {
    said += chunk.toString();
  });
  child.once("close", (code) => {
    if (code === null || code === 0) resolve();
    else reject(new Error(`the bot ended with code ${code}: ${said.slice(-LONGEST_SAID)}`));
  });
  if (child.stdout === null) throw new Error("the bot has no output");
  createInterface({ input: child.stdout }).on("line", (line) => {
    log.write(`${line}\n`);
    if (line.includes('"the bot takes alerts"')) resolve();
  });
  return promise;
}

const LONGEST_SAID = 2_000;

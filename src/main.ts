#!/usr/bin/env node
/** The process: arguments, environment, signals, exit code. A command for a terminal is edges/cli's. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, statSync } from "node:fs";
import "./compiled-code.js";
import { flushCompileCache } from "node:module";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { Logger } from "pino";
import type { RunningApp } from "./app.ts";
import type { ConfigProblem, ConfigResult } from "./config/config.ts";
import type { SecretFile } from "./config/secret-files.ts";
import type { Sandbox } from "./sandbox/sandbox.ts";

// Everything else is imported when it is needed, so that the first words come at once.

const DEFAULT_FILE = "streamline-bot.yaml";

/** Commands that start or check the bot, or run a program of the checkout; the others ask something. */
const OF_THE_BOT: Readonly<Record<string, (rest: readonly string[]) => Promise<number>>> = {
  serve: (rest) => start(rest),
  sandbox: (rest) => start(["--sandbox", ...rest]),
  config: checkConfig,
  drift,
  eval: evaluate,
};

async function main(): Promise<number> {
  const args = process.argv.slice(2);
  const [command, ...rest] = args;
  if (command === undefined || command.startsWith("-")) return start(args);
  const ofTheBot = Object.hasOwn(OF_THE_BOT, command) ? OF_THE_BOT[command] : undefined;
  if (ofTheBot !== undefined && !rest.some((each) => each === "--help" || each === "-h")) {
    return ofTheBot(rest);
  }
  return (await import("./edges/cli/run-terminal.ts")).runTerminal(args);
}

function readFlags(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    options: {
      config: { type: "string" },
      check: { type: "boolean" },
      sandbox: { type: "boolean" },
      warm: { type: "boolean" },
      help: { type: "boolean", short: "h" },
    },
  });
}

async function start(args: readonly string[]): Promise<number> {
  const { values } = readFlags(args);
  if (values.help) return (await import("./edges/cli/run-terminal.ts")).runTerminal(["help"]);
  if (values.warm) return warm();
  const file = values.config ?? process.env["STREAMLINE_BOT_CONFIG"] ?? DEFAULT_FILE;
  const isNamed = values.config !== undefined || process.env["STREAMLINE_BOT_CONFIG"] !== undefined;
  const isUnconfigured = !isNamed && !existsSync(file) && !hasSlackSecrets();
  // Who asks for a check must hear what is missing.
  if (values.sandbox || (isUnconfigured && !values.check)) {
    return runSandbox();
  }
  const parsed = await readConfig(file);
  if (!parsed.ok) return complain(parsed.problems, file);
  if (values.check) return print(`${file} and the environment are in order.\n`);
  const { createLog } = await import("./edges/log.ts");
  const log = createLog(parsed.config.logLevel);
  for (const { path, message } of parsed.warnings) log.warn({ variable: path }, message);
  const startBot = async (): Promise<RunningApp> => {
    log.info({ file }, "the bot starts");
    const { startApp } = await import("./app.ts");
    return startApp(parsed.config, log);
  };
  return run(startBot, { reload: (app) => void reloadSecrets(app, { file, log }) });
}

async function checkConfig([what, ...rest]: readonly string[]): Promise<number> {
  if (what === "check") return start(["--check", ...rest]);
  process.stderr.write("Write: streamline-bot config check [--config FILE]\n");
  return 2;
}

async function drift(args: readonly string[]): Promise<number> {
  const { runDrift } = await import("./drift/cli/drift.ts");
  const root = fileURLToPath(new URL("..", import.meta.url));
  return runDrift({ args, root, say: (line) => void print(`${line}\n`) });
}

/** The measuring stands with the tests, which an image for production leaves out. */
async function evaluate(args: readonly string[]): Promise<number> {
  const file = fileURLToPath(new URL("../test/eval/run.ts", import.meta.url));
  if (!existsSync(file))
    throw new Error("eval needs a checkout with its tests; there is none here");
  const child = spawn(process.execPath, [file, ...args], { stdio: "inherit" });
  const [code] = (await once(child, "exit")) as [number | null];
  return code ?? 1;
}

function hasSlackSecrets(): boolean {
  return Object.keys(process.env).some((name) => name.startsWith("SLACK_"));
}

async function readConfig(file: string): Promise<ConfigResult> {
  const { parseConfig } = await import("./config/parse-config.ts");
  try {
    const yaml = existsSync(file) ? readFileSync(file, "utf8") : undefined;
    return parseConfig({ env: process.env, yaml, readSecret: readSecretFile });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { ok: false, problems: [{ path: "(file)", message: `cannot be read: ${message}` }] };
  }
}

function readSecretFile(path: string): SecretFile {
  return { text: readFileSync(path, "utf8"), mode: statSync(path).mode & 0o777 };
}

/** On SIGHUP: what cannot be read leaves the secrets as they are, and is logged. */
async function reloadSecrets(
  app: RunningApp,
  { file, log }: { readonly file: string; readonly log: Logger },
): Promise<void> {
  const parsed = await readConfig(file);
  if (parsed.ok) app.reloadSecrets(parsed.config);
  else log.error({ problems: parsed.problems }, "the secrets could not be read again");
}

function complain(problems: readonly ConfigProblem[], file: string): number {
  const lines = problems.map(({ path, message }) => `  ${path}: ${message}`);
  process.stderr.write(
    `The bot cannot start: ${file} or the environment is not in order.\n${lines.join("\n")}\n` +
      "See README.md, and streamline-bot.example.yaml for a file that works.\n",
  );
  return 1;
}

/** What a first start would make: for an image, and for whoever has just installed. */
async function warm(): Promise<number> {
  await import("./app.ts");
  const { createLog } = await import("./edges/log.ts");
  const { openKnowledge } = await import("./edges/knowledge/knowledge-folders.ts");
  const { OWN_INDEX, OWN_KNOWLEDGE } = await import("./edges/knowledge/own-knowledge.ts");
  const pages = await openKnowledge({
    folders: [OWN_KNOWLEDGE],
    sharedIndexFile: OWN_INDEX,
    log: createLog("warn"),
  });
  await pages.close();
  // Not in an image for production.
  const sandbox = await import("./sandbox/sandbox.ts").catch(() => undefined);
  await sandbox?.preparePage();
  return 0;
}

/** The longest that a check of ours looks back, and some more. */
const PAST_MINUTES = 35;

/** The sandbox's parts are development dependencies: an image for production leaves them out. */
async function runSandbox(): Promise<number> {
  print("Nothing is configured: the sandbox starts, with a Slack and a Streamline to try.\n");
  const { startSandbox } = await import("./sandbox/sandbox.ts").catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== "ERR_MODULE_NOT_FOUND") throw error;
    throw new Error(
      "Nothing is configured, and the sandbox is not installed here. Configure the bot " +
        `(${DEFAULT_FILE} and SLACK_BOT_TOKEN, see README.md), or install with: npm ci`,
      { cause: error },
    );
  });
  return run(async () => {
    const sandbox = await startSandbox({ ...sandboxPort(), pastMinutes: PAST_MINUTES });
    const [app] = await Promise.all([startInSandbox(sandbox), sandbox.slack.preparePage()]);
    sandbox.connect(app.url);
    print(`The sandbox is ready: open ${sandbox.url} in a browser. Ctrl+C ends it.\n`);
    return {
      url: sandbox.url,
      reloadSecrets: (config) => app.reloadSecrets(config),
      stop: async () => {
        await app.stop();
        await sandbox.stop();
      },
    };
  });
}

async function startInSandbox({
  config,
  past,
}: Pick<Sandbox, "config" | "past">): Promise<RunningApp> {
  const { startApp } = await import("./app.ts");
  const { createLog } = await import("./edges/log.ts");
  return startApp(config, createLog(process.env["LOG_LEVEL"] ?? "warn"), () => past);
}

function sandboxPort(): { port?: number } {
  const text = process.env["SANDBOX_PORT"];
  if (text === undefined) return {};
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return { port };
  throw new Error(`SANDBOX_PORT is no port number: ${text}`);
}

/** Runs until a signal asks to stop. A second signal does not wait any longer. */
async function run(
  begin: () => Promise<RunningApp>,
  { reload }: { reload?: (app: RunningApp) => void } = {},
): Promise<number> {
  const { promise: stopped, resolve: stop } = Promise.withResolvers<void>();
  const onSignal = (): void => {
    process.removeListener("SIGINT", onSignal).removeListener("SIGTERM", onSignal);
    stop();
  };
  process.on("SIGINT", onSignal).on("SIGTERM", onSignal);
  const app = await begin();
  flushCompileCache();
  if (reload !== undefined) process.on("SIGHUP", () => reload(app));
  // What a start leaves behind is 15 MB; V8 would keep it until something needs the room.
  void globalThis.gc?.({ type: "major", execution: "async" });
  await stopped;
  await app.stop();
  return 0;
}

function print(text: string): number {
  process.stdout.write(text);
  return 0;
}

/** What the operator can act on; the stack is for us. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = (error as NodeJS.ErrnoException).code;
  if (code === "EADDRINUSE") {
    return `${error.message}. Another process listens there: stop it, or change "listen" in the file.`;
  }
  const cause = error.cause instanceof Error ? ` (${error.cause.message})` : "";
  return `${error.message}${cause}`;
}

main().then(
  (code) => process.exit(code),
  async (error: unknown) => {
    const { redaction } = await import("./edges/redaction.ts");
    process.stderr.write(`${redaction.text(explain(error))}\n`);
    process.exit(1);
  },
);

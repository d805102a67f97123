#!/usr/bin/env node
/** The process: arguments, environment, exit code. A command for a terminal is edges/cli's. */

import { existsSync } from "node:fs";
import "./compiled-code.js";
import { fileURLToPath } from "node:url";
import type { Logger } from "pino";
import type { RunningApp } from "./app.ts";
import type { ConfigProblem } from "./config/config.ts";
import { endWithReader } from "./edges/cli/broken-pipe.ts";
import { errorWords } from "./edges/cli/error-words.ts";
import { EXIT } from "./edges/cli/exit-codes.ts";
import { isArgumentError, parseArguments } from "./edges/cli/parse-arguments.ts";
import { alwaysJson } from "./edges/cli/print-json.ts";
import { hint, print, usageError } from "./edges/cli/terminal-streams.ts";
import { LASTING_COMMANDS } from "./lasting-commands.js";
import type { Sandbox, SandboxSlack } from "./sandbox/sandbox.ts";

// Everything else is imported when it is needed, so that the first words come at once.

type Run = (rest: readonly string[]) => Promise<number>;

/** Commands that start or check the bot, or run a program of the checkout; the others ask something. */
const OF_THE_BOT: Readonly<Record<string, Run>> = {
  serve,
  sandbox,
  config: async (rest) => (await import("./edges/cli/config-commands.ts")).runConfig(rest),
  healthcheck: async (rest) => (await import("./edges/cli/bot-commands.ts")).runHealthcheck(rest),
  mcp: async (rest) => (await import("./edges/cli/run-mcp.ts")).runMcp(rest),
  doctor: async (rest) => (await import("./edges/cli/run-doctor.ts")).runDoctor(rest),
  backup: async (rest) => (await import("./edges/cli/bot-commands.ts")).runBackup(rest),
  record: async (rest) => (await import("./edges/cli/bot-commands.ts")).runRecord(rest),
  eval: async (rest) => (await import("./edges/cli/bot-commands.ts")).runEval(rest),
  drift,
};

async function main(): Promise<number> {
  const args = await withCommandFirst(process.argv.slice(2));
  const [command, ...rest] = args;
  const isHelp = args.some((each) => each === "--help" || each === "-h");
  if (command === undefined || command.startsWith("-")) {
    const [option] = args.filter((each) =>
      /^--(?:target|kafka|prometheus|watch|json)\b/.test(each),
    );
    if (option !== undefined && !isHelp) {
      return usageError(
        `A command is missing beside ${option}, such as: streamline-bot why-slow ${args.join(" ")}`,
      );
    }
    return isHelp ? inTerminal(["help", ...args]) : understood(() => serve(args));
  }
  const ofTheBot = Object.hasOwn(OF_THE_BOT, command) ? OF_THE_BOT[command] : undefined;
  if (ofTheBot === undefined || isHelp) return inTerminal(args);
  if (!LASTING_COMMANDS.has(command)) endWithReader();
  return understood(() => ofTheBot(rest));
}

async function inTerminal(args: readonly string[]): Promise<number> {
  return (await import("./edges/cli/run-terminal.ts")).runTerminal(args);
}

/** What reads options is loaded only where one is typed before the command. */
async function withCommandFirst(args: readonly string[]): Promise<readonly string[]> {
  if (args[0]?.startsWith("-") !== true) return args;
  return (await import("./edges/cli/terminal-words.ts")).commandFirst(args);
}

/** Words that no command knows are the person's mistake: exit code 2. */
async function understood(run: () => Promise<number>): Promise<number> {
  try {
    return await run();
  } catch (error) {
    if (!isArgumentError(error)) throw error;
    hint(`${error.message}\nSee streamline-bot --help`);
    return EXIT.usage;
  }
}

/** The bot; with nothing configured the sandbox, so that a first start shows something. */
async function serve(args: readonly string[]): Promise<number> {
  const { values } = parseArguments({
    args: [...args],
    options: {
      config: { type: "string" },
      check: { type: "boolean" },
      sandbox: { type: "boolean" },
      warm: { type: "boolean" },
    },
  });
  if (values.warm) return warm();
  const { chooseConfigFile, readWholeConfig } = await import("./edges/cli/read-config.ts");
  const { file, isNamed } = chooseConfigFile(values.config, process.env);
  if (values.check) {
    const check = ["check", ...(values.config === undefined ? [] : ["--config", values.config])];
    return (await import("./edges/cli/config-commands.ts")).runConfig(check);
  }
  const { mistypedVariables } = await import("./config/mistyped-variables.ts");
  for (const { path, message } of mistypedVariables(Object.keys(process.env))) {
    hint(`${path} ${message}`);
  }
  const isUnconfigured = !isNamed && !existsSync(file) && !hasSlackSecrets();
  if (values.sandbox || isUnconfigured) return sandbox([]);
  const parsed = await readWholeConfig(file, process.env);
  if (!parsed.ok) return complain(parsed.problems, file);
  const log = await openLog(parsed.config.logLevel);
  for (const { path, message } of parsed.warnings) log.warn({ variable: path }, message);
  const startBot = async (): Promise<RunningApp> => {
    log.info({ file }, "the bot starts");
    const { startApp } = await import("./app.ts");
    return startApp(parsed.config, log);
  };
  const reload = async (app: RunningApp): Promise<void> => {
    // What cannot be read leaves the secrets as they are, and is logged.
    const again = await readWholeConfig(file, process.env);
    if (again.ok) app.reloadSecrets(again.config);
    else log.error({ problems: again.problems }, "the secrets could not be read again");
  };
  return (await runner())(startBot, { reload: (app) => void reload(app) });
}

async function runner() {
  return (await import("./edges/cli/run-until-stopped.ts")).runUntilStopped;
}

async function drift(args: readonly string[]): Promise<number> {
  const { runDrift } = await import("./drift/cli/drift.ts");
  const root = fileURLToPath(new URL("..", import.meta.url));
  return runDrift({ args, root, say: (line) => void print(`${line}\n`), complain: hint });
}

function hasSlackSecrets(): boolean {
  return Object.keys(process.env).some((name) => name.startsWith("SLACK_"));
}

function complain(problems: readonly ConfigProblem[], file: string): number {
  const lines = problems.map(({ path, message }) => `  ${path}: ${message}`);
  hint(
    `The bot cannot start: ${file} or the environment is not valid.\n${lines.join("\n")}\n` +
      "See README.md, and streamline-bot.example.yaml for a file that works.",
  );
  return EXIT.wrong;
}

/** What a first start would make: for an image, and for whoever has just installed. */
async function warm(): Promise<number> {
  await import("./app.ts");
  const { openKnowledge } = await import("./edges/knowledge/knowledge-folders.ts");
  const { OWN_INDEX, OWN_KNOWLEDGE } = await import("./edges/knowledge/own-knowledge.ts");
  const pages = await openKnowledge({
    folders: [OWN_KNOWLEDGE],
    sharedIndexFile: OWN_INDEX,
    log: await openLog("warn"),
  });
  await pages.close();
  // Not in an image for production.
  const sandbox = await import("./sandbox/sandbox.ts").catch(() => undefined);
  await sandbox?.preparePage();
  return 0;
}

/** The longest that a check of ours looks back, and some more. */
const PAST_MINUTES = 35;
/** A person who breaks the disk watches: the alert comes sooner than a real rule lets it. */
const ALERTS_AFTER_MS = 15_000;

/** `sandbox [--target URL --kafka HOST:PORT]`: with a simulated server, or around a real one. */
async function sandbox(args: readonly string[]): Promise<number> {
  const { values } = parseArguments({
    args: [...args],
    options: { target: { type: "string" }, kafka: { type: "string" } },
  });
  if (values.target === undefined) {
    if (values.kafka !== undefined) {
      return usageError("--kafka is the address of the server that --target names: give both");
    }
    // An image has none, and must not announce a start before it says so.
    if (existsSync(new URL("./sandbox/sandbox.ts", import.meta.url))) {
      print("The sandbox starts, with a Slack and a Streamline to try.\n");
    }
    const { startSandbox } = await loadSandbox();
    const started = await startSandbox({
      ...sandboxPort(),
      pastMinutes: PAST_MINUTES,
      alertsAfterMs: ALERTS_AFTER_MS,
    });
    return runSandbox(started, started);
  }
  const { terminalTargets } = await import("./edges/cli/terminal-target.ts");
  const { target, kafka } = values;
  const chosen = terminalTargets(kafka === undefined ? { target } : { target, kafka }, {});
  if (chosen.kind === "usage") {
    return usageError(chosen.problem);
  }
  const [server] = chosen.targets;
  if (server === undefined) throw new Error("an address was read as no server");
  if (chosen.note !== undefined) print(`${chosen.note}\n`);
  print(`The sandbox starts, with a Slack around ${server.http}; the server is only read.\n`);
  const { startSandboxAround } = await loadSandbox();
  const { firstPollProblem } = await import("./edges/cli/first-poll.ts");
  // What is wrong with an address should not be found out by a question in the sandbox.
  void firstPollProblem(server).then((problem) => problem !== undefined && hint(problem));
  return runSandbox(await startSandboxAround(server, sandboxPort()));
}

/** The sandbox's parts are development dependencies: an image for production leaves them out. */
async function loadSandbox(): Promise<typeof import("./sandbox/sandbox.ts")> {
  return import("./sandbox/sandbox.ts").catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== "ERR_MODULE_NOT_FOUND") throw error;
    throw new Error(
      "The sandbox is not installed here. Configure the bot (streamline-bot.yaml and " +
        "SLACK_BOT_TOKEN, see README.md), or install with: npm ci",
      { cause: error },
    );
  });
}

async function runSandbox(
  started: SandboxSlack,
  simulated?: Pick<Sandbox, "past" | "onPast">,
): Promise<number> {
  return (await runner())(async () => {
    const { startApp } = await import("./app.ts");
    const log = await openLog(process.env["LOG_LEVEL"] ?? "warn");
    const [app] = await Promise.all([
      startApp(started.config, log, simulated === undefined ? undefined : () => simulated.past),
      started.slack.preparePage(),
    ]);
    simulated?.onPast((written) => app.rewritePast(() => written));
    started.connect(app.url);
    print(`The sandbox is ready: open ${started.url} in a browser. Ctrl+C ends it.\n`);
    return {
      stop: async () => {
        await app.stop();
        await started.stop();
      },
    };
  });
}

function sandboxPort(): { port?: number } {
  const text = process.env["SANDBOX_PORT"];
  if (text === undefined) return {};
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return { port };
  throw new Error(`SANDBOX_PORT is not a port number: ${text}`);
}

/** What the operator can act on; the stack is for us. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = (error as NodeJS.ErrnoException).code;
  if (code === "EADDRINUSE") {
    return `${error.message}. Another process listens there: stop it, or change "listen" in the file.`;
  }
  return errorWords(error);
}

/** The exit code, also where the program fails. */
function ended(): Promise<number> {
  return main().catch((error: unknown) => {
    hint(explain(error));
    return EXIT.wrong;
  });
}

/** Only a run that logs loads the log. */
async function openLog(level: string): Promise<Logger> {
  const log = await import("./edges/log.ts");
  beforeExit = log.endLog;
  return log.createLog(level);
}

let beforeExit = async (): Promise<void> => undefined;
void alwaysJson(process.argv.slice(2), ended).then(async (code) => {
  await beforeExit();
  process.exit(code);
});

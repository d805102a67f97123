/** Help and suggestions of the terminal, from the command table. */

import { nearestNames } from "../../spelling/nearest-names.ts";
import { ROW_EXAMPLES, terminalUsages } from "./terminal-rows.ts";

export interface DescribedCommand {
  readonly name: string;
  readonly usage: string;
  readonly about: string;
  /** As they are typed behind the program's name. */
  readonly examples: readonly string[];
}

/** What a terminal has beside the rows of the table. */
const ASIDE: readonly DescribedCommand[] = [
  {
    name: "ask",
    usage: "ask WORDS",
    about: "a question in plain words: a command, or a search",
    examples: ["ask is it healthy --target http://localhost:9094", "ask why do consumers stop"],
  },
  {
    name: "replay",
    usage: "replay FILE|ID [--json] [--config FILE]",
    about: "a why-slow answer again, from its replay file or its id",
    examples: ["replay 0ab12f34cd56", "replay var/replays/0ab12f34cd56.replay.gz --json"],
  },
];

/** What main.ts runs; it is here so that help and completion know it. */
const OF_THE_BOT: readonly DescribedCommand[] = [
  {
    name: "serve",
    usage: "serve [--config FILE]",
    about: "the bot in Slack; with nothing configured the sandbox",
    examples: ["serve --config /etc/streamline-bot/streamline-bot.yaml"],
  },
  {
    name: "sandbox",
    usage: "sandbox [--target URL [--kafka HOST:PORT]]",
    about: "the bot in a local Slack: with a simulated Streamline, or around your own server",
    examples: ["sandbox", "sandbox --target http://localhost:9094 --kafka localhost:9092"],
  },
  {
    name: "config",
    usage: "config check [--json] [--config FILE] | config schema",
    about: "whether file and environment are valid; the file's JSON schema for editors",
    examples: [
      "config check --config /etc/streamline-bot/streamline-bot.yaml",
      "config schema > streamline-bot.schema.json",
    ],
  },
  {
    name: "doctor",
    usage: "doctor [--offline] [--send-test-alert [--wait 90s]] [--json] [--config FILE]",
    about: "what is wrong with the set-up, where, and how to fix it",
    examples: ["doctor", "doctor --send-test-alert", "doctor --offline --json"],
  },
  {
    name: "mcp",
    usage: "mcp [--target URL [--kafka HOST:PORT]] [--config FILE]",
    about: "the tools for agents over standard input and output (docs/mcp.md)",
    examples: ["mcp --target http://localhost:9094"],
  },
  {
    name: "backup",
    usage: "backup FILE [--json] [--config FILE]",
    about: "a whole copy of the SQLite store, while the bot runs",
    examples: ["backup /backup/bot.db"],
  },
  {
    name: "record",
    usage:
      "record --target URL --out FILE [--kafka HOST:PORT] [--every 15s] [--for 1h] [--most 50] [--json]",
    about: "records what a server answers, without payloads, to replay it",
    examples: ["record --target http://localhost:9094 --out case.jsonl.gz --for 30m"],
  },
  {
    name: "eval",
    usage: "eval [FILE] [--recordings DIR] [--variant NAME] [--json]",
    about: "how well it diagnoses recordings, in a checkout with its tests",
    examples: ["eval case.jsonl.gz", "eval --recordings ours/ --json", "eval --variant lost-10"],
  },
  {
    name: "drift",
    usage: "drift [--target URL] [--json]",
    about: "whether guides, rules and dashboards fit the metrics of the server",
    examples: ["drift", "drift --target http://localhost:9094"],
  },
  {
    name: "healthcheck",
    usage: "healthcheck [--json] [--config FILE]",
    about: "whether the bot of this configuration answers on its port, for an image",
    examples: ["healthcheck"],
  },
  {
    name: "schema",
    usage: "schema",
    about: "the JSON schema of what --json prints",
    examples: ["schema > streamline-bot-answers.schema.json"],
  },
  { name: "version", usage: "version [--json]", about: "the version", examples: ["version"] },
  {
    name: "man",
    usage: "man",
    about: "this as a manual page",
    examples: ["man | man -l -"],
  },
  {
    name: "completion",
    usage: "completion bash|zsh|fish",
    about: "completion for your shell",
    examples: [
      "completion bash > ~/.local/share/bash-completion/completions/streamline-bot",
      "completion fish > ~/.config/fish/completions/streamline-bot.fish",
      "completion zsh > ~/.zsh/completions/_streamline-bot",
    ],
  },
];

export const PROGRAM = "streamline-bot";

/** What asks a server, the store or the runbooks. */
function askingCommands(): readonly DescribedCommand[] {
  const rows = terminalUsages().map(({ name, usage, about }) => ({
    name,
    usage,
    about,
    examples: ROW_EXAMPLES[name] ?? [],
  }));
  return [...rows, ...ASIDE];
}

/** Every command, in the order of help. */
export function describedCommands(): readonly DescribedCommand[] {
  return [...askingCommands(), ...OF_THE_BOT];
}

/** The commands that a terminal has, in the order of the table. */
export function terminalCommandNames(): readonly string[] {
  return describedCommands().map(({ name }) => name);
}

/** Commands whose name is like a mistyped one. */
export function nearestCommands(typed: string): readonly string[] {
  return nearestNames(typed, terminalCommandNames());
}

/** The whole help. */
export function terminalHelp(): string {
  const examples = askingCommands().flatMap(({ examples: [first] }) => first ?? []);
  return [
    `${PROGRAM}: what is wrong with a Streamline server, and what its runbooks say`,
    "",
    "Ask a server, the bot's incidents or the runbooks:",
    ...listed(askingCommands()),
    "",
    "The bot:",
    ...listed(OF_THE_BOT),
    "",
    "Options:",
    ...OPTION_TEXTS.map(([flag, about]) => `  ${flag.padEnd(20)} ${about}`),
    "",
    "Exit codes:",
    ...EXIT_CODES.map(([code, means]) => `  ${code}  ${means}`),
    "",
    "Examples:",
    ...examples.map((example) => `  ${PROGRAM} ${example}`),
    "",
    "Without a command the bot starts, or the sandbox when nothing is configured. Its secrets come",
    "from the environment. See docs/commands.md and docs/configuration.md.",
    "",
  ].join("\n");
}

/** What exit codes mean, for scripts. */
export const EXIT_CODES: readonly (readonly [code: number, means: string])[] = [
  [0, "clean: nothing is wrong, or what was asked for was found"],
  [1, "something is wrong with the target, or with the set-up"],
  [2, "usage: the command was not understood"],
  [3, "unknown: the target gave no answer, or nothing covers the question"],
];

/** Flags, each with what it does. */
export const OPTION_TEXTS: readonly (readonly [flag: string, about: string])[] = [
  ["--target ADDRESS", "the server, such as http://host:9094, or a target of the configuration"],
  ["--kafka HOST:PORT", "its Kafka address (default: port 9092 of the same host)"],
  [
    "--prometheus ADDRESS",
    "the Prometheus that scrapes it: for charts and for why-slow over more than an hour",
  ],
  ["--label NAME=VALUE", "a label of the server's series there, where it scrapes several servers"],
  [
    "--config FILE",
    "the configuration (default streamline-bot.yaml, or STREAMLINE_BOT_CONFIG); incidents are read from its store",
  ],
  ["--json", "one line of JSON instead of words; streamline-bot schema prints its JSON schema"],
  ["--watch, -w", "asks again every 10 s, or as --every says, until Ctrl+C"],
  ["--every 5s", "the time between two answers of --watch"],
  ["--KEY VALUE", "what the commands above write as KEY:VALUE, such as --last 30m"],
  ["--help, -h", "this list, or help for one command"],
];

function listed(commands: readonly DescribedCommand[]): string[] {
  return commands.flatMap(({ usage, about }) => [`  ${usage}`, `      ${about}`]);
}

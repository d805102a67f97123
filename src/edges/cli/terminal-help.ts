/** Help, completion and suggestions of the terminal, all from the command table. */

import { nearestNames } from "../../spelling/nearest-names.ts";
import { ROW_EXAMPLES, terminalUsages } from "./terminal-rows.ts";
import { TERMINAL_FLAGS } from "./terminal-words.ts";

interface Described {
  readonly name: string;
  readonly usage: string;
  readonly about: string;
  readonly example?: string;
}

/** What a terminal has beside the rows of the table. */
const ASIDE: readonly Described[] = [
  {
    name: "ask",
    usage: "ask WORDS",
    about: "a question in plain words: a command, or a search",
    example: "ask is it healthy --target http://localhost:9094",
  },
  {
    name: "replay",
    usage: "replay FILE",
    about: "a why-slow answer once more, from its replay file or its id",
    example: "replay var/replays/0ab12f34cd56.replay.gz",
  },
];

/** What main.ts runs; it is here so that help and completion know it. */
const OF_THE_BOT: readonly Described[] = [
  { name: "serve", usage: "serve [--config FILE]", about: "the bot in Slack" },
  {
    name: "sandbox",
    usage: "sandbox",
    about: "the bot in a local Slack with a simulated Streamline",
  },
  {
    name: "config",
    usage: "config check [--config FILE]",
    about: "whether file and environment are in order",
  },
  {
    name: "drift",
    usage: "drift [--target URL]",
    about: "whether guides, rules and dashboards name what the server has",
  },
  {
    name: "eval",
    usage: "eval [-- OPTIONS]",
    about: "how well it diagnoses, in a checkout with its tests",
  },
  { name: "version", usage: "version", about: "the version" },
  {
    name: "completion",
    usage: "completion bash|zsh|fish",
    about: "completion for your shell",
    example: "completion bash > ~/.bash_completion.d/streamline-bot",
  },
];

const PROGRAM = "streamline-bot";

function asked(): readonly Described[] {
  const rows = terminalUsages().map(({ name, usage, about }) => {
    const example = ROW_EXAMPLES[name];
    return { name, usage, about, ...(example === undefined ? {} : { example }) };
  });
  return [...rows, ...ASIDE];
}

/** Every command, in the order of help. */
export function terminalCommandNames(): readonly string[] {
  return [...asked(), ...OF_THE_BOT].map(({ name }) => name);
}

/** Commands whose name is like a mistyped one. */
export function nearestCommands(typed: string): readonly string[] {
  return nearestNames(typed, terminalCommandNames());
}

/** The whole help. */
export function terminalHelp(): string {
  const examples = asked().flatMap(({ example }) => example ?? []);
  return [
    `${PROGRAM}: what is wrong with a Streamline server, and what its runbooks say`,
    "",
    "Ask a server or the runbooks:",
    ...listed(asked()),
    "",
    "The bot:",
    ...listed(OF_THE_BOT),
    "",
    "Options:",
    ...OPTIONS.map((line) => `  ${line}`),
    "",
    "Exit codes: 0 clean, 1 something is wrong with the target, 2 usage, 3 cannot tell.",
    "",
    "Examples:",
    ...examples.map((example) => `  ${PROGRAM} ${example}`),
    "",
    "Without a command the bot starts, or the sandbox when nothing is configured. Its secrets come",
    "from the environment. See README.md and docs/commands.md.",
    "",
  ].join("\n");
}

/** Help for one command; undefined for what is none. */
export function commandHelp(name: string): string | undefined {
  const found = [...asked(), ...OF_THE_BOT].find((each) => each.name === name);
  if (found === undefined) return undefined;
  const { usage, about, example } = found;
  const lines = [`${PROGRAM} ${usage}`, `  ${about}`];
  if (example !== undefined) lines.push("", "Example:", `  ${PROGRAM} ${example}`);
  return `${[...lines, "", `All options: ${PROGRAM} --help`].join("\n")}\n`;
}

const OPTIONS = [
  "--target ADDRESS   the server, such as http://host:9094, or a target of the configuration",
  "--kafka HOST:PORT  its Kafka address (default: port 9092 of the same host)",
  "--config FILE      the configuration (default streamline-bot.yaml, or STREAMLINE_BOT_CONFIG)",
  "--json             one line of JSON instead of words; docs/commands.md has its schema",
  "--watch, -w        asks again every 10 s, or as --every says, until Ctrl+C",
  "--every 5s         the time between two answers of --watch",
  "--KEY VALUE        what the commands above write as KEY:VALUE, such as --last 30m",
  "--help, -h         this list, or help for one command",
];

function listed(commands: readonly Described[]): string[] {
  return commands.flatMap(({ usage, about }) => [`  ${usage}`, `      ${about}`]);
}

/** A script for the shell; undefined for a shell that is not known. */
export function completionScript(shell: string): string | undefined {
  const names = terminalCommandNames().join(" ");
  const flags = TERMINAL_FLAGS.map((flag) => `--${flag}`).join(" ");
  switch (shell) {
    case "bash":
      return bashScript(names, flags);
    case "zsh":
      return `#compdef ${PROGRAM}\n_arguments '1:command:(${names})' '*:option:(${flags})'\n`;
    case "fish":
      return fishScript(names);
    default:
      return undefined;
  }
}

function bashScript(names: string, flags: string): string {
  return `_streamline_bot() {
  local words="${flags}"
  [ "$COMP_CWORD" -eq 1 ] && words="${names}"
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _streamline_bot ${PROGRAM}
`;
}

function fishScript(names: string): string {
  const flags = TERMINAL_FLAGS.map((flag) => `complete -c ${PROGRAM} -l ${flag}`);
  return [`complete -c ${PROGRAM} -n __fish_use_subcommand -f -a "${names}"`, ...flags, ""].join(
    "\n",
  );
}

/** What a shell may complete behind each word, from the command table, and the scripts that ask for it. */

import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { OWN_KNOWLEDGE } from "../knowledge/own-knowledge.ts";
import { describedCommands, PROGRAM } from "./terminal-help.ts";
import { terminalUsages } from "./terminal-rows.ts";

/** What the shell completes: these words, or names that are asked for when they are needed. */
type Values = readonly string[] | "files" | "targets" | "alerts" | "nothing";

interface Completed {
  /** The words behind the command. */
  readonly words: Values;
  /** Its options, without the dashes, each with its values; undefined for one that takes none. */
  readonly options: Readonly<Record<string, Values | undefined>>;
}

const SPANS = ["15m", "1h", "6h", "12h", "24h", "7d"];
const STATES = ["firing", "silenced", "acknowledged"];

/** Options whose values are known; of the others nobody can tell. */
const OPTION_VALUES: Readonly<Record<string, Values | undefined>> = {
  target: "targets",
  config: "files",
  out: "files",
  last: SPANS,
  for: SPANS,
  every: ["5s", "10s", "30s", "1m"],
  state: STATES,
  alert: "alerts",
  incident: "alerts",
  json: undefined,
  watch: undefined,
  explain: undefined,
  help: undefined,
  offline: undefined,
  "send-test-alert": undefined,
};

const WORDS: Readonly<Record<string, Values>> = {
  completion: ["bash", "zsh", "fish"],
  config: ["check", "schema"],
  alerts: STATES,
  runbook: "alerts",
  history: "alerts",
  timeline: "alerts",
  health: "targets",
  "why-slow": "targets",
  replay: "files",
  eval: "files",
  backup: "files",
};

/** Command -> what may follow it. */
export function completedCommands(): ReadonlyMap<string, Completed> {
  const rows = new Map(terminalUsages().map((row) => [row.name, row]));
  const names = describedCommands().map(({ name }) => name);
  return new Map(
    describedCommands().map(({ name, usage }) => {
      const row = rows.get(name);
      const inUsage = [...usage.matchAll(/--([a-z-]+)/g)].map(([, flag = ""]) => flag);
      const flags =
        row === undefined && name !== "ask" ? inUsage : [...ofRow(name, row), ...inUsage];
      const options = [...new Set([...flags, "help"])].map((flag) => [
        flag,
        flag in OPTION_VALUES ? OPTION_VALUES[flag] : ("nothing" as const),
      ]);
      const words = name === "help" ? names : (WORDS[name] ?? "nothing");
      return [name, { words, options: Object.fromEntries(options) }];
    }),
  );
}

type Usage = ReturnType<typeof terminalUsages>[number];

/** Rows say what they take beside what every one takes. */
function ofRow(name: string, row: Usage | undefined): readonly string[] {
  const server = row?.target === undefined && name !== "ask" ? [] : ["target", "kafka"];
  const polled = row?.target === "one" ? ["watch", "every"] : [];
  const inPrometheus = ["why-slow", "chart"].includes(name) ? ["prometheus", "label"] : [];
  const own = (row?.options ?? []).filter((key) => key !== "page");
  const explained = name === "search" ? ["explain"] : [];
  return [...own, ...server, ...polled, ...inPrometheus, ...explained, "config", "json"];
}

/** Alerts that have a runbook of ours: what `completion alerts` prints for the scripts. */
export function alertsToComplete(): readonly string[] {
  const folder = typeof OWN_KNOWLEDGE === "string" ? OWN_KNOWLEDGE : fileURLToPath(OWN_KNOWLEDGE);
  return readdirSync(`${folder}/runbooks`)
    .filter((file) => /^[A-Z]\w*\.md$/.test(file))
    .map((file) => file.slice(0, -".md".length))
    .toSorted();
}

/** A script for the shell; undefined for a shell that is not known. */
export function completionScript(shell: string): string | undefined {
  const commands = completedCommands();
  switch (shell) {
    case "bash":
      return bashScript(commands);
    case "zsh":
      return zshScript(commands);
    case "fish":
      return fishScript(commands);
    default:
      return undefined;
  }
}

type Commands = ReadonlyMap<string, Completed>;

/** Names that change are asked of the program, by the words that were typed as its own. */
const ASK = (what: string): string => `$("\${COMP_WORDS[0]}" completion ${what} 2>/dev/null)`;

/** Commands that share what follows share a branch. */
function cases(branches: readonly (readonly [pattern: string, body: string])[]): string {
  const grouped = Map.groupBy(branches, ([, body]) => body);
  return [...grouped]
    .map(([body, all]) => `    ${all.map(([pattern]) => pattern).join("|")}) ${body} ;;`)
    .join("\n");
}

function optionsOf(commands: Commands): readonly (readonly [flag: string, values: Values])[] {
  const all = [...commands.values()].flatMap(({ options }) => Object.entries(options));
  return [...new Map(all)].flatMap(([flag, values]) =>
    values === undefined ? [] : [[`--${flag}`, values] as const],
  );
}

function flagsOf({ options }: Completed): string {
  return Object.keys(options)
    .map((flag) => `--${flag}`)
    .join(" ");
}

function bashScript(commands: Commands): string {
  const offer = (values: Values): string => {
    if (values === "files") return 'COMPREPLY=($(compgen -f -- "$word")); compopt -o filenames';
    if (values === "nothing") return ":";
    const words = typeof values === "string" ? ASK(values) : values.join(" ");
    return `COMPREPLY=($(compgen -W "${words}" -- "$word"))`;
  };
  return `_streamline_bot() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD - 1]}"
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "${[...commands.keys()].join(" ")}" -- "$word"))
    return
  fi
  case "$before" in
${cases(optionsOf(commands).map(([flag, values]) => [flag, `${offer(values)}; return`]))}
  esac
  if [[ "$word" == -* ]]; then
    case "\${COMP_WORDS[1]}" in
${cases([...commands].map(([name, each]) => [name, `COMPREPLY=($(compgen -W "${flagsOf(each)}" -- "$word"))`]))}
    esac
    return
  fi
  case "\${COMP_WORDS[1]}" in
${cases([...commands].map(([name, { words }]) => [name, offer(words)]))}
  esac
}
complete -F _streamline_bot ${PROGRAM}
`;
}

function zshScript(commands: Commands): string {
  const offer = (values: Values): string => {
    if (values === "files") return "_files";
    if (values === "nothing") return ":";
    if (typeof values !== "string") return `compadd -- ${values.join(" ")}`;
    return `compadd -- \${(f)"$("$words[1]" completion ${values} 2>/dev/null)"}`;
  };
  return `#compdef ${PROGRAM}
_streamline_bot() {
  if (( CURRENT == 2 )); then
    compadd -- ${[...commands.keys()].join(" ")}
    return
  fi
  case "$words[CURRENT-1]" in
${cases(optionsOf(commands).map(([flag, values]) => [flag, `${offer(values)}; return`]))}
  esac
  if [[ "$words[CURRENT]" == -* ]]; then
    case "$words[2]" in
${cases([...commands].map(([name, each]) => [name, `compadd -- ${flagsOf(each)}`]))}
    esac
    return
  fi
  case "$words[2]" in
${cases([...commands].map(([name, { words }]) => [name, offer(words)]))}
  esac
}
compdef _streamline_bot ${PROGRAM}
`;
}

function fishScript(commands: Commands): string {
  const line = `complete -c ${PROGRAM}`;
  const offer = (values: Values): string => {
    if (values === "files") return " -F";
    if (values === "nothing") return "";
    const words =
      typeof values === "string"
        ? `(${PROGRAM} completion ${values} 2>/dev/null)`
        : values.join(" ");
    return ` -a '${words}'`;
  };
  const abouts = new Map(describedCommands().map(({ name, about }) => [name, about]));
  return [
    `${line} -f`,
    ...[...commands].flatMap(([name, { words, options }]) => [
      `${line} -n __fish_use_subcommand -a ${name} -d '${(abouts.get(name) ?? "").replaceAll("'", "\\'")}'`,
      ...(words === "nothing"
        ? []
        : [`${line} -n '__fish_seen_subcommand_from ${name}'${offer(words)}`]),
      ...Object.entries(options).map(([flag, values]) => {
        const taken =
          values === undefined ? "" : ` -r${values === "files" ? "" : " -f"}${offer(values)}`;
        return `${line} -n '__fish_seen_subcommand_from ${name}' -l ${flag}${taken}`;
      }),
    ]),
    "",
  ].join("\n");
}

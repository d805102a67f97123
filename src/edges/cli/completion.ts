/** Scripts by which a shell completes what is typed behind the program's name. */

import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { OWN_KNOWLEDGE } from "../knowledge/own-knowledge.ts";
import {
  type CompletedCommand,
  type CompletedValues,
  completedCommands,
} from "./command-options.ts";
import { describedCommands, PROGRAM } from "./terminal-help.ts";

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

type Commands = ReadonlyMap<string, CompletedCommand>;

/** Names that change are asked of the program, by the words that were typed as its own. */
const ASK = (what: string): string => `$("\${COMP_WORDS[0]}" completion ${what} 2>/dev/null)`;

/** Commands that share what follows share a branch. */
function cases(branches: readonly (readonly [pattern: string, body: string])[]): string {
  const grouped = Map.groupBy(branches, ([, body]) => body);
  return [...grouped]
    .map(([body, all]) => `    ${all.map(([pattern]) => pattern).join("|")}) ${body} ;;`)
    .join("\n");
}

function optionsOf(
  commands: Commands,
): readonly (readonly [flag: string, values: CompletedValues])[] {
  const all = [...commands.values()].flatMap(({ options }) => Object.entries(options));
  return [...new Map(all)].flatMap(([flag, values]) =>
    values === undefined ? [] : [[`--${flag}`, values] as const],
  );
}

function flagsOf({ options }: CompletedCommand): string {
  return Object.keys(options)
    .map((flag) => `--${flag}`)
    .join(" ");
}

function bashScript(commands: Commands): string {
  const offer = (values: CompletedValues): string => {
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
  const offer = (values: CompletedValues): string => {
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
  const offer = (values: CompletedValues): string => {
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

/** Completion scripts for the shells, from the command table. */

import { PROGRAM, terminalCommandNames } from "./terminal-help.ts";
import { TERMINAL_FLAGS } from "./terminal-words.ts";

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

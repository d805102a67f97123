/** The manual page, from the command table: roff for `man -l`, see man-pages(7) and groff_man(7). */

import { ENVIRONMENT_VARIABLES } from "../../config/environment-variables.ts";
import { ownVersion } from "./own-version.ts";
import {
  type DescribedCommand,
  describedCommands,
  EXIT_CODES,
  OPTION_TEXTS,
  PROGRAM,
} from "./terminal-help.ts";

/** The page's whole text. */
export function manPage(): string {
  const commands = describedCommands();
  return `${[
    `.TH STREAMLINE\\-BOT 1 "" "${PROGRAM} ${ownVersion()}" "User Commands"`,
    ".SH NAME",
    `${roff(PROGRAM)} \\- what is wrong with a Streamline server, and what its runbooks say`,
    ".SH SYNOPSIS",
    `.B ${roff(PROGRAM)}`,
    "COMMAND [WORDS] [OPTIONS]",
    ".SH DESCRIPTION",
    "Asks a Streamline server, the bot's incidents or its runbooks; starts and checks the bot.",
    "Without a command the bot starts, or the sandbox when nothing is configured.",
    ".SH COMMANDS",
    ...commands.flatMap(({ usage, about }) => entry(usage, about)),
    ".SH OPTIONS",
    ...OPTION_TEXTS.flatMap(([flag, about]) => entry(flag, about)),
    ".SH EXIT STATUS",
    ...EXIT_CODES.flatMap(([code, means]) => entry(String(code), means)),
    ".SH ENVIRONMENT",
    "A secret, marked *, can come from a file instead: NAME_FILE.",
    ...ENVIRONMENT_VARIABLES.flatMap(({ name, about, isSecret }) =>
      entry(isSecret === true ? `${name} *` : name, about),
    ),
    ".SH EXAMPLES",
    ...commands.flatMap(exampleLines),
    ".SH SEE ALSO",
    "docs/commands.md, docs/configuration.md and README.md of the checkout",
  ].join("\n")}\n`;
}

function entry(term: string, about: string): string[] {
  return [".TP", `.B ${roff(term)}`, roff(about)];
}

function exampleLines({ about, examples }: DescribedCommand): string[] {
  if (examples.length === 0) return [];
  const lines = examples.map((each) => `.B ${roff(`${PROGRAM} ${each}`)}`);
  return [".TP", roff(about), lines.join("\n.br\n")];
}

/** A backslash begins an escape, a dot or quote at the start a request, and a bare minus a hyphen. */
function roff(text: string): string {
  const escaped = text.replaceAll("\\", "\\e").replaceAll("-", "\\-");
  return /^[.']/.test(escaped) ? `\\&${escaped}` : escaped;
}

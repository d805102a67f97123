/** What a terminal asks of the program itself: help, version, schema, manual page, completion. */

import { commandUsages } from "../../features/commands/registry.ts";
import { commandHelp } from "./command-help.ts";
import { alertsToComplete, completionScript } from "./completion.ts";
import { manPage } from "./man-page.ts";
import { ownVersion } from "./own-version.ts";
import { printJson } from "./print-json.ts";
import {
  describedCommands,
  nearestCommands,
  terminalCommandNames,
  terminalHelp,
} from "./terminal-help.ts";
import { print, usageError } from "./terminal-streams.ts";
import { terminalTargets } from "./terminal-target.ts";
import type { TerminalWords } from "./terminal-words.ts";

/** For the completion scripts: nothing where there is no configuration. */
function targetLines(chosen: ReturnType<typeof terminalTargets>): string {
  // Bash expands what it is offered; the configuration allows no name in which there is anything to expand.
  return chosen.kind === "chosen" ? chosen.targets.map(({ name }) => `${name}\n`).join("") : "";
}

const WITHOUT_WORDS: ReadonlySet<string> = new Set(["version", "man", "schema"]);
/** What they print is for other programs; `schema` is JSON as it is. */
const WITHOUT_JSON: ReadonlySet<string> = new Set(["man", "completion"]);

/** Help, version and completion; undefined for what has to ask something. */
export async function runWithoutServer({
  command,
  text,
  isHelp,
  isJson,
}: TerminalWords): Promise<number | undefined> {
  if (!terminalCommandNames().includes(command)) return usageError(unknownCommand(command, text));
  if (isHelp) return help(command === "help" ? text : command, isJson);
  if (isJson && WITHOUT_JSON.has(command)) {
    return usageError(`${command} has no --json; help --json lists all commands as JSON`);
  }
  if (WITHOUT_WORDS.has(command) && text !== "") {
    return usageError(`${command} takes no words: remove "${text}"`);
  }
  switch (command) {
    case "help":
      return help(text, isJson);
    case "version": {
      const version = ownVersion();
      return isJson ? printJson("version", { version }, { text: version }) : print(`${version}\n`);
    }
    case "schema": {
      const { answersJsonSchema } = await import("../answers/answer-json.ts");
      return print(`${JSON.stringify(answersJsonSchema(), null, 2)}\n`);
    }
    case "man":
      return print(manPage());
    case "completion": {
      if (text === "targets") return print(targetLines(terminalTargets({}, process.env)));
      if (text === "alerts") return print(`${alertsToComplete().join("\n")}\n`);
      const script = completionScript(text);
      return script === undefined
        ? usageError("completion needs the name of your shell: bash, zsh or fish")
        : print(script);
    }
    default:
      return undefined;
  }
}

/** Of all commands, or of the one that is named. */
async function help(name: string, isJson: boolean): Promise<number> {
  const text = name === "" ? terminalHelp() : commandHelp(name);
  if (text === undefined) return usageError(unknownCommand(name, ""));
  const commands = describedCommands().filter((each) => name === "" || each.name === name);
  return isJson ? printJson("help", { commands }, { text }) : print(text);
}

function unknownCommand(command: string, text: string): string {
  if (commandUsages().some(({ name }) => name === command)) {
    return `${command} works only in the running bot: type /streamline ${command} in Slack`;
  }
  const near = nearestCommands(command);
  const meant = near.length === 0 ? "" : ` Did you mean ${near.slice(0, 3).join(", ")}?`;
  const search = `streamline-bot search ${command} ${text}`.trim();
  return `There is no command "${command}".${meant}\nTo search the runbooks: ${search}`;
}

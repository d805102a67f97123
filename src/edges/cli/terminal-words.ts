/** What was typed behind `streamline-bot` -> which command with which words, or what is wrong with it. */

import { parseArgs } from "node:util";
import { OPTION_KEYS } from "../../features/commands/option-keys.ts";
import { parseDuration } from "../../promql/duration.ts";
import { parseArguments } from "./parse-arguments.ts";
import { takesNames } from "./terminal-rows.ts";

export interface TerminalWords {
  /** The command's name in lower case. */
  readonly command: string;
  /** What follows it, with `--last 30m` as the command table knows it: `last:30m`. */
  readonly text: string;
  /** `http://host:9094`, `host`, or the name of a configured target. */
  readonly target?: string;
  readonly kafka?: string;
  /** The Prometheus that scrapes the target, and the labels that its series have there. */
  readonly prometheus?: string;
  readonly labels?: readonly string[];
  readonly config?: string;
  readonly isJson: boolean;
  /** Set with `--watch`: milliseconds between two answers. */
  readonly watchMs?: number;
  readonly isHelp: boolean;
}

type ReadTerminal =
  | { readonly kind: "words"; readonly words: TerminalWords }
  | { readonly kind: "usage"; readonly problem: string };

/** As often as the bot itself polls. */
const WATCH_MS = 10_000;
const SHORTEST_WATCH_MS = 1_000;

/** The table's own options, each also as `--key VALUE`; these are the terminal's. */
const TERMINAL_OPTIONS = {
  target: { type: "string" },
  kafka: { type: "string" },
  prometheus: { type: "string" },
  label: { type: "string", multiple: true },
  config: { type: "string" },
  every: { type: "string" },
  json: { type: "boolean" },
  watch: { type: "boolean", short: "w" },
  explain: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;

const TABLE_OPTIONS = Object.fromEntries(
  [...OPTION_KEYS]
    .filter((key) => key !== "target")
    .map((key) => [key, { type: "string" }] as const),
);

/** What commands take that are not read here: known so that their values are not taken for a command. */
const OF_OTHERS = Object.fromEntries(
  ["out", "for", "most", "wait", "recordings", "variant", "workers"].map(
    (key) => [key, { type: "string" }] as const,
  ),
);

/**
 * `--target URL health` as `health --target URL`, since many programs are typed so. Words without a
 * command stay as they are: they are for the bot itself.
 */
export function commandFirst(args: readonly string[]): readonly string[] {
  const [first = "", ...rest] = args;
  if (!first.startsWith("-")) return args;
  if (["--version", "-V"].includes(first)) return ["version", ...rest];
  const { tokens } = parseArgs({
    args: [...args],
    options: { ...OF_OTHERS, ...TABLE_OPTIONS, ...TERMINAL_OPTIONS },
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const command = tokens.find(({ kind }) => kind === "positional");
  if (command?.kind !== "positional") return args;
  return [command.value, ...args.filter((_, index) => index !== command.index)];
}

/** Never throws: what cannot be read is said. */
export function readTerminalWords(args: readonly string[]): ReadTerminal {
  try {
    const { values, positionals } = parseArguments({
      args: [...args],
      options: { ...TABLE_OPTIONS, ...TERMINAL_OPTIONS },
      allowPositionals: true,
    });
    const { target, kafka, prometheus, label, config, every, json, watch, explain, help } = values;
    const watchMs = watchOf(watch === true || every !== undefined, every);
    if (watchMs === "wrong") {
      return usage(
        `--every ${every} is not a duration of one second or more (example: --every 5s)`,
      );
    }
    const [command = "help", ...rest] = positionals;
    // The shell has taken the quotes off: a name that had blanks in them keeps them together again.
    const bare = takesNames(command.toLowerCase()) ? rest.map(quotedName) : rest;
    const options = Object.entries(values).flatMap(([key, value]) =>
      key in TABLE_OPTIONS && typeof value === "string" ? [`${key}:${quoted(value)}`] : [],
    );
    const words: TerminalWords = {
      command: command.toLowerCase(),
      text: [...(explain === true ? ["--explain"] : []), ...bare, ...options].join(" "),
      ...(target === undefined ? {} : { target }),
      ...(kafka === undefined ? {} : { kafka }),
      ...(prometheus === undefined ? {} : { prometheus }),
      ...(label === undefined ? {} : { labels: label }),
      ...(config === undefined ? {} : { config }),
      ...(watchMs === undefined ? {} : { watchMs }),
      isJson: json === true,
      isHelp: help === true,
    };
    return { kind: "words", words };
  } catch (error) {
    return usage(error instanceof Error ? error.message : String(error));
  }
}

function usage(problem: string): ReadTerminal {
  return { kind: "usage", problem };
}

function watchOf(isWatch: boolean, every: string | undefined): number | undefined | "wrong" {
  if (!isWatch) return undefined;
  if (every === undefined) return WATCH_MS;
  const ms = parseDuration(every);
  return ms === undefined || ms < SHORTEST_WATCH_MS ? "wrong" : ms;
}

/** In quotes that the value itself does not have, as far as there are some. */
function quoted(value: string): string {
  if (!/\s/.test(value)) return value;
  const mark = ['"', "'", "`"].find((each) => !value.includes(each)) ?? '"';
  return `${mark}${value}${mark}`;
}

/** `my group` and `group:my group`, each as one word. */
function quotedName(word: string): string {
  const [, key = "", name = word] = /^([a-z]+:)(.*)$/is.exec(word) ?? [];
  return OPTION_KEYS.has(key.slice(0, -1).toLowerCase()) ? `${key}${quoted(name)}` : quoted(word);
}

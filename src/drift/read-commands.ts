/** What the commands of a shell script use of Streamline: endpoints, options, commands of its tool. */

import type { MentionedName } from "./mention.ts";
import { readShellCommands } from "./shell-commands.ts";

export type Used = { readonly name: MentionedName; readonly line: number };

/** Lines are counted from 1 inside the script. */
export function readCommands(script: string): Used[] {
  const bases = new Set(["STREAMLINE_HTTP"]);
  return readShellCommands(script).flatMap((command) => {
    const words = withoutPrefix(command.words, bases);
    return namesOf(words, bases).map((name) => ({ name, line: command.line }));
  });
}

function namesOf(
  [program = "", ...args]: readonly string[],
  bases: ReadonlySet<string>,
): MentionedName[] {
  const name = program.split("/").at(-1);
  if (name === "curl") return endpointsOf(args, bases);
  if (name === "streamline") return optionsOf(args);
  if (name === "streamline-cli" && args.length > 0) return [{ kind: "command", words: args }];
  return [];
}

const KEYWORDS: ReadonlySet<string> = new Set(
  "do then else elif if while until time ! { exec nohup env command".split(" "),
);

/** Programs that run another one: their options with a value, and how many words come before it. */
const WRAPPERS: ReadonlyMap<string, { valued: readonly string[]; words: number }> = new Map([
  ["sudo", { valued: ["-u", "-g", "--user", "--group"], words: 0 }],
  ["timeout", { valued: ["-s", "-k"], words: 1 }],
  ["docker", { valued: ["-u", "-w", "-e"], words: 2 }],
]);

/** Leaves the program and its arguments; remembers variables that are set to the base address. */
function withoutPrefix(words: readonly string[], bases: Set<string>): readonly string[] {
  const [first, ...rest] = words;
  if (first === undefined) return [];
  const assignment = /^([A-Za-z_]\w*)=(.*)$/s.exec(first);
  if (assignment !== null) {
    if (baseOf(assignment[2] ?? "", bases) !== undefined) bases.add(assignment[1] ?? "");
    return withoutPrefix(rest, bases);
  }
  if (KEYWORDS.has(first)) return withoutPrefix(rest, bases);
  if (first === "kubectl" && rest[0] === "exec") return rest.slice(rest.indexOf("--") + 1);
  const wrapper = WRAPPERS.get(first);
  if (wrapper === undefined || (first === "docker" && rest[0] !== "exec")) return words;
  return withoutPrefix(behindOptions(rest, wrapper), bases);
}

function behindOptions(
  words: readonly string[],
  { valued, words: count }: { valued: readonly string[]; words: number },
): readonly string[] {
  let at = 0;
  let plain = 0;
  for (; at < words.length; at += 1) {
    const word = words[at] ?? "";
    if (valued.includes(word)) at += 1;
    else if (!word.startsWith("-")) {
      if (plain === count) break;
      plain += 1;
    }
  }
  return words.slice(at);
}

/** The server's HTTP address at the start of a word, and what follows it. */
function baseOf(word: string, bases: ReadonlySet<string>): string | undefined {
  const variable = /^\$(?:\{(\w+)(?::[-?][^}]*)?\}|(\w+))/.exec(word);
  if (variable !== null && bases.has(variable[1] ?? variable[2] ?? "")) return variable[0];
  return /^https?:\/\/[^/\s]+:9094(?=\/|$)/.exec(word)?.[0];
}

function endpointsOf(args: readonly string[], bases: ReadonlySet<string>): MentionedName[] {
  const method = methodOf(args);
  return args.flatMap((word): MentionedName[] => {
    const base = baseOf(word, bases);
    if (base === undefined) return [];
    const path = pathOf(word.slice(base.length));
    return path === "" ? [] : [{ kind: "endpoint", method, path }];
  });
}

/** Without the query; an expansion inside a path stands for one part of it, and alone for any. */
function pathOf(rest: string): string {
  if (rest.startsWith("/$")) return "";
  return rest.replace(/\$\{[^}]*\}|\$\([^)]*\)|\$\w+/g, "x").replace(/[?#].*$/s, "");
}

function methodOf(args: readonly string[]): string {
  for (const [at, word] of args.entries()) {
    if (word === "-X" || word === "--request") return args[at + 1] ?? "GET";
    if (/^-X[A-Z]+$/.test(word)) return word.slice(2);
  }
  return args.some((word) => /^(-d|--data.*|--json)$/.test(word)) ? "POST" : "GET";
}

function optionsOf(args: readonly string[]): MentionedName[] {
  return args
    .filter((word) => /^--?[a-zA-Z]/.test(word))
    .map(
      (word): MentionedName => ({ kind: "option", flag: word.replace(/=.*$/s, ""), of: "server" }),
    );
}

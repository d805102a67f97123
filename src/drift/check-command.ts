/** A call of `streamline-cli` against the commands and flags that it has. */

import { type Catalogue, lookUp } from "./catalogue.ts";

/** Flags that stand before a command and take a value as their next word. */
const VALUED: ReadonlySet<string> = new Set([
  "--data-dir",
  "--format",
  "--output",
  "-o",
  "--profile",
  "-P",
]);

/** What is wrong with the words behind `streamline-cli`; `inProse` text may name what is not real. */
export function checkCommand(
  words: readonly string[],
  catalogue: Catalogue,
  inProse: boolean,
): string[] {
  const { before, rest } = splitGlobalFlags(words);
  const flags = before.filter((flag) => !isGlobal(flag, catalogue));
  const command = commandIn(rest, catalogue);
  if (rest.length === 0) return flags.flatMap((flag) => unknownFlag(flag, catalogue, inProse));
  if (command === undefined) return unknownCommand(rest, catalogue, inProse);
  const known = catalogue.commands.get(command)?.flags ?? [];
  const own = rest
    .slice(command.split(" ").length)
    .filter((word) => /^--?[a-zA-Z]/.test(word))
    .map((word) => word.replace(/=.*$/s, ""))
    .filter((flag) => !known.includes(flag) && !catalogue.cliFlags.has(flag));
  return [
    ...flags.flatMap((flag) => unknownFlag(flag, catalogue, inProse)),
    ...own.flatMap((flag) => misplacedFlag(flag, { command, catalogue, inProse })),
  ];
}

/** The longest beginning of the words that is a command. */
export function commandIn(words: readonly string[], { commands }: Catalogue): string | undefined {
  return [words.slice(0, 2).join(" "), words[0] ?? ""].find((name) => commands.has(name));
}

function splitGlobalFlags(words: readonly string[]): {
  before: string[];
  rest: readonly string[];
} {
  const before: string[] = [];
  let at = 0;
  for (; at < words.length && words[at]?.startsWith("-"); at += 1) {
    const flag = words[at] ?? "";
    before.push(flag.replace(/=.*$/s, ""));
    if (VALUED.has(flag)) at += 1;
  }
  return { before, rest: words.slice(at) };
}

function isGlobal(flag: string, { cliFlags, cliFlagsBefore }: Catalogue): boolean {
  return cliFlags.has(flag) || cliFlagsBefore.has(flag);
}

function unknownFlag(flag: string, { notReal }: Catalogue, inProse: boolean): string[] {
  const truth = lookUp(notReal.options, flag);
  if (inProse && truth !== undefined) return [];
  return [`streamline-cli has no option ${flag}${truth === undefined ? "" : `: ${truth}`}`];
}

function misplacedFlag(
  flag: string,
  { command, catalogue, inProse }: { command: string; catalogue: Catalogue; inProse: boolean },
): string[] {
  if (catalogue.cliFlagsBefore.has(flag)) {
    return [`${flag} must stand before the command: streamline-cli ${flag} … ${command}`];
  }
  const truth = lookUp(catalogue.notReal.options, flag);
  if (inProse && truth !== undefined) return [];
  return [`streamline-cli ${command} has no option ${flag}`];
}

function unknownCommand(
  words: readonly string[],
  { commands, notReal }: Catalogue,
  inProse: boolean,
): string[] {
  const [first = ""] = words;
  const pair = words.slice(0, 2).join(" ");
  const truth = notReal.commands.get(pair) ?? notReal.commands.get(first);
  if (truth !== undefined) {
    return inProse ? [] : [`there is no command streamline-cli ${pair}: ${truth}`];
  }
  // `streamline-cli alerting` speaks of a group of commands.
  const isGroup =
    words.length === 1 && [...commands.keys()].some((each) => each.startsWith(`${first} `));
  return isGroup ? [] : [`unknown command streamline-cli ${pair}`];
}

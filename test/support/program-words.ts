/** The words behind a program of the tests, such as `npm run eval -- WORDS`, and what to say of wrong ones. */

import { type ParseArgsConfig, parseArgs } from "node:util";
import { endWithReader } from "../../src/edges/cli/broken-pipe.ts";

/**
 * The words, read as `parseArgs` does. `--help` prints the usage and ends the program with exit code 0;
 * an unknown option is named on standard error, with the usage, and the exit code is 2.
 */
export function programWords<const O extends NonNullable<ParseArgsConfig["options"]>>({
  usage,
  options,
}: {
  readonly usage: string;
  readonly options: O;
}) {
  endWithReader();
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { ...options, help: { type: "boolean", short: "h" } },
    });
    if ((values as { help?: boolean }).help) {
      process.stdout.write(`${usage}\n`);
      process.exit(0);
    }
    return { values, positionals };
  } catch (error) {
    const [message = ""] = (error as Error).message.split(". To specify");
    return wrongWords(message, usage);
  }
}

/** Ends the program with exit code 2. */
export function wrongWords(problem: string, usage: string): never {
  process.stderr.write(`${problem}\n${usage}\n`);
  process.exit(2);
}

/** A whole number, 0 or more, as typed behind an option; anything else ends the program. */
export function wholeNumber(option: string, typed: string, usage: string): number {
  const number = Number(typed);
  if (Number.isSafeInteger(number) && number >= 0 && typed.trim() !== "") return number;
  return wrongWords(
    `--${option} takes a whole number, and ${JSON.stringify(typed)} is none`,
    usage,
  );
}

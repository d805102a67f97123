/**
 * The two streams of a terminal: answers on stdout, everything else on stderr, secrets on neither.
 * Nothing else in the program writes there.
 */

import { readFileSync, statSync } from "node:fs";
import { secretsInEnvironment } from "../../config/known-secrets.ts";
import type { SecretFile } from "../../config/secret-files.ts";
import type { Progress } from "../../features/shared/interactions.ts";
import { redaction } from "../redaction.ts";
import { EXIT } from "./exit-codes.ts";

let isTaught = false;

/** A text without the secrets of this process, which are known before any configuration is read. */
function safe(text: string): string {
  if (!isTaught) learnEnvironment();
  return redaction.text(text);
}

/** Whatever the environment holds is a secret of ours, also where the configuration is not valid. */
export function learnEnvironment(): void {
  isTaught = true;
  redaction.learn(secretsInEnvironment(process.env, readSecretFile));
}

/** A file's text and who may read it; throws where it cannot be read. */
export function readSecretFile(path: string): SecretFile {
  return { text: readFileSync(path, "utf8"), mode: statSync(path).mode & 0o777 };
}

interface Said {
  isAnswered: boolean;
  readonly hints: string[];
}

let said: Said | undefined;

/** From now on keeps whether anything was answered, and what was said beside it. */
export function keepSaid(): Readonly<Said> {
  said = { isAnswered: false, hints: [] };
  return said;
}

/** Gives the exit code of an answer. */
export function print(text: string): number {
  if (said !== undefined) said.isAnswered = true;
  process.stdout.write(safe(text));
  return EXIT.clean;
}

/** A line that is no answer. */
export function hint(text: string): void {
  said?.hints.push(text);
  process.stderr.write(`${safe(text)}\n`);
}

/** Says what is wrong and where help is; gives the exit code. */
export function usageError(problem: string): number {
  hint(`${problem}\nSee streamline-bot --help`);
  return EXIT.usage;
}

/** Before the next answer: a terminal is cleared; in a file the answers stand below each other. */
export function separate(): void {
  const isCleared = process.stdout.isTTY && !isDumb();
  process.stdout.write(isCleared ? "\u001B[2J\u001B[3J\u001B[H" : "\n");
}

/**
 * On a terminal alone, unless the environment says otherwise: FORCE_COLOR first, as Node has it
 * (tty.WriteStream.getColorDepth), then https://no-color.org, where any value counts that is not empty.
 */
export function isColoured(): boolean {
  const forced = process.env["FORCE_COLOR"] ?? "";
  if (forced !== "") return forced !== "0" && forced !== "false";
  return process.stdout.isTTY === true && (process.env["NO_COLOR"] ?? "") === "" && !isDumb();
}

/** A terminal that knows no escape sequences, such as an editor's: terminfo(5). */
function isDumb(): boolean {
  return process.env["TERM"] === "dumb";
}

/** One line on a terminal, written over by the next; nothing elsewhere, nor where none can be written over. */
export const progress: Progress = {
  status: (words) => overwrite(words),
  step({ title, state, output }) {
    overwrite(`${title}${state === "complete" && output !== undefined ? `: ${output}` : "…"}`);
  },
};

function overwrite(words: string): void {
  if (process.stderr.isTTY && !isDumb()) process.stderr.write(`\r\u001B[K${safe(words)}`);
}

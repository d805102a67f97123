/** What a terminal shows: answers on stdout, everything else on stderr, secrets nowhere. */

import type { Message } from "../../block-kit/message.ts";
import type { Commands } from "../../features/commands/dispatch.ts";
import type { Modal, Progress } from "../../features/shared/interactions.ts";
import { redaction } from "../redaction.ts";
import { type AnswerEnvelope, answerJson } from "./answer-json.ts";
import { EXIT } from "./exit-codes.ts";
import { exitCodeOf } from "./terminal-exit.ts";
import { wholeText } from "./terminal-rows.ts";
import { terminalText } from "./terminal-text.ts";
import type { TerminalWords } from "./terminal-words.ts";

export type CommandOutcome = Awaited<ReturnType<Commands["run"]>>;

/** Shows an answer as words or JSON, and gives the exit code. */
export function show(
  { command, kind, answer, shown }: CommandOutcome,
  { isJson }: TerminalWords,
): number {
  progress.status("");
  const exitCode = codeOf(kind, command, answer);
  const whole = kind === "answered" ? wholeText(command, answer) : undefined;
  const { text } = messageOfShown(shown);
  const words = (colours: boolean): string => whole ?? terminalText(text, { isColoured: colours });
  if (isJson) {
    const plain = words(false);
    const envelope: AnswerEnvelope = {
      schema: 1,
      command,
      outcome: kind,
      exitCode,
      answer,
      text: plain,
    };
    print(`${redaction.text(answerJson(envelope))}\n`);
    return exitCode;
  }
  const out = `${redaction.text(words(isColoured())).trimEnd()}\n`;
  if (kind === "answered") process.stdout.write(out);
  else process.stderr.write(out);
  return exitCode;
}

function codeOf(kind: CommandOutcome["kind"], command: string, answer: unknown): number {
  if (kind === "answered") return exitCodeOf(command, answer);
  return kind === "failed" ? EXIT.cannotTell : EXIT.usage;
}

function messageOfShown(shown: Message | Modal): Message {
  return "skeleton" in shown ? shown.instead : shown;
}

/** https://no-color.org: any value that is not empty. */
function isColoured(): boolean {
  return process.stdout.isTTY === true && (process.env["NO_COLOR"] ?? "") === "";
}

/** One line on a terminal, written over by the next; nothing elsewhere. */
export const progress: Progress = {
  status(words) {
    if (process.stderr.isTTY) process.stderr.write(`\r\u001B[K${words}`);
  },
  step({ title, state, output }) {
    const after = state === "complete" && output !== undefined ? `: ${output}` : "…";
    if (process.stderr.isTTY) process.stderr.write(`\r\u001B[K${title}${after}`);
  },
};

/** Gives the exit code of an answer. */
export function print(text: string): number {
  process.stdout.write(text);
  return EXIT.clean;
}

export function hint(text: string): void {
  process.stderr.write(`${redaction.text(text)}\n`);
}

/** Says what is wrong and where help is; gives the exit code. */
export function usageError(problem: string): number {
  hint(`${problem}\nSee streamline-bot --help`);
  return EXIT.usage;
}

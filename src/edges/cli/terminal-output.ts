/** What a terminal shows of an answer: words or JSON. */

import type { Message } from "../../block-kit/message.ts";
import type { Commands } from "../../features/commands/dispatch.ts";
import type { Modal } from "../../features/shared/interactions.ts";
import { type AnswerEnvelope, answerJson } from "./answer-json.ts";
import { EXIT } from "./exit-codes.ts";
import { exitCodeOf } from "./terminal-exit.ts";
import { wholeText } from "./terminal-rows.ts";
import { hint, isColoured, print, progress } from "./terminal-streams.ts";
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
    print(`${answerJson(envelope)}\n`);
    return exitCode;
  }
  const out = words(isColoured()).trimEnd();
  if (kind === "answered") print(`${out}\n`);
  else hint(out);
  return exitCode;
}

function codeOf(kind: CommandOutcome["kind"], command: string, answer: unknown): number {
  if (kind === "answered") return exitCodeOf(command, answer);
  return kind === "failed" ? EXIT.cannotTell : EXIT.usage;
}

function messageOfShown(shown: Message | Modal): Message {
  return "skeleton" in shown ? shown.instead : shown;
}

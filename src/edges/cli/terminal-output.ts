/** What a terminal shows of an answer: words or JSON. */

import type { Message } from "../../block-kit/message.ts";
import type { Commands } from "../../features/commands/dispatch.ts";
import type { Modal } from "../../features/shared/interactions.ts";
import { clock } from "../clock.ts";
import { EXIT } from "./exit-codes.ts";
import { type NamesOf, peopleIn } from "./people-names.ts";
import { exitCodeOf } from "./terminal-exit.ts";
import { wholeText } from "./terminal-rows.ts";
import { hint, isColoured, print, progress } from "./terminal-streams.ts";
import { terminalText } from "./terminal-text.ts";
import type { TerminalWords } from "./terminal-words.ts";

export type CommandOutcome = Awaited<ReturnType<Commands["run"]>>;

/** Shows an answer as words or JSON, and gives the exit code. */
export async function show(
  outcome: CommandOutcome,
  { command: typed, isJson }: Pick<TerminalWords, "command" | "isJson">,
  namesOf: NamesOf,
): Promise<number> {
  progress.status("");
  const { command, kind, answer, shown } = outcome;
  const exitCode = codeOf(kind, command, answer);
  const whole = kind === "answered" ? wholeText(command, answer) : undefined;
  const { text } = messageOfShown(shown);
  const names = await namesOf(peopleIn(text));
  const nameOf = (id: string): string | undefined => names.get(id);
  const words = (colours: boolean): string =>
    whole ?? terminalText(text, { isColoured: colours, nameOf });
  if (isJson) {
    // Schemas take time to load, and words do without them.
    const { answerJson } = await import("../answers/answer-json.ts");
    const named =
      kind === "answered"
        ? { command, ...(await concludedWithNames(outcome, namesOf)) }
        : { command: typed };
    print(`${answerJson({ ...named, outcome: kind, exitCode, text: words(false) })}\n`);
    return exitCode;
  }
  const out = words(isColoured()).trimEnd();
  if (kind === "answered") print(`${out}\n`);
  else hint(out);
  return exitCode;
}

/** It may name more people than the words do: first it tells whom. */
async function concludedWithNames({ command, answer }: CommandOutcome, namesOf: NamesOf) {
  const { concluded } = await import("../answers/answer-json.ts");
  const nowMs = clock.now();
  const ids = new Set<string>();
  concluded(command, answer, {
    nowMs,
    nameOf(id) {
      ids.add(id);
      return undefined;
    },
  });
  const names = await namesOf([...ids]);
  return concluded(command, answer, { nowMs, nameOf: (id) => names.get(id) });
}

function codeOf(kind: CommandOutcome["kind"], command: string, answer: unknown): number {
  if (kind === "answered") return exitCodeOf(command, answer);
  return kind === "failed" ? EXIT.cannotTell : EXIT.usage;
}

function messageOfShown(shown: Message | Modal): Message {
  return "skeleton" in shown ? shown.instead : shown;
}

/** An answer that is no row's, as a line of JSON. */

import { EXIT } from "./exit-codes.ts";
import { keepSaid, print } from "./terminal-streams.ts";

interface Beside {
  readonly exitCode?: number;
  /** The same in words. */
  readonly text: string;
}

/** Gives the exit code. */
export async function printJson(
  command: string,
  answer: Readonly<Record<string, unknown>>,
  { exitCode = 0, text }: Beside,
): Promise<number> {
  const { answerJson } = await import("../answers/answer-json.ts");
  print(`${answerJson({ command, outcome: "answered", exitCode, answer, text })}\n`);
  return exitCode;
}

/**
 * Runs a command. One that is asked for JSON and ends without an answer, for a mistake in its words or for
 * an error, still prints a line of it, so that whoever reads the output need not read the errors as well.
 */
export async function alwaysJson(
  args: readonly string[],
  run: () => Promise<number>,
): Promise<number> {
  if (!args.includes("--json")) return run();
  const said = keepSaid();
  const exitCode = await run();
  if (said.isAnswered || exitCode === EXIT.clean) return exitCode;
  const { answerJson } = await import("../answers/answer-json.ts");
  const outcome = exitCode === EXIT.usage ? "asked-back" : "failed";
  const command = args.find((word) => !word.startsWith("-")) ?? "serve";
  print(`${answerJson({ command, outcome, exitCode, text: said.hints.join("\n") })}\n`);
  return exitCode;
}

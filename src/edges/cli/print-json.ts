/** An answer that is no row's, as a line of JSON. */

import { print } from "./terminal-streams.ts";

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

/** What `--json` prints: one line around the answer of each command, and the schema of all of them. */

import { z } from "zod";
import { describedCommands } from "../cli/terminal-help.ts";
import { type ConcludedAnswer, NO_ANSWER, ROW_ANSWERS } from "./answer-table.ts";
import type { AskedAt } from "./conclude-incidents.ts";
import { jsonNumber } from "./conclude-shared.ts";
import { EVAL_OUTPUT } from "./eval-shape.ts";
import {
  BACKUP_OUTPUT,
  DRIFT_OUTPUT,
  HEALTHCHECK_OUTPUT,
  HELP_OUTPUT,
  RECORD_OUTPUT,
  SETUP_OUTPUT,
  VERSION_OUTPUT,
} from "./terminal-shapes.ts";

/** Raised when a field changes its meaning or goes. */
const SCHEMA = 1;

/** What commands beside the rows of the table answer. */
const ASIDE: Readonly<Record<string, z.ZodType>> = {
  doctor: SETUP_OUTPUT,
  config: SETUP_OUTPUT,
  drift: DRIFT_OUTPUT,
  healthcheck: HEALTHCHECK_OUTPUT,
  backup: BACKUP_OUTPUT,
  record: RECORD_OUTPUT,
  eval: EVAL_OUTPUT,
  help: HELP_OUTPUT,
  version: VERSION_OUTPUT,
};

/** Commands whose `--json` has a schema; `ask` and `replay` answer as one of them. */
export const JSON_COMMANDS: readonly string[] = [
  ...Object.keys(ROW_ANSWERS),
  ...Object.keys(ASIDE),
];

export interface AnswerLine {
  /** The command that answered, which for plain words need not be the one that was typed. */
  readonly command: string;
  readonly outcome: "answered" | "asked-back" | "refused" | "failed";
  readonly exitCode: number;
  /** By the schema of the command; only with "answered". */
  readonly answer?: unknown;
  /** Instead of it, where there is none. */
  readonly noAnswer?: z.output<typeof NO_ANSWER>;
  /** The same in words, as the terminal shows it without colours. */
  readonly text: string;
}

/** JSON leaves these as they are; some terminals take them for commands. */
const CONTROLS = /[\u007F-\u009F]/g;

/** One line, without its end. Numbers that JSON lacks are written as Prometheus writes them. */
export function answerJson(line: AnswerLine): string {
  return JSON.stringify({ schema: SCHEMA, ...line }, (_, value: unknown) =>
    typeof value === "number" ? jsonNumber(value) : value,
  ).replace(CONTROLS, (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/**
 * The JSON schema of every line. Fields may be added at any time, so it allows others; `isClosed` does
 * not, for a test that nothing is printed that the schema leaves out.
 */
export function answersJsonSchema({ isClosed = false } = {}): object {
  const shapes = [
    ...Object.entries(ROW_ANSWERS).map(([name, { shape }]) => [name, shape] as const),
    ...Object.entries(ASIDE),
  ];
  const lines = shapes.map(([name, shape]) => lineOf(z.literal(name), shape));
  const asked = lineOf(z.string(), z.undefined(), z.enum(["asked-back", "refused", "failed"]));
  return {
    title: "What streamline-bot prints with --json, one line for each answer",
    ...z.toJSONSchema(z.union([...lines, asked]), {
      io: isClosed ? "output" : "input",
      reused: "ref",
      unrepresentable: "any",
    }),
  };
}

function lineOf(command: z.ZodType, answer: z.ZodType, outcome: z.ZodType = z.literal("answered")) {
  return z.object({
    schema: z.literal(SCHEMA),
    command,
    outcome,
    exitCode: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)]),
    ...(answer instanceof z.ZodUndefined
      ? {}
      : { answer: answer.optional(), noAnswer: NO_ANSWER.optional() }),
    text: z.string(),
  });
}

/** What a row of the command table answered, by its schema. */
export function concluded(command: string, answer: unknown, asked: AskedAt): ConcludedAnswer {
  if (command === "help") return { answer: { commands: describedCommands() } };
  const row = ROW_ANSWERS[command];
  if (row === undefined) throw new Error(`the answers of ${command} have no schema`);
  return row.conclude(answer as never, asked);
}

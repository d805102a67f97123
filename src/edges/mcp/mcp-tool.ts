/** A tool of the MCP server: how its arguments are checked, and how it runs a row of the command table. */

import { z } from "zod";
import type { Message } from "../../block-kit/message.ts";
import { nearestNames } from "../../spelling/nearest-names.ts";
import { terminalText } from "../cli/terminal-text.ts";
import type { ToolSession } from "./mcp-session.ts";

export interface ToolAnswer {
  /** In words. */
  readonly text: string;
  /** By the tool's schema; without it the words say why there is none. */
  readonly output?: Readonly<Record<string, unknown>>;
  /** For a client that shows Block Kit. */
  readonly blocks?: Message["blocks"];
}

export interface McpTool {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly input: z.ZodObject;
  readonly output: z.ZodObject;
  /** It asks a server, whose answers nobody here controls. */
  readonly isOpenWorld: boolean;
  /** The same question may be answered otherwise a moment later, but asking changes nothing. */
  readonly isIdempotent: boolean;
  readonly run: (
    session: ToolSession,
    input: Readonly<Record<string, unknown>>,
  ) => Promise<ToolAnswer>;
}

interface Typed<In extends z.ZodObject> extends Omit<McpTool, "input" | "run" | "isIdempotent"> {
  readonly input: In;
  readonly run: (session: ToolSession, input: z.output<In>) => Promise<ToolAnswer>;
}

/** The tool, whose arguments are checked before it runs. */
export function mcpTool<In extends z.ZodObject>({
  run,
  input: wanted,
  ...rest
}: Typed<In>): McpTool {
  return {
    ...rest,
    input: withoutOthers(wanted),
    isIdempotent: true,
    run: (session, input) => run(session, input as z.output<In>),
  };
}

/** An argument that was mistyped must not be left out in silence: the answer would be to another question. */
function withoutOthers({ shape }: z.ZodObject): z.ZodObject {
  const names = Object.keys(shape);
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === "unrecognized_keys" ? unknownArguments(issue.keys, names) : undefined,
  });
}

function unknownArguments(keys: readonly string[], names: readonly string[]): string {
  return keys
    .map((key) => {
      const [near] = nearestNames(key, names);
      const meant = near === undefined ? `there are: ${names.join(", ")}` : `did you mean ${near}?`;
      return `there is no argument ${key.slice(0, 80)}; ${meant}`;
    })
    .join("; ");
}

/** As a person would type it; what is left out is no word. */
export function commandLine(
  command: string,
  options: Readonly<Record<string, string | undefined>>,
): string {
  const words = Object.entries(options).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}:"${value}"`],
  );
  return `${command}${words.join("")}`;
}

/** Runs a command; what it refused, did not understand or did not find is said in its own words. */
export async function answeredBy(
  session: ToolSession,
  command: string,
  conclude: (answer: unknown) => Readonly<Record<string, unknown>> | undefined,
): Promise<ToolAnswer> {
  await session.prepare?.(command.split(" ")[0] ?? "");
  const { kind, answer, shown } = await session.run(command, {
    person: session.person,
    isPrivate: true,
  });
  const message = "skeleton" in shown ? shown.instead : shown;
  const text = terminalText(message.text, { isColoured: false, timeZone: "UTC" });
  const output = kind === "answered" ? conclude(answer) : undefined;
  return output === undefined ? { text } : { text, output, blocks: message.blocks };
}

/** All subcommands, and what a person typed -> one of them. */

import { isRight } from "../shared/rights.ts";
import type { CommandRow } from "./command-row.ts";
import { meantSubcommand } from "./mistyped.ts";
import { type KnownNames, NO_NAMES, type SpokenForm, spokenCommand } from "./plain-words.ts";
import { readRow } from "./read-row.ts";
import { withoutUnseen } from "./typed-signs.ts";

export type CommandReading =
  | {
      readonly kind: "command";
      readonly row: CommandRow;
      readonly options: unknown;
      /** The command as it was typed, or as plain words were read. */
      readonly text: string;
      /** As a person named it. */
      readonly target?: string;
      /** Set when plain words were read as this command. */
      readonly readAs?: string;
    }
  /** A subcommand without what it needs. */
  | { readonly kind: "incomplete"; readonly row: CommandRow }
  | {
      readonly kind: "not-understood";
      readonly row: CommandRow;
      readonly problem: string;
      /** The command that was probably meant. */
      readonly suggestion?: string;
    }
  | {
      readonly kind: "mistyped";
      readonly word: string;
      /** The command that was probably meant, and the one that takes the words as they stand. */
      readonly suggestion: string;
      readonly instead: string;
    };

export interface CommandTable {
  readonly rows: readonly CommandRow[];
  /** Text that starts with no subcommand is a question, or a command in plain words. */
  read(text: string, known?: KnownNames): CommandReading;
}

/** A longer text is cut: Slack sends up to 40,000 characters, no command needs them. */
const LONGEST_COMMAND = 4_000;
/** What answers to nothing, and to what is no command. */
const NOTHING = "help";
const QUESTION = "search";
/** How other programs, and people in a hurry, are asked for help. */
const HELP = /^(?:\?+|-h|--help)$/i;
/** A command copied with Slack's own, or with its slash; or with the mark of a question. */
const SLASH = /^\/(?:streamline\s+)?(?=[a-z])/i;
const MARKED_NAME = /^([a-z][a-z_-]*)[?!.]+$/i;
/** As in a terminal: what follows is in plain words. One letter more than what acknowledges. */
const ASK = /^ask(?:\s+|$)/i;

/** The rows by what they are called, and how people ask for them. */
interface RowNames {
  readonly byName: ReadonlyMap<string, CommandRow>;
  readonly byOtherName: ReadonlyMap<string, CommandRow>;
  readonly forms: readonly SpokenForm[];
}

/** Throws for a name that two rows have, and for a right that nobody can be given. */
export function createCommandTable(rows: readonly CommandRow[]): CommandTable {
  const named = namesOfRows(rows);
  return { rows, read: (text, known = NO_NAMES) => readText(text, named, known) };
}

function readText(text: string, named: RowNames, known: KnownNames): CommandReading {
  const whole = withoutUnseen(text.slice(0, LONGEST_COMMAND)).trim();
  const trimmed = whole === "" || HELP.test(whole) ? NOTHING : whole;
  if (ASK.test(trimmed)) {
    const question = trimmed.replace(ASK, "");
    return readSpoken(question, named, known) ?? asQuestion(question, named);
  }
  const plain = trimmed.replace(SLASH, "").replace(MARKED_NAME, "$1");
  // Plain words come before other names: "plot throughput" knows the series that is meant.
  return (
    readTyped(plain, named.byName, known) ??
    readSpoken(trimmed, named, known) ??
    readTyped(plain, named.byOtherName, known) ??
    readMistyped(trimmed, named) ??
    asQuestion(trimmed, named)
  );
}

/** What begins with a name; undefined for a sentence that only begins like it. */
function readTyped(
  text: string,
  rows: RowNames["byName"],
  known: KnownNames,
): CommandReading | undefined {
  const [word, rest] = firstWord(text);
  const row = rows.get(word.toLowerCase());
  if (row === undefined) return undefined;
  const read = readRow(row, rest, known);
  if (read.kind === "question") return undefined;
  if (read.kind === "command") return { ...read, row, text };
  if (read.kind === "incomplete") return { kind: "incomplete", row };
  const { problem, correction } = read;
  const suggestion = correction === undefined ? {} : { suggestion: corrected(text, correction) };
  return { kind: "not-understood", row, problem, ...suggestion };
}

function readSpoken(
  text: string,
  { forms, byName }: RowNames,
  known: KnownNames,
): CommandReading | undefined {
  const command = spokenCommand(forms, text, known);
  const read = command === undefined ? undefined : readTyped(command, byName, known);
  return read?.kind === "command" ? { ...read, readAs: read.text } : undefined;
}

/** A short other name is near too many words to be guessed: "slot" is no "plot". */
const SHORTEST_GUESSED = 8;

function readMistyped(text: string, { byName, byOtherName }: RowNames): CommandReading | undefined {
  const [word, rest] = firstWord(text);
  if (byName.has(word.toLowerCase()) || byOtherName.has(word.toLowerCase())) return undefined;
  const others = [...byOtherName.keys()].filter((name) => name.length >= SHORTEST_GUESSED);
  const meant = meantSubcommand([...byName.keys(), ...others], word, rest);
  if (meant === undefined) return undefined;
  const suggestion = `${meant} ${rest}`.trim();
  return { kind: "mistyped", word, suggestion, instead: `${QUESTION} ${text}` };
}

function asQuestion(text: string, { byName }: RowNames): CommandReading {
  const row = byName.get(QUESTION);
  if (row === undefined) throw new Error(lacking(QUESTION));
  const read = row.parse({ text, values: {} });
  if (read.kind !== "options") return { kind: "incomplete", row };
  return { kind: "command", row, options: read.options, text: `${QUESTION} ${text}` };
}

function firstWord(text: string): [word: string, rest: string] {
  const [word = ""] = text.split(/\s/, 1);
  return [word, text.slice(word.length).trim()];
}

function namesOfRows(rows: readonly CommandRow[]): RowNames {
  const byName = new Map<string, CommandRow>();
  const byOtherName = new Map<string, CommandRow>();
  for (const row of rows) {
    if (!isRight(row.right)) {
      throw new Error(`the command "${row.name}" needs an unknown right: "${String(row.right)}"`);
    }
    checkName(row, row.name);
    if (byName.has(row.name)) throw new Error(`two commands are called "${row.name}"`);
    byName.set(row.name, row);
  }
  for (const row of rows) {
    for (const name of row.also ?? []) {
      checkName(row, name);
      if (byName.has(name) || byOtherName.has(name)) {
        throw new Error(`two commands are called "${name}"; one of them is "${row.name}"`);
      }
      byOtherName.set(name, row);
    }
  }
  for (const name of [NOTHING, QUESTION]) if (!byName.has(name)) throw new Error(lacking(name));
  return { byName, byOtherName, forms: rows.flatMap(({ spoken = [] }) => spoken) };
}

function checkName(row: CommandRow, name: string): void {
  if (/^[a-z][a-z_-]*$/.test(name)) return;
  throw new Error(
    `the command "${row.name}" has a name that cannot be typed as one word: "${name}"`,
  );
}

function lacking(name: string): string {
  return `the command table lacks "${name}"`;
}

function corrected(
  text: string,
  { typed, meant }: { readonly typed: string; readonly meant: string },
): string {
  const at = text.toLowerCase().indexOf(typed);
  return at === -1 ? text : text.slice(0, at) + meant + text.slice(at + typed.length);
}

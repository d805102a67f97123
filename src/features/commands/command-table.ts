/** All subcommands, and what a person typed -> one of them. */

import { isRight } from "../shared/rights.ts";
import type { CommandRow } from "./command-row.ts";
import { meantSubcommand } from "./mistyped.ts";
import { type KnownNames, NO_NAMES, spokenCommand } from "./plain-words.ts";
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
/** As in a terminal: what follows is in plain words. One letter more than what acknowledges. */
const ASK = /^ask(?:\s+|$)/i;

/** Throws for a name that two rows have, and for a right that nobody can be given. */
export function createCommandTable(rows: readonly CommandRow[]): CommandTable {
  const byName = checkedRows(rows);
  const names = [...byName.keys()];
  const forms = rows.flatMap(({ spoken = [] }) => spoken);
  const rowOf = (name: string): CommandRow => {
    const row = byName.get(name);
    if (row === undefined) throw new Error(`the command table lacks "${name}"`);
    return row;
  };
  const askedOf = (text: string): CommandReading => {
    const row = rowOf(QUESTION);
    const read = row.parse({ text, values: {} });
    if (read.kind !== "options") return { kind: "incomplete", row };
    return { kind: "command", row, options: read.options, text: `${QUESTION} ${text}` };
  };
  const typed = (text: string, known: KnownNames): CommandReading | undefined => {
    const [word = ""] = text.split(/\s/, 1);
    const row = byName.get(word.toLowerCase());
    if (row === undefined) return undefined;
    const read = readRow(row, text.slice(word.length).trim(), known);
    if (read.kind === "question") return undefined;
    if (read.kind === "command") return { ...read, row, text };
    if (read.kind === "incomplete") return { kind: "incomplete", row };
    const { problem, correction } = read;
    const suggestion = correction === undefined ? {} : { suggestion: corrected(text, correction) };
    return { kind: "not-understood", row, problem, ...suggestion };
  };
  const said = (text: string, known: KnownNames): CommandReading | undefined => {
    const command = spokenCommand(forms, text, known);
    const read = command === undefined ? undefined : typed(command, known);
    return read?.kind === "command" ? { ...read, readAs: read.text } : undefined;
  };
  return {
    rows,
    read(text, known = NO_NAMES) {
      const trimmed = withoutUnseen(text.slice(0, LONGEST_COMMAND)).trim() || NOTHING;
      if (ASK.test(trimmed)) {
        const question = trimmed.replace(ASK, "");
        return said(question, known) ?? askedOf(question);
      }
      const read = typed(trimmed, known) ?? said(trimmed, known);
      if (read !== undefined) return read;
      const [word = ""] = trimmed.split(/\s/, 1);
      const rest = trimmed.slice(word.length).trim();
      const meant = byName.has(word.toLowerCase()) ? undefined : meantSubcommand(names, word, rest);
      if (meant === undefined) return askedOf(trimmed);
      const suggestion = `${meant} ${rest}`.trim();
      return { kind: "mistyped", word, suggestion, instead: `${QUESTION} ${trimmed}` };
    },
  };
}

function checkedRows(rows: readonly CommandRow[]): ReadonlyMap<string, CommandRow> {
  const byName = new Map<string, CommandRow>();
  for (const row of rows) {
    if (!/^[a-z][a-z-]*$/.test(row.name)) {
      throw new Error(`the command "${row.name}" has a name that cannot be typed as one word`);
    }
    if (byName.has(row.name)) throw new Error(`two commands are called "${row.name}"`);
    if (!isRight(row.right)) {
      throw new Error(`the command "${row.name}" needs an unknown right: "${String(row.right)}"`);
    }
    byName.set(row.name, row);
  }
  for (const name of [NOTHING, QUESTION]) {
    if (!byName.has(name)) throw new Error(`the command table lacks "${name}"`);
  }
  return byName;
}

function corrected(
  text: string,
  { typed, meant }: { readonly typed: string; readonly meant: string },
): string {
  const at = text.toLowerCase().indexOf(typed);
  return at === -1 ? text : text.slice(0, at) + meant + text.slice(at + typed.length);
}

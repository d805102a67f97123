/** What every subcommand has: its row in the help, who may use it, and how its words are read. */

import type { Right } from "../shared/permission.ts";

export interface Subcommand<Command> {
  readonly name: string;
  readonly usage: string;
  readonly about: string;
  /** Under which heading help lists it. */
  readonly group: "Now" | "Incidents" | "Runbooks";
  /** What a person must be let do; without it everyone may. */
  readonly right?: Right;
  /** Undefined when what it needs is missing. */
  readonly parse: (rest: string) => Command | undefined;
}

/** The words are a question after all, although they begin like a command. */
export interface Question {
  readonly kind: "search";
  readonly question: string;
}

export function asQuestion(name: string, rest: string): Question {
  return { kind: "search", question: `${name} ${rest}` };
}

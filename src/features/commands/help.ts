/** The help that shows a person what they may do, and nothing else. */

import type { Target } from "../../diagnosis/target.ts";
import type { Person } from "../shared/interactions.ts";
import type { Permission } from "../shared/permission.ts";
import type { Log } from "../shared/ports.ts";
import type { Right } from "../shared/rights.ts";
import type { CommandRow } from "./command-row.ts";
import { spoken } from "./plain-words.ts";
import { type Help, renderHelp } from "./render-answers.ts";

export interface HelpPorts {
  /** All rows of the table, in which this one stands, too. */
  readonly rows: () => readonly CommandRow[];
  readonly targets: readonly Target[];
  readonly permission: Permission;
  readonly log: Pick<Log, "warn">;
}

export interface HelpOptions {
  /** The command that is asked about; without it, all of them. */
  readonly about?: string;
}

const TITLES = [
  ["Now", "The servers now"],
  ["Incidents", "Alerts and incidents"],
  ["Runbooks", "Runbooks"],
] as const;

/** `help [COMMAND]`: what the person may run, with the targets. */
export function helpCommand(ports: HelpPorts): CommandRow<HelpOptions, Help> {
  return {
    name: "help",
    usage: "help [COMMAND]",
    about: "this list, or one command of it",
    group: "Runbooks",
    right: "read",
    reads: { kind: "text" },
    parse: ({ text }) => ({
      kind: "options",
      options: ports.rows().some((row) => isCalled(row, text)) ? { about: text } : {},
    }),
    spoken: [
      spoken(
        "what can (?:you do|i ask(?: you)?)|what do you (?:do|know)|how do(?:es)? (?:i use you|this work)|(?:list |show )?(?:your |the )?commands",
        () => "help",
      ),
    ],
    run: (options, { person }) => helpFor(ports, options, person),
    render: renderHelp,
  };
}

function isCalled({ name, also = [] }: CommandRow, word: string): boolean {
  return [name, ...also].includes(word.toLowerCase());
}

async function helpFor(ports: HelpPorts, { about }: HelpOptions, person: Person): Promise<Help> {
  const rows = ports.rows();
  const rights = [...new Set(rows.map(({ right }) => right))];
  const may = new Map(
    await Promise.all(
      rights.map(async (right) => [right, await isLet(ports, person, right)] as const),
    ),
  );
  const allowed = rows.filter(({ right }) => may.get(right) === true);
  const meant = about === undefined ? [] : allowed.filter((row) => isCalled(row, about));
  const shown = meant.length > 0 ? meant : allowed;
  const groups = TITLES.map(([group, title]) => ({
    title,
    usages: shown
      .filter((each) => each.group === group)
      .map(({ usage, about }) => ({ usage, about })),
  }));
  return {
    groups: groups.filter(({ usages }) => usages.length > 0),
    targets:
      may.get("ask") === true
        ? ports.permission.targetsFor(person, ports.targets).map(({ name }) => name)
        : [],
    hidden: meant.length > 0 ? 0 : rows.length - allowed.length,
  };
}

/** When Slack does not tell who is in a group, the list is shown without what needs it. */
async function isLet(
  { permission, log }: HelpPorts,
  person: Person,
  right: Right,
): Promise<boolean> {
  try {
    return (await permission.refusal(person, right)) === undefined;
  } catch (error) {
    log.warn({ err: error, right }, "a permission could not be looked up");
    return false;
  }
}

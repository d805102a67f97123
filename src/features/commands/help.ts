/** The help that shows a person what they may do, and nothing else. */

import type { Message } from "../../block-kit/message.ts";
import type { Target } from "../../diagnosis/target.ts";
import type { Person } from "../shared/interactions.ts";
import type { Permission, Right } from "../shared/permission.ts";
import type { Log } from "../shared/ports.ts";
import { SUBCOMMANDS } from "./parse-command.ts";
import { renderHelp } from "./render-answers.ts";

export interface HelpPorts {
  readonly targets: readonly Target[];
  readonly permission: Permission;
  readonly log: Pick<Log, "warn">;
}

const TITLES = [
  ["Now", "The servers now"],
  ["Incidents", "Alerts and incidents"],
  ["Runbooks", "Runbooks"],
] as const;

export async function helpFor(ports: HelpPorts, person: Person): Promise<Message> {
  const rights = [...new Set(SUBCOMMANDS.flatMap(({ right }) => right ?? []))];
  const may = new Map(
    await Promise.all(
      rights.map(async (right) => [right, await isLet(ports, person, right)] as const),
    ),
  );
  const shown = SUBCOMMANDS.filter(({ right }) => right === undefined || may.get(right) === true);
  const groups = TITLES.map(([group, title]) => ({
    title,
    usages: shown.filter((each) => each.group === group),
  }));
  return renderHelp({
    groups: groups.filter(({ usages }) => usages.length > 0),
    targets: may.get("ask") === true ? ports.targets.map(({ name }) => name) : [],
    hidden: SUBCOMMANDS.length - shown.length,
  });
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

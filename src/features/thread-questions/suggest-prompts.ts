/** What the messages tab offers to begin with: built from what is true now. */

import { alertNames } from "../../alerts/alert.ts";
import { count } from "../../block-kit/text.ts";
import type { Target } from "../../diagnosis/target.ts";
import type { Incident } from "../../incidents/incident.ts";
import type { IncidentReader } from "../incidents/incident-ports.ts";
import type { Person, Prompt, Prompts } from "../shared/interactions.ts";
import type { Permission } from "../shared/permission.ts";

export interface PromptPorts {
  readonly incidents: Pick<IncidentReader, "openIncidents">;
  readonly targets: readonly Target[];
  readonly permission: Pick<Permission, "visible" | "targetsFor">;
}

/** Slack shows four (docs.slack.dev, assistant.threads.setSuggestedPrompts). */
const MOST = 4;
const READ = 50;

/** A person sends a prompt as if they had typed it, so a stranger's name must be nothing but a name. */
const PLAIN_NAME = /^[\w.:-]{1,60}$/;

/** Only what the person may see; incidents first. */
export async function suggestPrompts(
  { incidents, targets: all, permission }: PromptPorts,
  person: Person,
): Promise<Prompts> {
  const firing = await permission.visible(person, await incidents.openIncidents(READ));
  const targets = permission.targetsFor(person, all);
  const offered = [
    ...firing.slice(0, 2).flatMap(ofIncident),
    ...targets.map(({ name }) => ({ title: `How is ${name}?`, message: `health ${name}` })),
  ];
  const prompts = [...new Map(offered.map((each) => [each.message, each])).values()];
  const help = { title: "What can you do?", message: "help" };
  return {
    title:
      firing.length === 0
        ? "Nothing fires right now"
        : `${count(firing.length, "incident")} firing right now`,
    prompts: [...prompts.slice(0, MOST - 1), help],
  };
}

function ofIncident({ alerts, target }: Incident): Prompt[] {
  const [name = ""] = alertNames(alerts.filter(({ status }) => status === "firing"));
  return [
    ...(target === undefined
      ? []
      : [{ title: `Why is ${target} slow?`, message: `why-slow ${target}` }]),
    ...(PLAIN_NAME.test(name) ? [{ title: `Runbook of ${name}`, message: `runbook ${name}` }] : []),
  ];
}

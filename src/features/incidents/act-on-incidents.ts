/** Buttons under an incident: acknowledge, hand back, noise, why slow, runbook. */

import { ruleName } from "../../alerts/alert.ts";
import type { Act } from "../../incidents/act-on-incident.ts";
import type { Incident } from "../../incidents/incident.ts";
import type { Click, GuardedInteractions, Person, Reaction } from "../shared/interactions.ts";
import type { Permission } from "../shared/permission.ts";
import { INCIDENT_GONE, shownWords } from "../shared/shown-words.ts";
import { shownAlerts } from "./alert-lines.ts";
import { type ApplyActPorts, applyAct } from "./apply-act.ts";
import type { AskedCommands } from "./asked-commands.ts";
import type { IncidentReader } from "./incident-ports.ts";
import { NOT_DONE } from "./render-acknowledge.ts";
import { ACTS } from "./render-acts.ts";

type SimpleAct = Exclude<Act["kind"], "silence" | "unsilence">;

export interface ActPorts extends ApplyActPorts {
  readonly permission: Pick<Permission, "visible">;
  readonly incidents: Pick<IncidentReader, "incident"> & ApplyActPorts["incidents"];
  /** Answers a command as if the person had typed it. */
  readonly answer: (text: string, person: Person) => Promise<Reaction>;
  readonly asked: AskedCommands;
}

/** The buttons' handlers; what they change is said by the incident's message and thread. */
export function actOnIncidents(ports: ActPorts): Pick<GuardedInteractions, "clicks"> {
  const acting = (kind: SimpleAct) =>
    ({
      right: "acknowledge",
      run: (click: Click) => change(ports, click, kind),
    }) as const;
  return {
    clicks: {
      [ACTS.acknowledge]: acting("acknowledge"),
      [ACTS.unacknowledge]: acting("unacknowledge"),
      [ACTS.noise]: acting("noise"),
      [ACTS.notNoise]: acting("not-noise"),
      [ACTS.whySlow]: asking(ports, ({ target }) => `why-slow ${target ?? ""}`),
      [ACTS.runbook]: asking(
        ports,
        (incident) => `runbook ${shownAlerts(incident).map(ruleName)[0] ?? ""}`,
      ),
    },
  };
}

/** An incident of a channel that the person does not see is none for them. */
async function seenIncident(
  { incidents, permission }: ActPorts,
  { person, value }: Click,
): Promise<Incident | undefined> {
  const incident = await incidents.incident(value);
  const [seen] = incident === undefined ? [] : await permission.visible(person, [incident]);
  return seen;
}

async function change(ports: ActPorts, click: Click, kind: SimpleAct): Promise<Reaction> {
  const id = click.value;
  if ((await seenIncident(ports, click)) === undefined) return shownWords(INCIDENT_GONE);
  const outcome = await applyAct(ports, id, { kind, by: click.person.user });
  switch (outcome.kind) {
    case "refused":
      return shownWords(NOT_DONE[outcome.reason]);
    case "gone":
      return shownWords(INCIDENT_GONE);
    case "done":
      return { kind: "nothing" };
  }
}

/** Runs a command, which is checked for its own right. */
function asking(ports: ActPorts, command: (incident: Incident) => string) {
  const run = async (click: Click): Promise<Reaction> => {
    const incident = await seenIncident(ports, click);
    if (incident === undefined) return shownWords(INCIDENT_GONE);
    const { person } = click;
    const text = command(incident);
    ports.asked.note({ incident, person, command: text });
    return ports.answer(text, person);
  };
  return { right: "read", run } as const;
}

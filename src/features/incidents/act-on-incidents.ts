/** Buttons under an incident: acknowledge, hand back, noise, why slow, runbook. */

import { ruleName } from "../../alerts/alert.ts";
import type { AcknowledgementTimes } from "../../config/config.ts";
import { type Act, actOnIncident, type NoChange } from "../../incidents/act-on-incident.ts";
import type { Incident } from "../../incidents/incident.ts";
import type { Click, GuardedInteractions, Person, Reaction } from "../shared/interactions.ts";
import type { Permission } from "../shared/permission.ts";
import type { Clock } from "../shared/ports.ts";
import { INCIDENT_GONE, shownWords } from "../shared/shown-words.ts";
import { shownAlerts } from "./alert-lines.ts";
import type { IncidentReader, IncidentWriter } from "./incident-ports.ts";
import { NOT_DONE } from "./render-acknowledge.ts";
import { ACTS } from "./render-acts.ts";

type SimpleAct = Exclude<Act["kind"], "silence" | "unsilence">;

export interface ActPorts {
  readonly permission: Pick<Permission, "visible">;
  readonly incidents: Pick<IncidentReader, "incident"> & Pick<IncidentWriter, "change">;
  readonly times: AcknowledgementTimes;
  readonly clock: Pick<Clock, "now">;
  readonly wakeDelivery: () => void;
  /** Answers a command as if the person had typed it. */
  readonly answer: (text: string, person: Person) => Promise<Reaction>;
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
  const act: Act = { kind, by: click.person.user };
  const nowMs = ports.clock.now();
  let refused: NoChange["refused"] | undefined;
  const changed = await ports.incidents.change(id, nowMs, (incident) => {
    const outcome = actOnIncident(incident, act, { nowMs, times: ports.times });
    if (!("refused" in outcome)) return outcome;
    refused = outcome.refused;
    return undefined;
  });
  if (refused !== undefined) return shownWords(NOT_DONE[refused]);
  if (changed === undefined) return shownWords(INCIDENT_GONE);
  ports.wakeDelivery();
  return { kind: "nothing" };
}

/** Runs a command, which is checked for its own right. */
function asking(ports: ActPorts, command: (incident: Incident) => string) {
  const run = async (click: Click): Promise<Reaction> => {
    const incident = await seenIncident(ports, click);
    return incident === undefined
      ? shownWords(INCIDENT_GONE)
      : ports.answer(command(incident), click.person);
  };
  return { right: "read", run } as const;
}

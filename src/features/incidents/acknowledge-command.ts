/** `ack [ALERT or incident's id]` and `unack`: the button's act, typed. */

import { alertNames } from "../../alerts/alert.ts";
import type { Incident } from "../../incidents/incident.ts";
import { incidentRank } from "../../incidents/severity.ts";
import { nearestTypable } from "../../spelling/nearest-names.ts";
import type { Asking, CommandRow } from "../commands/command-row.ts";
import { isAlertLike, type SpokenForm, spoken } from "../commands/plain-words.ts";
import type { Permission } from "../shared/permission.ts";
import { type ApplyActPorts, applyAct } from "./apply-act.ts";
import type { JumpTo } from "./incident-lines.ts";
import type { IncidentReader } from "./incident-ports.ts";
import {
  type AcknowledgeAnswer,
  type AcknowledgeVerb,
  renderAcknowledge,
} from "./render-acknowledge.ts";

export interface AcknowledgeOptions {
  /** An id or an alert's name; without it the incident of the thread, or the only one that fires. */
  readonly incident?: string;
}

export interface AcknowledgePorts extends ApplyActPorts {
  readonly permission: Pick<Permission, "visible">;
  readonly incidents: Pick<IncidentReader, "incidentAt" | "openIncidents"> &
    ApplyActPorts["incidents"];
  readonly jumpTo: JumpTo;
}

/** Concludes what was done, why it was not, or which incidents may be meant. */
export function acknowledgeCommand(
  ports: AcknowledgePorts,
): CommandRow<AcknowledgeOptions, AcknowledgeAnswer> {
  return {
    ...rowOf(ports, "acknowledge"),
    name: "ack",
    also: ["acknowledge"],
    usage: "ack [ALERT or incident's id]",
    about: "acknowledge an incident: you work on it",
    spoken: FORMS,
  };
}

/** The same, for taking an acknowledgement back. */
export function unacknowledgeCommand(
  ports: AcknowledgePorts,
): CommandRow<AcknowledgeOptions, AcknowledgeAnswer> {
  return {
    ...rowOf(ports, "unacknowledge"),
    name: "unack",
    also: ["unacknowledge"],
    usage: "unack [ALERT or incident's id]",
    about: "remove the acknowledgement of an incident",
  };
}

function rowOf(ports: AcknowledgePorts, verb: AcknowledgeVerb) {
  return {
    group: "Incidents",
    right: "acknowledge",
    reads: { kind: "names", names: ["incident"] },
    options: ["incident"],
    parse: ({ values: { incident } }) => ({
      kind: "options",
      options: incident === undefined ? {} : { incident },
    }),
    run: (options, asking) => acknowledged(ports, verb, options, asking),
    render: (answer) => renderAcknowledge(answer, ports.jumpTo),
  } satisfies Omit<CommandRow<AcknowledgeOptions, AcknowledgeAnswer>, "name" | "usage" | "about">;
}

/** More open incidents than this are not searched for a name. */
const MOST = 1_000;

async function acknowledged(
  ports: AcknowledgePorts,
  verb: AcknowledgeVerb,
  { incident: named }: AcknowledgeOptions,
  { person, threadTs }: Asking,
): Promise<AcknowledgeAnswer> {
  const nowMs = ports.clock.now();
  const own =
    named === undefined && threadTs !== undefined
      ? await ports.incidents.incidentAt(person.channel, threadTs)
      : undefined;
  const all = own === undefined ? await ports.incidents.openIncidents(MOST) : [own];
  const open = await ports.permission.visible(person, all);
  const meant = named === undefined ? openFor(open, verb) : open.filter(isCalled(named));
  const [only, ...others] = meant;
  if (only === undefined) {
    const names = open.flatMap(({ alerts }) => alertNames(alerts));
    const nearest = named === undefined ? [] : nearestTypable(named, names);
    return { kind: "none", verb, nearest, ...(named === undefined ? {} : { named }) };
  }
  if (others.length > 0) {
    const worst = meant.toSorted((a, b) => incidentRank(a) - incidentRank(b));
    return { kind: "which", verb, incidents: worst, nowMs };
  }
  const outcome = await applyAct(ports, only.id, { kind: verb, by: person.user });
  return outcome.kind === "gone" ? { kind: "none", verb, nearest: [] } : { ...outcome, verb };
}

/** In doubt those for which it would change something. */
function openFor(open: readonly Incident[], verb: AcknowledgeVerb): Incident[] {
  const isAcknowledged = verb === "unacknowledge";
  return open.length === 1
    ? [...open]
    : open.filter(({ acknowledged: by }) => (by !== undefined) === isAcknowledged);
}

function isCalled(named: string): (incident: Incident) => boolean {
  const wanted = named.toLowerCase();
  return ({ id, alerts }) =>
    id === named || alertNames(alerts).some((name) => name.toLowerCase() === wanted);
}

const FORMS: readonly SpokenForm[] = [
  spoken(
    "(?:ack|acknowledge|i (?:take|have|got) (?:it|this)|i am on (?:it|this)|i'm on (?:it|this))",
    () => "ack",
  ),
  spoken("(?:ack|acknowledge) (?<name>[^\\s{}]+)", ({ name = "" }) =>
    isAlertLike(name) ? `ack ${name}` : undefined,
  ),
];

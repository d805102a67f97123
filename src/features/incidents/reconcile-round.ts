/** One comparison of a source's incidents with what its members hold. */

import { haveSameLabels } from "../../alerts/shared-labels.ts";
import type { AlertSource } from "../../alerts/source.ts";
import { REOPEN_WITHIN_MS } from "../../incidents/apply-notification.ts";
import { groupIdentity, type Incident } from "../../incidents/incident.ts";
import { isHeldIn, mayBeOver, reconcile, type SourceView } from "../../incidents/reconcile.ts";
import type { Clock } from "../shared/ports.ts";
import { findRegrouped } from "./find-regrouped.ts";
import { type IncidentReader, type IncidentWriter, MOST_INCIDENTS } from "./incident-ports.ts";
import type { UnreportedAlerts, UnreportedPorts } from "./report-unreported.ts";
import type { MemberState, WatchedSource } from "./source-ports.ts";

export interface RoundPorts extends UnreportedPorts {
  readonly incidents: Pick<IncidentReader, "openIncidents" | "incidentsSince"> &
    Pick<IncidentWriter, "change">;
  readonly clock: Clock;
  readonly wakeDelivery: () => void;
}

interface Round {
  readonly members: readonly MemberState[];
  /** When something that is in doubt must be asked for again. */
  readonly dueAt?: number;
  /** Addresses of senders of which the API has never held anything. */
  readonly strangers: readonly string[];
  /** What is missing in the answer may be over. */
  readonly isComplete: boolean;
}

const NONE: ReadonlyMap<string, string> = new Map();

/** Writes what differs, and returns what the round learned of the source. */
export async function reconcileOnce(
  ports: RoundPorts,
  { source, reader }: WatchedSource,
  unreported: UnreportedAlerts,
): Promise<Round> {
  const incidents = await incidentsOf(ports, source);
  const ours = silencesMadeHere(incidents, source);
  const { members, ...answer } = await reader.read({ silences: ours });
  const regrouped = await findRegrouped(incidents, reader);
  const over = await groupsOver(incidents, reader);
  const known = knownSenders(incidents, answer);
  const after: Incident[] = [];
  for (const incident of incidents) {
    const view = {
      ...answer,
      isComplete: answer.isComplete && known.has(incident.externalUrl),
      regrouped: regrouped.get(incident.id) ?? NONE,
      isGroupOver: over.has(incident.id),
    };
    after.push(await settle(ports, incident, view));
  }
  await unreported.report(after, answer);
  const dueAt = Math.min(unreported.dueAt(), absencesDueAt(after, source, ports.clock.now()));
  return {
    members,
    ...(dueAt === Infinity ? {} : { dueAt }),
    strangers: answer.isComplete ? strangersOf(ports, source, { incidents, known }) : [],
    isComplete: answer.isComplete,
  };
}

/** Incidents of which only what notifications left out may fire, and of whose group nothing does. */
async function groupsOver(
  incidents: readonly Incident[],
  reader: WatchedSource["reader"],
): Promise<ReadonlySet<string>> {
  const doubtful = incidents.filter(mayBeOver);
  const over = new Set<string>();
  for (const [receiver, ofReceiver] of Map.groupBy(doubtful, (each) => each.receiver ?? "")) {
    const groups = await reader.groups(receiver);
    if (groups === undefined) continue;
    for (const { id, groupLabels } of ofReceiver) {
      const own = groups.filter(({ labels }) => haveSameLabels(labels, groupLabels));
      if (own.every(({ fingerprints }) => fingerprints.length === 0)) over.add(id);
    }
  }
  return over;
}

/** When the first of what is missing counts as over; what was due and is not settled waits. */
function absencesDueAt(
  incidents: readonly Incident[],
  { absentForMs }: AlertSource,
  nowMs: number,
): number {
  return incidents
    .flatMap(({ alerts }) => alerts)
    .reduce((least, { absentSince }) => {
      const due = (absentSince ?? Infinity) + absentForMs;
      return due > nowMs ? Math.min(least, due) : least;
    }, Infinity);
}

/** Senders whose incidents have been open for so long that the API should hold their alerts. */
function strangersOf(
  { clock }: RoundPorts,
  { everyMs, absentForMs }: AlertSource,
  { incidents, known }: { incidents: readonly Incident[]; known: ReadonlySet<string> },
): string[] {
  const longAgo = clock.now() - 2 * everyMs - absentForMs;
  const strange = incidents.filter(
    ({ status, openedAt, firedAt, externalUrl }) =>
      status === "firing" && !known.has(externalUrl) && (firedAt.at(-1) ?? openedAt) < longAgo,
  );
  return [...new Set(strange.map(({ externalUrl }) => externalUrl))];
}

/**
 * Who sends what the API holds. What another one sends to the same path, such as Grafana or an
 * Alertmanager that nobody named, is missing there while it fires: that is no end.
 */
function knownSenders(
  incidents: readonly Incident[],
  answer: Pick<SourceView, "held">,
): ReadonlySet<string> {
  const held = incidents.filter((each) => each.isHeld === true || isHeldIn(each, answer));
  return new Set(held.map(({ externalUrl }) => externalUrl));
}

/** Those that fire, and of each group the last one that was over a short time ago. */
async function incidentsOf(
  { incidents, clock }: RoundPorts,
  { name }: AlertSource,
): Promise<Incident[]> {
  const isOurs = ({ source, isExternal }: Incident): boolean =>
    source === name && isExternal !== true;
  const open = (await incidents.openIncidents(MOST_INCIDENTS)).filter(isOurs);
  const since = clock.now() - REOPEN_WITHIN_MS;
  const recent = (await incidents.incidentsSince(since, MOST_INCIDENTS)).filter(isOurs);
  const known = new Set(open.map(groupIdentity));
  const over = recent.filter((incident) => {
    const identity = groupIdentity(incident);
    if (incident.status === "firing" || known.has(identity)) return false;
    known.add(identity);
    return true;
  });
  return [...open, ...over];
}

function silencesMadeHere(incidents: readonly Incident[], { members }: AlertSource): string[] {
  const made = incidents.flatMap(({ silences = [] }) => silences);
  const here = made.filter(
    ({ alertmanager }) => alertmanager === undefined || members.includes(alertmanager),
  );
  return [...new Set(here.map(({ id }) => id))];
}

/** Decided on the incident as it is then: somebody may have changed it in between. */
async function settle(
  { incidents, clock, wakeDelivery }: RoundPorts,
  incident: Incident,
  view: SourceView,
): Promise<Incident> {
  if (reconcile(incident, view, clock.now()) === undefined) return incident;
  const nowMs = clock.now();
  let isSaid = false;
  const changed = await incidents.change(incident.id, nowMs, (current) => {
    const change = reconcile(current, view, nowMs);
    isSaid = (change?.notices.length ?? 0) > 0;
    return change;
  });
  if (isSaid) wakeDelivery();
  return changed ?? incident;
}

/**
 * Every incident of a source with an API is compared with what that source holds: again and again,
 * and a moment after each doubt.
 *
 * One request per member and round, so that ten thousand alerts cost no more than one answer. An API
 * that is down or slow changes nothing; it is said on Home and on /readyz.
 */

import type { AlertSource } from "../../alerts/source.ts";
import { REOPEN_WITHIN_MS } from "../../incidents/apply-notification.ts";
import { groupIdentity, type Incident } from "../../incidents/incident.ts";
import { reconcile, type SourceView } from "../../incidents/reconcile.ts";
import type { Clock, Log } from "../shared/ports.ts";
import { findRegrouped } from "./find-regrouped.ts";
import type { IncidentReader, IncidentWriter } from "./incident-ports.ts";
import type { MemberState, SourceReader } from "./source-ports.ts";

interface WatchedSource {
  readonly source: AlertSource;
  readonly reader: SourceReader;
}

export interface ReconcilePorts {
  readonly sources: readonly WatchedSource[];
  readonly incidents: Pick<IncidentReader, "openIncidents" | "incidentsSince"> &
    Pick<IncidentWriter, "change">;
  readonly clock: Clock;
  readonly log: Log;
  /** From 0 up to 1, so that replicas and bots do not ask in step. */
  readonly random: () => number;
  readonly wakeDelivery: () => void;
}

export interface Reconciliation {
  start(): void;
  stop(): Promise<void>;
  /** Something about the incidents of this source is in doubt: its API is asked soon. */
  doubt(source: string): void;
  /** Whether the source's API could tell what is over when it was asked last. */
  covers(source: string): boolean;
  /** Members that do not answer, each in a sentence. */
  problems(): readonly string[];
}

/** Doubts come in bursts: a storm of notifications is settled by one answer. */
const DOUBT_AFTER_MS = 2_000;
/** Rounds take turns with this part of the time between them at most, however large the answers. */
const BUSY_PART = 1 / 20;
const MOST_INCIDENTS = 5_000;

export function reconcileSources(ports: ReconcilePorts): Reconciliation {
  const watched = ports.sources.filter(({ source }) => source.members.length > 0);
  const loops = new Map(watched.map((each) => [each.source.name, createLoop(ports, each)]));
  return {
    start() {
      for (const loop of loops.values()) loop.start();
    },
    stop: async () => void (await Promise.all([...loops.values()].map((loop) => loop.stop()))),
    doubt: (source) => loops.get(source)?.doubt(),
    covers: (source) => loops.get(source)?.covers() ?? false,
    problems: () => [...loops.values()].flatMap((loop) => loop.problems()),
  };
}

interface Loop extends Omit<Reconciliation, "doubt" | "covers"> {
  doubt(): void;
  covers(): boolean;
}

function createLoop(ports: ReconcilePorts, watched: WatchedSource): Loop {
  const { clock, log, random } = ports;
  const { source } = watched;
  const stopped = new AbortController();
  let woken = new AbortController();
  let members: readonly MemberState[] = [];
  let isComplete = false;
  let loop = Promise.resolve();
  const run = async (): Promise<void> => {
    while (!stopped.signal.aborted) {
      woken = new AbortController();
      const before = clock.now();
      const round = await reconcileOnce(ports, watched).catch((error: unknown) => {
        log.error({ err: error, source: source.name }, "a source cannot be reconciled");
        return undefined;
      });
      isComplete = round?.isComplete ?? false;
      if (round !== undefined) members = reported(log, source, { was: members, is: round.members });
      const took = clock.now() - before;
      const every = source.everyMs * (0.85 + 0.3 * random());
      const soon = round?.isPending === true ? source.absentForMs : Infinity;
      await clock.sleep(
        Math.max(Math.min(every, soon), took / BUSY_PART),
        AbortSignal.any([woken.signal, stopped.signal]),
      );
      if (woken.signal.aborted) await clock.sleep(DOUBT_AFTER_MS, stopped.signal);
    }
  };
  return {
    start() {
      loop = run();
    },
    async stop() {
      stopped.abort();
      await loop;
    },
    doubt: () => woken.abort(),
    covers: () => isComplete,
    problems: () => problemsOf(source, members),
  };
}

function problemsOf({ name }: AlertSource, members: readonly MemberState[]): string[] {
  return members.flatMap(({ problem }) =>
    problem === undefined
      ? []
      : [`Source ${name}: ${problem} Its alerts are not known, so its incidents stay as they are.`],
  );
}

interface MembersChange {
  readonly was: readonly MemberState[];
  readonly is: readonly MemberState[];
}

/** Said in the log once when a member begins to be silent, and once when it answers again. */
function reported(log: Log, { name }: AlertSource, { was, is }: MembersChange) {
  for (const { address, problem } of is) {
    const before = was.find((each) => each.address === address)?.problem;
    if (problem !== undefined && before === undefined) {
      log.warn({ source: name, problem }, "a member of a source does not answer");
    } else if (problem === undefined && before !== undefined) {
      log.info({ source: name, address }, "a member of a source answers again");
    }
  }
  return is;
}

interface Round {
  readonly members: readonly MemberState[];
  /** Something is missing for the first time, and must be asked again. */
  readonly isPending: boolean;
  /** What is missing in the answer may be over. */
  readonly isComplete: boolean;
}

const NONE: ReadonlyMap<string, string> = new Map();

async function reconcileOnce(ports: ReconcilePorts, watched: WatchedSource): Promise<Round> {
  const incidents = await incidentsOf(ports, watched.source);
  const ours = silencesMadeHere(incidents, watched.source);
  const { members, ...answer } = await watched.reader.read({ silences: ours });
  const regrouped = await findRegrouped(incidents, watched.reader);
  let isPending = false;
  for (const incident of incidents) {
    const view = { ...answer, regrouped: regrouped.get(incident.id) ?? NONE };
    const after = await settle(ports, incident, view);
    isPending ||= after.alerts.some(({ absentSince }) => absentSince !== undefined);
  }
  return { members, isPending, isComplete: answer.isComplete };
}

/** Those that fire, and of each group the last one that was over a short time ago. */
async function incidentsOf(
  { incidents, clock }: ReconcilePorts,
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
  { incidents, clock, wakeDelivery }: ReconcilePorts,
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

/**
 * Every incident of a source with an API is compared with what that source holds: again and again,
 * and a moment after each doubt.
 *
 * One request per member and round, so that ten thousand alerts cost no more than one answer. An API
 * that is down or slow changes nothing; it is said on Home and on /readyz.
 */

import type { AlertSource } from "../../alerts/source.ts";
import type { Log } from "../shared/ports.ts";
import { type RoundPorts, reconcileOnce } from "./reconcile-round.ts";
import { createUnreportedAlerts } from "./report-unreported.ts";
import type { MemberState, WatchedSource } from "./source-ports.ts";

export interface ReconcilePorts extends RoundPorts {
  readonly sources: readonly WatchedSource[];
  /** From 0 up to 1, so that replicas and bots do not ask in step. */
  readonly random: () => number;
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
/** Rounds take this part of the time at most where one follows a doubt, however large the answers. */
const BUSY_PART = 1 / 4;
/** The least part of the configured time between two rounds, so that replicas do not ask in step. */
const LEAST_PART = 0.7;

/** A loop for each source that has members; nothing is asked before `start`. */
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
  const unreported = createUnreportedAlerts(ports, watched);
  const stopped = new AbortController();
  let woken = new AbortController();
  let members: readonly MemberState[] = [];
  let isComplete = false;
  let strangers: readonly string[] = [];
  let loop = Promise.resolve();
  const run = async (): Promise<void> => {
    while (!stopped.signal.aborted) {
      woken = new AbortController();
      const before = clock.now();
      const round = await reconcileOnce(ports, watched, unreported).catch((error: unknown) => {
        log.error({ err: error, source: source.name }, "a source cannot be reconciled");
        return undefined;
      });
      isComplete = round?.isComplete ?? false;
      strangers = round?.strangers ?? [];
      if (round !== undefined) members = reported(log, source, { was: members, is: round.members });
      const took = clock.now() - before;
      const every = source.everyMs * (LEAST_PART + (1 - LEAST_PART) * random());
      const soon = (round?.dueAt ?? Infinity) - clock.now();
      // An API that is slow, or a machine that is busy, makes no round later than it would be anyway.
      const pause = Math.min(every, Math.max(soon, took / BUSY_PART));
      await clock.sleep(pause, AbortSignal.any([woken.signal, stopped.signal]));
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
    problems: () => [...problemsOf(source, members), ...strangers.map(strangerText(source))],
  };
}

function problemsOf({ name }: AlertSource, members: readonly MemberState[]): string[] {
  return members.flatMap(({ problem }) =>
    problem === undefined
      ? []
      : [`Source ${name}: ${problem} Its alerts are not known, so its incidents stay as they are.`],
  );
}

function strangerText({ name }: AlertSource): (address: string) => string {
  return (address) =>
    `Source ${name}: no member holds what ${address === "" ? "a sender without address" : address} sent. Its incidents end only when it reports that: give it a source of its own, with its members.`;
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

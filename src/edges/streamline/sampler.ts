/**
 * Polls every target again and again, and hands each snapshot to the target's history.
 *
 * Every target has a loop of its own, so a slow one delays nobody else. Polls are spread by chance,
 * so that several bots or targets do not ask in step.
 */

import type { HealthPoll } from "../../diagnosis/reply.ts";
import type { Target } from "../../diagnosis/target.ts";
import type { Sample } from "../../exposition/sample.ts";
import type { Clock, Log } from "../../features/shared/ports.ts";
import type { Snapshot } from "../../history/history.ts";
import { letOthersRun } from "../let-others-run.ts";
import { POLLS_ALONE, type PollShare, type SharedSnapshot } from "./poll-share.ts";
import { createShared } from "./shared.ts";
import { createSnapshotPoll, type SnapshotSettings } from "./snapshot-poll.ts";
import type { TargetClient } from "./target-client.ts";

/** Where snapshots go. */
interface SnapshotHistory {
  /** See `History`; one that does not have it takes all at once. */
  expect?(part: readonly Sample[], isFirst: boolean): void;
  append(timeMs: number, samples: readonly Sample[]): void;
}

export interface SamplerSettings extends SnapshotSettings {
  readonly intervalMs: number;
}

/** What is costly for the server is asked less often than every poll (streamline-facts 1.3, 1.4). */
export const SAMPLER_DEFAULTS: SamplerSettings = {
  intervalMs: 15_000,
  // Every poll, in turns where there are many groups: a minute must hold enough of it to tell a rate.
  lagEveryMs: 10_000,
  groupsPerPoll: 20,
  lagBudgetMs: 5_000,
  systemEveryMs: 5 * 60_000,
  retentionEveryMs: 30 * 60_000,
  topicsPerPoll: 5,
  absentForMs: 10 * 60_000,
};

export interface SamplerOptions {
  readonly poll: TargetClient;
  readonly targets: readonly Target[];
  readonly historyOf: (target: Target) => SnapshotHistory;
  /** The last that is known of a target already. */
  readonly earlierOf?: (target: Target) => Snapshot | undefined;
  readonly clock: Clock;
  /** From 0 to below 1. */
  readonly random: () => number;
  readonly log: Pick<Log, "error">;
  readonly settings?: Partial<SamplerSettings>;
  /** Which of several replicas polls; by default this one, alone. */
  readonly share?: PollShare;
}

/** What one poll brought. */
export interface TargetSnapshot {
  readonly timeMs: number;
  readonly samples: readonly Sample[];
  readonly health: HealthPoll;
}

export interface Sampler {
  start(): void;
  /** One poll now, kept in the history too; a poll that is under way is shared. */
  sample(target: Target): Promise<TargetSnapshot>;
  /** Ends the loops; resolves when no poll of theirs is under way. */
  stop(): Promise<void>;
}

/** New series that are made known in one turn of the event loop: some ten milliseconds. */
const AT_ONCE = 5_000;

/** Who follows asks so often within an interval, so that what it shows is hardly older. */
const FOLLOWS_TIMES = 3;

/** Part of the interval by which a poll may come earlier or later. */
const JITTER = 0.1;

/** Starts nothing by itself. `stop` waits for the polls that are under way. */
export function createSampler(options: SamplerOptions): Sampler {
  const { clock, random, share = POLLS_ALONE } = options;
  const settings = { ...SAMPLER_DEFAULTS, ...options.settings };
  const stopping = new AbortController();
  const shared = createShared<TargetSnapshot>();
  const polls = new Map(
    options.targets.map((target) => [
      target.name,
      createSnapshotPoll({
        poll: options.poll,
        target,
        clock,
        settings,
        earlier: () => options.earlierOf?.(target),
      }),
    ]),
  );
  /** Of each target that another replica polls, the time of the last poll that was taken from it. */
  const followed = new Map<string, number>();
  let loops: Promise<unknown>[] = [];

  function sample(target: Target): Promise<TargetSnapshot> {
    return shared(target.name, async () => {
      const pollNow = polls.get(target.name);
      if (pollNow === undefined) throw new Error(`${target.name} is not a target of this sampler`);
      const snapshot = await pollNow();
      await keep(options.historyOf(target), snapshot);
      return snapshot;
    });
  }

  async function keep(
    history: SnapshotHistory,
    { timeMs, samples }: SharedSnapshot,
  ): Promise<void> {
    for (let from = 0; samples.length > AT_ONCE && from < samples.length; from += AT_ONCE) {
      history.expect?.(samples.slice(from, from + AT_ONCE), from === 0);
      await letOthersRun();
    }
    history.append(timeMs, samples);
  }

  /** Polls the target, or takes what another replica saw of it; the milliseconds until the next turn. */
  async function takeTurn(target: Target): Promise<number> {
    const part = await share.part(target.name);
    if (part !== "follows") {
      const snapshot = await sample(target);
      if (part === "publishes") await share.publish(target.name, snapshot);
      return settings.intervalMs;
    }
    const seen = await share.latest(target.name, followed.get(target.name) ?? 0);
    if (seen !== undefined) {
      followed.set(target.name, seen.timeMs);
      await keep(options.historyOf(target), seen);
    }
    return settings.intervalMs / FOLLOWS_TIMES;
  }

  async function loop(target: Target): Promise<void> {
    const { signal } = stopping;
    // The first polls come soon, so that there is a history when the first question comes.
    await clock.sleep(random() * Math.min(1_000, settings.intervalMs), signal);
    while (!signal.aborted) {
      const startedAtMs = clock.now();
      const everyMs = await takeTurn(target).catch((error: unknown) => {
        options.log.error({ err: error, target: target.name }, "a poll of a target failed");
        return settings.intervalMs;
      });
      const spread = 1 + JITTER * (2 * random() - 1);
      const restMs = everyMs * spread - (clock.now() - startedAtMs);
      await clock.sleep(Math.max(0, restMs), signal);
    }
  }

  return {
    start() {
      if (loops.length === 0) loops = options.targets.map(loop);
    },
    sample,
    async stop() {
      stopping.abort();
      await Promise.all(loops);
    },
  };
}

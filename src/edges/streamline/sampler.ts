/**
 * Looks at every target again and again, and hands each snapshot to the target's history.
 *
 * Every target has a loop of its own, so a slow one delays nobody else. Looks are spread by chance,
 * so that several bots or targets do not ask in step.
 */

import { setImmediate as nextTurn } from "node:timers/promises";
import type { HealthPoll } from "../../diagnosis/reply.ts";
import type { Target } from "../../diagnosis/target.ts";
import type { Sample } from "../../exposition/sample.ts";
import type { Clock, Log } from "../../features/shared/ports.ts";
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

/** What is costly for the server is asked less often than every look (streamline-facts 1.3, 1.4). */
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
  readonly clock: Clock;
  /** From 0 to below 1. */
  readonly random: () => number;
  readonly log: Pick<Log, "error">;
  readonly settings?: Partial<SamplerSettings>;
}

/** What one look brought. */
export interface TargetSnapshot {
  readonly timeMs: number;
  readonly samples: readonly Sample[];
  readonly health: HealthPoll;
}

export interface Sampler {
  start(): void;
  /** One look now, kept in the history too; a look that is under way is shared. */
  sample(target: Target): Promise<TargetSnapshot>;
  /** Ends the loops; resolves when no look of theirs is under way. */
  stop(): Promise<void>;
}

/** New series that are made known in one turn of the event loop: some ten milliseconds. */
const AT_ONCE = 5_000;

/** Part of the interval by which a look may come earlier or later. */
const JITTER = 0.1;

export function createSampler(options: SamplerOptions): Sampler {
  const { clock, random } = options;
  const settings = { ...SAMPLER_DEFAULTS, ...options.settings };
  const stopping = new AbortController();
  const shared = createShared<TargetSnapshot>();
  const polls = new Map(
    options.targets.map((target) => [
      target.name,
      createSnapshotPoll({ poll: options.poll, target, clock, settings }),
    ]),
  );
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
    { timeMs, samples }: TargetSnapshot,
  ): Promise<void> {
    for (let from = 0; samples.length > AT_ONCE && from < samples.length; from += AT_ONCE) {
      history.expect?.(samples.slice(from, from + AT_ONCE), from === 0);
      await nextTurn();
    }
    history.append(timeMs, samples);
  }

  async function loop(target: Target): Promise<void> {
    const { signal } = stopping;
    // The first looks come soon, so that there is a history when the first question comes.
    await clock.sleep(random() * Math.min(1_000, settings.intervalMs), signal);
    while (!signal.aborted) {
      const startedAtMs = clock.now();
      await sample(target).catch((error: unknown) => {
        options.log.error({ err: error, target: target.name }, "a poll of a target failed");
      });
      const spread = 1 + JITTER * (2 * random() - 1);
      const restMs = settings.intervalMs * spread - (clock.now() - startedAtMs);
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

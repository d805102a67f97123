/** What the bot remembers of each target: an hour of snapshots, taken by the sampler. */

import type { Logger } from "pino";
import { evidenceOf } from "../diagnosis/checks/evidence-of-history.ts";
import { asScraped, heldRules, type Rule } from "../diagnosis/checks/rules.ts";
import type { Target } from "../diagnosis/target.ts";
import type { Sample } from "../exposition/sample.ts";
import type { LastPolls } from "../features/home/home.ts";
import type { Clock } from "../features/shared/ports.ts";
import type { MemorySource } from "../features/shared/sources.ts";
import type { HistorySource } from "../features/why-slow/why-slow.ts";
import { createHistory, type History } from "../history/history.ts";
import { createMatcher } from "../history/matcher.ts";
import { createSampler, type Sampler } from "./streamline/sampler.ts";
import type { TargetClient } from "./streamline/target-client.ts";

/** The last hour, as the diagnosis needs it. */
const RETENTION_MS = 60 * 60_000;

/** A target with 10,000 partitions has about 60,000 series; ten times that is somebody's mistake. */
const MAX_SERIES = 600_000;

export interface TargetMemory extends MemorySource, HistorySource, LastPolls {
  readonly sampler: Sampler;
}

export interface TargetMemoryOptions {
  readonly poll: TargetClient;
  readonly targets: readonly Target[];
  readonly rules: readonly Rule[];
  readonly intervalMs: number;
  readonly clock: Clock;
  readonly log: Logger;
  /** What is already known of a target, oldest first; the sandbox's server has a past. */
  readonly past?: Past;
}

export type Past = (
  target: Target,
) => readonly { readonly timeMs: number; readonly samples: readonly Sample[] }[];

/** One history per target and one sampler for all; the caller starts and stops the sampler. */
export function createTargetMemory(options: TargetMemoryOptions): TargetMemory {
  const { clock, targets, rules } = options;
  const histories = new Map(
    targets.map(({ name }) => [
      name,
      createHistory({ retentionMs: RETENTION_MS, maxSeries: MAX_SERIES }),
    ]),
  );
  const history = (target: Target): History => {
    const found = histories.get(target.name);
    if (found === undefined) throw new Error(`no history is kept of ${target.name}`);
    return found;
  };
  for (const target of targets) {
    for (const { timeMs, samples } of options.past?.(target) ?? []) {
      history(target).append(timeMs, samples);
    }
  }
  const sampler = createSampler({
    poll: options.poll,
    targets,
    historyOf: history,
    clock,
    random: Math.random,
    log: options.log,
    settings: { intervalMs: options.intervalMs },
  });
  return {
    sampler,
    history,
    metricNames: (target) => new Set(history(target).names()),
    poll: async (target) => {
      await sampler.sample(target);
    },
    lastPoll: (target) => lastPollOf(history(target)),
    heldRules: (target) => heldRules(rules, evidenceOf(asScraped(history(target))), clock.now()),
  };
}

const PROBES = createMatcher("__name__", "=", "probe_success");

/** Any probe that succeeded is an answer: Kafka may work while HTTP does not. */
function lastPollOf(history: History): { at: number; answered: boolean } | undefined {
  const at = history.stats().lastMs;
  if (at === undefined) return undefined;
  const slot = history.slotAt(at, 1);
  const probes = history.select([PROBES]);
  return { at, answered: probes.some((series) => slot?.read(series) === 1) };
}

/** One poll of a target as a snapshot: its probes, its /metrics, and what the sources add. */

import { OWN_NAMES, probeSeries, series } from "../../diagnosis/checks/own-series.ts";
import { parseInfo } from "../../diagnosis/health/health-answers.ts";
import type { HealthPoll } from "../../diagnosis/reply.ts";
import type { Target } from "../../diagnosis/target.ts";
import type { Sample } from "../../exposition/sample.ts";
import type { Clock } from "../../features/shared/ports.ts";
import type { Snapshot } from "../../history/history.ts";
import { createClusterSource } from "./cluster-source.ts";
import { createGroupSource } from "./group-source.ts";
import { createLogSource } from "./log-source.ts";
import type { PollContext, Source } from "./source.ts";
import { createStartTracker, type StartTracker } from "./start-tracker.ts";
import { createSystemSource } from "./system-source.ts";
import type { TargetClient } from "./target-client.ts";
import { createTopicSource } from "./topic-source.ts";

export interface SnapshotSettings {
  /** How often the lag of one consumer group is asked, of how many groups per poll, for how long. */
  readonly lagEveryMs: number;
  readonly groupsPerPoll: number;
  readonly lagBudgetMs: number;
  /** How often the dashboard's system figures are asked: each time walks the data directory. */
  readonly systemEveryMs: number;
  /** How often the settings of one topic are asked, and of how many topics per poll. */
  readonly retentionEveryMs: number;
  readonly topicsPerPoll: number;
  /** How long an endpoint that answered 404 is left alone. */
  readonly absentForMs: number;
}

export interface SnapshotPollOptions {
  readonly poll: TargetClient;
  readonly target: Target;
  readonly clock: Clock;
  readonly settings: SnapshotSettings;
  /** The last that is known of the target, whoever polled it. */
  readonly earlier?: () => Snapshot | undefined;
}

/** Polls once; what the target does, or does not, is in the samples. */
export type SnapshotPoll = () => Promise<{
  readonly timeMs: number;
  readonly samples: readonly Sample[];
  readonly health: HealthPoll;
}>;

/** Of one target. The poll never throws: a target that does not answer is a snapshot of failed probes. */
export function createSnapshotPoll(options: SnapshotPollOptions): SnapshotPoll {
  const { poll, target } = options;
  const sources = createSources(options);
  const starts = createStartTracker();
  return async () => {
    const health = await poll.health(target);
    const scraped = scrapedSamples(health);
    const moment = momentOf(health, scraped);
    // Without an answer on /info nothing else is asked: the server is in trouble, or is another.
    const added =
      moment === undefined ? [] : await Promise.all(sources.map((source) => source.sample(moment)));
    const { requests, bytes } = poll.counts(target);
    const samples = [
      ...scraped,
      ...probeSeries(target, health),
      ...(moment === undefined ? [] : [startSeries(starts, moment)]),
      ...added.flat(),
      series("bot_requests_total", {}, requests),
      series("bot_received_bytes_total", {}, bytes),
    ];
    return { timeMs: health.atMs, samples, health };
  };
}

function startSeries(starts: StartTracker, { atMs, info }: PollContext): Sample {
  return series("server_start_time_seconds", {}, starts.startOf(atMs, info.uptimeSeconds));
}

function scrapedSamples({ metrics }: HealthPoll): readonly Sample[] {
  if (metrics.kind !== "answered") return [];
  const isOurs = metrics.samples.some(({ name }) => OWN_NAMES.has(name));
  return isOurs ? metrics.samples.filter(({ name }) => !OWN_NAMES.has(name)) : metrics.samples;
}

function createSources({ poll, target, clock, settings, earlier }: SnapshotPollOptions): Source[] {
  const { absentForMs, lagEveryMs, groupsPerPoll, topicsPerPoll } = settings;
  const at = { poll, target };
  const budgetMs = settings.lagBudgetMs;
  return [
    createGroupSource({ ...at, clock, lagEveryMs, groupsPerPoll, budgetMs }),
    createTopicSource({ ...at, everyMs: settings.retentionEveryMs, topicsPerPoll }),
    createSystemSource({ ...at, everyMs: settings.systemEveryMs }),
    createClusterSource({ ...at, absentForMs }),
    createLogSource({ ...at, absentForMs, ...(earlier === undefined ? {} : { earlier }) }),
  ];
}

function momentOf(health: HealthPoll, scraped: readonly Sample[]): PollContext | undefined {
  if (health.info.kind !== "answered") return undefined;
  const info = parseInfo(health.info);
  return info.kind === "info" ? { atMs: health.atMs, scraped, info } : undefined;
}

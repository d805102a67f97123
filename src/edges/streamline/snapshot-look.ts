/** One look at a target as a snapshot: its probes, its /metrics, and what the sources add. */

import { parseInfo } from "../../diagnosis/health-answers.ts";
import { OWN_NAMES, probeSeries, series } from "../../diagnosis/own-series.ts";
import type { HealthLook } from "../../diagnosis/reply.ts";
import type { Target } from "../../diagnosis/target.ts";
import type { Sample } from "../../exposition/sample.ts";
import type { Clock } from "../../flows/ports.ts";
import { createClusterSource } from "./cluster-source.ts";
import { createGroupSource } from "./group-source.ts";
import { createLogSource } from "./log-source.ts";
import type { Moment, Source } from "./source.ts";
import { createSystemSource } from "./system-source.ts";
import type { TargetLook } from "./target-look.ts";
import { createTopicSource } from "./topic-source.ts";

export interface SnapshotSettings {
  /** How often the lag of one consumer group is asked, of how many groups per look, for how long. */
  readonly lagEveryMs: number;
  readonly groupsPerLook: number;
  readonly lagBudgetMs: number;
  /** How often the dashboard's system figures are asked: each time walks the data directory. */
  readonly systemEveryMs: number;
  /** How often the settings of one topic are asked, and of how many topics per look. */
  readonly retentionEveryMs: number;
  readonly topicsPerLook: number;
  /** How long an endpoint that answered 404 is left alone. */
  readonly absentForMs: number;
}

export interface SnapshotLookOptions {
  readonly look: TargetLook;
  readonly target: Target;
  readonly clock: Clock;
  readonly settings: SnapshotSettings;
}

/** Looks once; what the target does, or does not, is in the samples. */
export type SnapshotLook = () => Promise<{
  readonly timeMs: number;
  readonly samples: readonly Sample[];
  readonly health: HealthLook;
}>;

export function createSnapshotLook(options: SnapshotLookOptions): SnapshotLook {
  const { look, target } = options;
  const sources = createSources(options);
  return async () => {
    const health = await look.health(target);
    const scraped = scrapedSamples(health);
    const moment = momentOf(health, scraped);
    // Without an answer on /info nothing else is asked: the server is in trouble, or is another.
    const added =
      moment === undefined ? [] : await Promise.all(sources.map((source) => source.sample(moment)));
    const { requests, bytes } = look.counts(target);
    const samples = [
      ...scraped,
      ...probeSeries(target, health),
      ...added.flat(),
      series("bot_requests_total", {}, requests),
      series("bot_received_bytes_total", {}, bytes),
    ];
    return { timeMs: health.atMs, samples, health };
  };
}

function scrapedSamples({ metrics }: HealthLook): readonly Sample[] {
  if (metrics.kind !== "answered") return [];
  const isOurs = metrics.samples.some(({ name }) => OWN_NAMES.has(name));
  return isOurs ? metrics.samples.filter(({ name }) => !OWN_NAMES.has(name)) : metrics.samples;
}

function createSources({ look, target, clock, settings }: SnapshotLookOptions): Source[] {
  const { absentForMs, lagEveryMs, groupsPerLook, topicsPerLook } = settings;
  const at = { look, target };
  const budgetMs = settings.lagBudgetMs;
  return [
    createGroupSource({ ...at, clock, lagEveryMs, groupsPerLook, budgetMs }),
    createTopicSource({ ...at, everyMs: settings.retentionEveryMs, topicsPerLook }),
    createSystemSource({ ...at, everyMs: settings.systemEveryMs }),
    createClusterSource({ ...at, absentForMs }),
    createLogSource({ ...at, absentForMs }),
  ];
}

function momentOf(health: HealthLook, scraped: readonly Sample[]): Moment | undefined {
  if (health.info.kind !== "answered") return undefined;
  const info = parseInfo(health.info);
  return info.kind === "info" ? { atMs: health.atMs, scraped, info } : undefined;
}

/**
 * How long each topic keeps its records: settings that rarely change, asked rarely and in turns.
 *
 * The topics are those of the scraped metrics, so no list has to be fetched.
 */

import { retentionSeries } from "../../diagnosis/checks/own-series.ts";
import { API } from "../../diagnosis/health/api-answers.ts";
import { isSegment } from "../../diagnosis/health/api-reply.ts";
import type { Target } from "../../diagnosis/target.ts";
import { labelValue, type Sample } from "../../exposition/sample.ts";
import { ask, type Source } from "./source.ts";
import type { TargetClient } from "./target-client.ts";
import { createTurns } from "./turns.ts";

export interface TopicSourceOptions {
  readonly poll: Pick<TargetClient, "get">;
  readonly target: Target;
  readonly everyMs: number;
  readonly topicsPerPoll: number;
}

/** A source of samples; intervals in milliseconds. */
export function createTopicSource(options: TopicSourceOptions): Source {
  const turns = createTurns({ everyMs: options.everyMs, most: options.topicsPerPoll });
  const known = new Map<string, readonly Sample[]>();
  return {
    async sample({ atMs, scraped }) {
      const topics = topicsOf(scraped);
      const present = new Set(topics);
      for (const topic of known.keys()) if (!present.has(topic)) known.delete(topic);
      for (const topic of turns.next(topics, atMs)) {
        turns.took(topic, atMs);
        const path = `/api/v1/topics/${encodeURIComponent(topic)}`;
        const settings = await ask(options, path, API.topic);
        if (settings.kind === "failed") break;
        if (settings.kind === "absent") known.delete(topic);
        else known.set(topic, retentionSeries(topic, settings.value));
      }
      // A setting holds until it is changed, so every poll has it.
      return [...known.values()].flat();
    },
  };
}

function topicsOf(scraped: readonly Sample[]): string[] {
  const names = scraped
    .filter(({ name }) => name === "streamline_partitions_total")
    .map(({ labels }) => labelValue(labels, "topic"));
  return [...new Set(names)].filter(isSegment);
}

/** Topics with their size now and how fast they grow; those that match a pattern. */

import { labelValue } from "../../exposition/sample.ts";
import { PROCESS_START } from "../checks/check-needs.ts";
import type { Evidence } from "../checks/evidence.ts";
import { globWildcard, matchesWildcard } from "../checks/wildcard.ts";
import type { TopicSummary } from "./api-answers.ts";

export interface TopicFigures {
  readonly name: string;
  readonly partitions: number;
  readonly messages: number;
  readonly bytes: number;
  /** Appended per second; undefined as long as the history does not tell. */
  readonly messagesPerSecond?: number;
  readonly bytesPerSecond?: number;
}

/** What arrives in each topic, per second: the mean of the last `windowMs`. */
export interface TopicRates {
  readonly windowMs: number;
  readonly messages: ReadonlyMap<string, number>;
  readonly bytes: ReadonlyMap<string, number>;
}

/** The calmest first; a shorter one for a bot or a server that has just started. */
const WINDOWS_MS = [300_000, 120_000, 60_000];
/** A poll may come so much later than the beginning of a window. */
const LATE_MS = 20_000;

/**
 * The server's own rates are always 0 (streamline-facts 1.3), so they come from the history.
 *
 * rate() divides by its whole range however much of it is filled, so a window counts when the polls
 * and the process that counts reach back to its beginning; undefined when none does.
 */
export function topicRates(evidence: Evidence, nowMs: number): TopicRates | undefined {
  const startMs = (evidence.at(`max(${PROCESS_START})`, nowMs)[0]?.value ?? 0) * 1_000;
  const fromMs = Math.max(evidence.firstMs ?? nowMs, startMs);
  const windowMs = WINDOWS_MS.find((each) => fromMs <= nowMs - each + LATE_MS);
  if (windowMs === undefined) return undefined;
  const of = (metric: string): Map<string, number> =>
    new Map(
      evidence
        .at(`sum by (topic) (rate(${metric}[${windowMs}ms]))`, nowMs)
        .map(({ labels, value }) => [labelValue(labels, "topic"), value]),
    );
  return {
    windowMs,
    messages: of("streamline_records_total"),
    bytes: of("streamline_bytes_in_total"),
  };
}

/** The largest first; without rates where too little was polled. */
export function topicFigures(
  topics: readonly TopicSummary[],
  rates: TopicRates | undefined,
): TopicFigures[] {
  return topics
    .map(({ name, partition_count: partitions, total_messages, total_bytes }): TopicFigures => {
      const [perSecond, bytesPerSecond] = [rates?.messages.get(name), rates?.bytes.get(name)];
      return {
        name,
        partitions,
        messages: total_messages,
        bytes: total_bytes,
        ...(perSecond === undefined ? {} : { messagesPerSecond: perSecond }),
        ...(bytesPerSecond === undefined ? {} : { bytesPerSecond }),
      };
    })
    .toSorted((a, b) => b.bytes - a.bytes || b.messages - a.messages || (a.name < b.name ? -1 : 1));
}

/** `*` and `?` as in a shell; without them the pattern is a part of the name. */
export function matchingTopics(
  topics: readonly TopicFigures[],
  pattern: string | undefined,
): readonly TopicFigures[] {
  if (pattern === undefined) return topics;
  const lower = pattern.toLowerCase();
  if (/[*?]/.test(lower)) {
    const glob = globWildcard(lower);
    return topics.filter(({ name }) => matchesWildcard(glob, name.toLowerCase()));
  }
  const exact = topics.filter(({ name }) => name === pattern);
  return exact.length > 0 ? exact : topics.filter(({ name }) => name.toLowerCase().includes(lower));
}

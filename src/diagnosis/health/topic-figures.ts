/** Topics with their size now and how fast they grow; those that match a pattern. */

import { labelValue } from "../../exposition/sample.ts";
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

/** The server's own rates are always 0 (streamline-facts 1.3), so they come from the history. */
export function topicFigures(
  topics: readonly TopicSummary[],
  evidence: Evidence,
  nowMs: number,
): TopicFigures[] {
  const messages = ratesOf(evidence, "streamline_records_total", nowMs);
  const bytes = ratesOf(evidence, "streamline_bytes_in_total", nowMs);
  return topics
    .map(({ name, partition_count: partitions, total_messages, total_bytes }): TopicFigures => {
      const [perSecond, bytesPerSecond] = [messages.get(name), bytes.get(name)];
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

function ratesOf(evidence: Evidence, metric: string, nowMs: number): Map<string, number> {
  const rows = evidence.at(`sum by (topic) (rate(${metric}[5m]))`, nowMs);
  return new Map(rows.map(({ labels, value }) => [labelValue(labels, "topic"), value]));
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

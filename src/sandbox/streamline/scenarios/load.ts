/** Faults in what clients send and how they connect. */
import { topicCondition } from "../conditions.ts";
import { minutes, type Scenario, SEEN_IN_MINUTES, smallTopic } from "./scenario.ts";

export const load: readonly Scenario[] = [
  {
    id: "oversized-requests",
    title: "Requests over 1 MiB",
    about:
      "A producer sends requests over 1 MiB and gets no answer each time, not even an error code.",
    source: "streamline-facts 0 row 7, 7.2; src/protocol/kafka/connection.rs:441-469",
    kind: "fault",
    magnitudes: { mild: 0.1, severe: 5, meaning: "refused requests per second" },
    onset: SEEN_IN_MINUTES,
    apply(conditions, { magnitude }) {
      conditions.oversized = { perSecond: magnitude, bytes: 1_800_000 };
    },
  },
  {
    id: "tiny-batches",
    title: "Tiny batches",
    about: "Producers send almost every record alone: many requests, each with its own WAL append.",
    source: "streamline-facts 8.1 (batch size on the client is the biggest lever)",
    kind: "fault",
    magnitudes: { mild: 2, severe: 1, meaning: "records per batch" },
    onset: SEEN_IN_MINUTES,
    apply(conditions, { magnitude, shape }) {
      for (const { name } of shape.topics) {
        topicCondition(conditions, name).recordsPerBatch = magnitude;
      }
      conditions.latencyFactor *= magnitude <= 1 ? 3 : 2;
    },
  },
  {
    id: "hot-topic",
    title: "One hot topic",
    about: "One topic takes most of the load; its partitions share one WAL shard.",
    source: "streamline-facts 4.2, 8.1 (shard by topic: one hot topic uses one shard only)",
    kind: "fault",
    magnitudes: { mild: 20, severe: 60, meaning: "times its usual load" },
    onset: SEEN_IN_MINUTES,
    apply(conditions, { magnitude, shape }) {
      const name = smallTopic(shape)?.name;
      if (name !== undefined) topicCondition(conditions, name).factor *= magnitude;
    },
  },
  {
    id: "hot-partition",
    title: "One hot partition",
    about: "A lopsided key sends most of a topic to its partition 0.",
    source: "streamline-facts 2.2 (records per partition), 8.1 (appends lock per partition)",
    kind: "fault",
    magnitudes: { mild: 0.6, severe: 0.95, meaning: "share of the topic's load in one partition" },
    onset: SEEN_IN_MINUTES,
    apply(conditions, { magnitude, shape }) {
      const name = shape.topics[0]?.name;
      if (name !== undefined) topicCondition(conditions, name).hotPartitionShare = magnitude;
    },
  },
  {
    id: "connection-churn",
    title: "Connection churn",
    about: "Clients connect for each message instead of staying connected.",
    source: "streamline-facts 7.2 (client churn); src/server/mod.rs:716-795",
    kind: "fault",
    magnitudes: { mild: 5, severe: 60, meaning: "connections per second that come and go" },
    onset: SEEN_IN_MINUTES,
    apply(conditions, { magnitude }) {
      conditions.connections.extraPerSecond += magnitude;
    },
  },
  {
    id: "connection-growth",
    title: "Connections grow without end",
    about: "A client leaks connections: there is no limit and no idle timeout that would stop it.",
    source: "streamline-facts 4.3 (connection limits and idle timeout are inert), 7.2",
    kind: "fault",
    magnitudes: { mild: 0.5, severe: 8, meaning: "connections more per second" },
    onset: { rampMs: 0, visibleAfterMs: minutes(10) },
    apply(conditions, { magnitude, elapsedMs }) {
      conditions.connections.extra += (magnitude * elapsedMs) / 1000;
    },
  },
  {
    id: "pipeline-limit",
    title: "Pipelines at their limit",
    about: "Clients keep 10 requests in flight, the most a connection takes, and wait for a slot.",
    source: "streamline-facts 2.2 (pipeline_max_concurrent), 4.2 (10 in flight, fixed)",
    kind: "fault",
    magnitudes: { mild: 0.8, severe: 1, meaning: "share of connections at the limit" },
    onset: SEEN_IN_MINUTES,
    apply(conditions, { magnitude }) {
      conditions.pipelineDepth = { max: 10, share: magnitude };
      conditions.latencyFactor *= 2;
      conditions.connections.extraPerSecond += 0.2;
    },
  },
  {
    id: "stale-fetch-cache",
    title: "Stale fetch cache",
    about: "Idle consumers poll the same offset again and are sent the stored answer of before.",
    source: "streamline-facts 0 row 12; src/protocol/kafka/connection.rs:276-406",
    kind: "fault",
    magnitudes: { mild: 0.2, severe: 20, meaning: "stored answers sent per second" },
    onset: SEEN_IN_MINUTES,
    apply(conditions, { magnitude }) {
      conditions.responseCache.staleHitsPerSecond = magnitude;
      // The client sees an alien correlation id, drops the connection and comes back.
      conditions.connections.extraPerSecond += Math.min(1, magnitude / 20);
    },
  },
];

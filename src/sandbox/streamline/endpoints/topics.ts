/** Topics and the single-node cluster overview (streamline-facts 1.3). */
import { type HttpAnswer, jsonAnswer } from "../answer.ts";
import { totalMessages } from "../background.ts";
import type { Partition, Topic } from "../state.ts";
import { partitionBytes } from "../storage.ts";
import { type EndpointView, topicTotals } from "./view.ts";

/** All topics with their partitions and totals (streamline-facts 1.3). */
export function listTopics({ state }: EndpointView): HttpAnswer {
  return jsonAnswer(state.topics.map(summarize));
}

/** Leader, replicas and isr are constants, both rates always 0 (src/server/api.rs:164-172,505-510). */
export function describeTopic({ state, params }: EndpointView): HttpAnswer {
  const name = params["topic"] ?? "";
  const topic = state.topics.find(({ shape }) => shape.name === name);
  if (topic === undefined) return topicNotFound(name);
  const { retentionMs, segmentBytes } = topic.shape;
  return jsonAnswer({
    ...summarize(topic),
    partitions: topic.partitions.map(describePartition),
    config: {
      "retention.ms": String(retentionMs),
      "retention.bytes": "-1",
      "segment.bytes": String(segmentBytes),
      "cleanup.policy": "delete",
      "message.ttl.ms": "-1",
    },
    messages_per_second: 0,
    bytes_per_second: 0,
  });
}

/** Constants of one node, also in cluster mode (src/server/cluster_api.rs:178-190). */
export function clusterOverview({ state }: EndpointView): HttpAnswer {
  const partitions = state.topics.reduce((sum, topic) => sum + topic.partitions.length, 0);
  return jsonAnswer({
    cluster_id: "streamline",
    controller_id: 1,
    broker_count: 1,
    topic_count: state.topics.length,
    partition_count: partitions,
    online_partition_count: partitions,
    offline_partition_count: 0,
    under_replicated_partitions: 0,
    messages_per_second: state.history.at(-1)?.messagesPerSecond ?? 0,
    bytes_in_per_second: 0,
    bytes_out_per_second: 0,
    total_messages: totalMessages(state),
    total_bytes: state.topics.reduce((sum, topic) => sum + topicTotals(topic).bytes, 0),
  });
}

/** One broker, always online (src/server/cluster_api.rs:215-227). */
export function listBrokers({ addresses }: EndpointView): HttpAnswer {
  const [host, port] = splitAddress(addresses.kafka);
  const broker = { node_id: 1, host, port, rack: null, is_controller: true, state: "online" };
  return jsonAnswer([broker]);
}

function summarize(topic: Topic) {
  const { messages, bytes } = topicTotals(topic);
  return {
    name: topic.shape.name,
    partition_count: topic.partitions.length,
    replication_factor: 1,
    is_internal: false,
    total_messages: messages,
    total_bytes: bytes,
  };
}

function describePartition(partition: Partition) {
  return {
    partition_id: partition.id,
    leader: 1,
    replicas: [1],
    isr: [1],
    start_offset: partition.startOffset,
    end_offset: partition.endOffset,
    size_bytes: partitionBytes(partition),
  };
}

function topicNotFound(name: string): HttpAnswer {
  const message = `Topic not found: ${name}`;
  return jsonAnswer({ error: "TOPIC_NOT_FOUND", message }, 404);
}

function splitAddress(address: string): [host: string, port: number] {
  const colon = address.lastIndexOf(":");
  return [address.slice(0, colon), Number(address.slice(colon + 1))];
}

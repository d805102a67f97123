/** The shapes of the real server's JSON (streamline-facts 1.3 to 1.5), strict in both directions. */
import { z } from "zod";

export const count = z.int().nonnegative();

export const topic = z.strictObject({
  name: z.string(),
  partition_count: count,
  replication_factor: z.literal(1),
  is_internal: z.literal(false),
  total_messages: count,
  total_bytes: count,
});
export const topicDetails = topic.extend({
  partitions: z.array(
    z.strictObject({
      partition_id: count,
      leader: z.literal(1),
      replicas: z.tuple([z.literal(1)]),
      isr: z.tuple([z.literal(1)]),
      start_offset: count,
      end_offset: count,
      size_bytes: count,
    }),
  ),
  config: z.strictObject({
    "retention.ms": z.string(),
    "retention.bytes": z.string(),
    "segment.bytes": z.string(),
    "cleanup.policy": z.literal("delete"),
    "message.ttl.ms": z.string(),
  }),
  messages_per_second: z.literal(0),
  bytes_per_second: z.literal(0),
});
export const overview = z.strictObject({
  cluster_id: z.literal("streamline"),
  controller_id: z.literal(1),
  broker_count: z.literal(1),
  topic_count: count,
  partition_count: count,
  online_partition_count: count,
  offline_partition_count: z.literal(0),
  under_replicated_partitions: z.literal(0),
  messages_per_second: z.number().nonnegative(),
  bytes_in_per_second: z.literal(0),
  bytes_out_per_second: z.literal(0),
  total_messages: count,
  total_bytes: count,
});
export const group = z.strictObject({
  group_id: z.string(),
  state: z.enum(["Empty", "PreparingRebalance", "CompletingRebalance", "Stable", "Dead"]),
  member_count: count,
  coordinator: z.literal(1),
  protocol_type: z.literal("consumer"),
});
const member = z.strictObject({
  member_id: z
    .string()
    .regex(/^[a-z-]+\d-[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/),
  client_id: z.string(),
  client_host: z.string(),
  assignments: z.array(z.strictObject({ topic: z.string(), partitions: z.array(count) })),
});
export const groupDetails = group.omit({ member_count: true }).extend({
  protocol: z.string(),
  members: z.array(member),
  offsets: z.array(
    z.strictObject({
      topic: z.string(),
      partition: count,
      committed_offset: count,
      metadata: z.null(),
    }),
  ),
});
const stats = z.strictObject({
  max_lag: count,
  min_lag: count,
  avg_lag: z.number(),
  total_lag: count,
  partition_count: count,
  lagging_partitions: count,
});
export const lag = z.strictObject({
  group_id: z.string(),
  state: z.string(),
  partitions: z.array(
    z.strictObject({
      topic: z.string(),
      partition: count,
      current_offset: count,
      log_end_offset: count,
      lag: count,
    }),
  ),
  total_lag: count,
  members: count,
  stats,
});
const entry = z.strictObject({
  id: count,
  timestamp: count,
  level: z.enum(["INFO", "WARN", "ERROR"]),
  target: z.string().startsWith("streamline::"),
  message: z.string(),
  fields: z.record(z.string(), z.string()).optional(),
});
export const logs = z.strictObject({
  entries: z.array(entry),
  total: count,
  latest_id: count.optional(),
});
export const connectionStats = z.strictObject({
  active_connections: count,
  in_flight_requests: z.literal(0),
  uptime_seconds: z.number(),
  is_shutting_down: z.literal(false),
});
export const history = z.strictObject({
  points: z.array(
    z.strictObject({
      timestamp: count,
      messages_per_sec: z.number().nonnegative(),
      bytes_in_per_sec: z.literal(0),
      bytes_out_per_sec: z.literal(0),
      connections: count,
      topics: count,
      partitions: count,
      consumer_groups: z.literal(0),
      total_consumer_lag: z.literal(0),
    }),
  ),
  start_time: count,
  end_time: count,
  interval_ms: z.literal(5000),
});
export const system = z.strictObject({
  memory: z.strictObject({
    used_bytes: count,
    total_bytes: z.literal(0),
    usage_percent: z.literal(0),
  }),
  storage: z.strictObject({
    used_bytes: count,
    total_bytes: count,
    usage_percent: z.number(),
    data_dir: z.string(),
  }),
  cpu: z.null(),
  network: z.strictObject({ bytes_received: count, bytes_sent: count, connections: count }),
  timestamp: count,
});
export const status = z.strictObject({
  node_state: z.enum(["Leader", "Follower", "Candidate", "Learner"]),
  node_id: count,
  leader_id: count.nullable(),
  committed_log_index: count,
  applied_log_index: count,
  current_term: count,
  voters: z.array(count),
  learners: z.array(count),
  healthy: z.boolean(),
  health_reason: z.string(),
});
export const members = z.strictObject({
  members: z.array(
    z.strictObject({
      node_id: count,
      raft_addr: z.string(),
      role: z.enum(["voter", "learner"]),
      is_leader: z.boolean(),
      broker_state: z.literal("Running"),
      advertised_addr: z.string(),
    }),
  ),
  total: count,
  leader_id: count.nullable(),
});

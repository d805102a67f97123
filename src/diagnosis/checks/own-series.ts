/**
 * Series of our own: what a poll learns of a target that its /metrics do not say.
 *
 * The names are a contract with the checks in the runbooks' front matter and with the rules in
 * alerts/: renaming one makes their findings unknown.
 */

import type { Labels, Sample } from "../../exposition/sample.ts";
import type {
  ClusterMembers,
  ClusterStatus,
  GroupLag,
  GroupSummary,
  SystemFigures,
  TopicSettings,
} from "../health/api-answers.ts";
import { factsOf, PROBES } from "../probe-results.ts";
import type { HealthPoll } from "../reply.ts";
import type { Target } from "../target.ts";

/** Every name that is ours. A server that exports one of them must not pass for our own eyes. */
export const OWN_NAMES: ReadonlySet<string> = new Set([
  "up",
  "probe_success",
  "probe_duration_seconds",
  "probe_http_status_code",
  "probe_failure",
  "health_check_ok",
  "server_uptime_seconds",
  "server_start_time_seconds",
  "server_info",
  "server_memory_bytes",
  "data_directory_bytes",
  "filesystem_size_bytes",
  "group_lag",
  "group_committed_offset",
  "group_end_offset",
  "consumer_groups",
  "group_members",
  "group_state",
  "topic_retention_seconds",
  "topic_retention_bytes",
  "cluster_healthy",
  "cluster_leader_known",
  "cluster_term",
  "cluster_voters",
  "cluster_members",
  "log_signature_total",
  "bot_requests_total",
  "bot_received_bytes_total",
]);

/** `probe_*` for each probe, the server's own checks, uptime and version, and Prometheus's `up`. */
export function probeSeries(target: Target, poll: HealthPoll): Sample[] {
  const { results, checks, info } = factsOf(poll);
  const probes = PROBES.flatMap((probe): Sample[] => {
    const { ok, ms, status, reason } = results[probe];
    return [
      series("probe_success", { probe }, Number(ok)),
      series("probe_duration_seconds", { probe }, ms / 1000),
      ...(status === undefined ? [] : [series("probe_http_status_code", { probe }, status)]),
      ...(reason === undefined ? [] : [series("probe_failure", { probe, reason }, 1)]),
    ];
  });
  const health = checks.map(({ name, ok }) =>
    series("health_check_ok", { check: name }, Number(ok)),
  );
  const server =
    info === undefined
      ? []
      : [
          series("server_uptime_seconds", {}, info.uptimeSeconds),
          series("server_info", { version: info.version, data_dir: info.dataDir }, 1),
        ];
  return [...probes, ...health, ...server, upSeries(target, results.metrics.ok)];
}

/** As Prometheus has it, so that rules over `up` hold here as they hold there. */
function upSeries(target: Target, isUp: boolean): Sample {
  const { job = "streamline", instance = "" } = scrapeLabels(target);
  return series("up", { job, instance }, Number(isUp));
}

/** The labels that Prometheus adds to the target's series: those configured, and the usual two. */
export function scrapeLabels({ labels, http }: Target): Labels {
  return { job: "streamline", instance: new URL(http).host, ...labels };
}

/** With how many there are, since a server without groups is not one that does not list them. */
export function groupSeries(groups: readonly GroupSummary[]): Sample[] {
  return [
    series("consumer_groups", {}, groups.length),
    ...groups.flatMap(({ group_id: group, state, member_count }) => [
      series("group_members", { group }, member_count),
      series("group_state", { group, state }, 1),
    ]),
  ];
}

/** Of each partition of a group: its lag and both of the offsets that it comes from. */
export function lagSeries(group: string, { partitions }: GroupLag): Sample[] {
  return partitions.flatMap(({ topic, partition, current_offset, log_end_offset, lag }) => {
    const labels = { group, topic, partition: String(partition) };
    return [
      series("group_lag", labels, lag),
      series("group_committed_offset", labels, current_offset),
      series("group_end_offset", labels, log_end_offset),
    ];
  });
}

/**
 * `used_bytes` of storage is the data directory's size, not the file system's use
 * (streamline-facts 1.4); 0 as total means that the server could not tell.
 */
export function systemSeries({ memory, storage }: SystemFigures): Sample[] {
  const total = storage.total_bytes;
  return [
    series("server_memory_bytes", {}, memory.used_bytes),
    ...(total > 0
      ? [
          series("data_directory_bytes", {}, storage.used_bytes),
          series("filesystem_size_bytes", {}, total),
        ]
      : []),
  ];
}

/** -1 keeps data forever, as the server has it. */
export function retentionSeries(topic: string, { config }: TopicSettings): Sample[] {
  const { "retention.ms": ms, "retention.bytes": bytes } = config;
  return [
    ...(isNumber(ms)
      ? [series("topic_retention_seconds", { topic }, ms < 0 ? ms : ms / 1_000)]
      : []),
    ...(isNumber(bytes) ? [series("topic_retention_bytes", { topic }, bytes)] : []),
  ];
}

/** Whether the cluster is healthy and has a leader, its term, its voters. */
export function clusterSeries(status: ClusterStatus): Sample[] {
  return [
    series("cluster_healthy", {}, Number(status.healthy)),
    series("cluster_leader_known", {}, Number(status.leader_id !== null)),
    series("cluster_term", {}, status.current_term),
    series("cluster_voters", {}, status.voters.length),
  ];
}

/** How many brokers of the cluster are in each state. */
export function memberSeries({ members }: ClusterMembers): Sample[] {
  return [...Map.groupBy(members, (member) => member.broker_state)].map(([state, each]) =>
    series("cluster_members", { state }, each.length),
  );
}

/** A sample as the bot itself makes it. */
export function series(name: string, labels: Labels, value: number): Sample {
  return { name, labels, value };
}

function isNumber(value: number | undefined): value is number {
  return value !== undefined && Number.isFinite(value);
}

/** Consumer groups and their lag (streamline-facts 1.3; src/server/consumer_api.rs). */
import { type HttpAnswer, jsonAnswer } from "../answer.ts";
import type { Group, GroupReading, Member, ServerState } from "../state.ts";
import type { EndpointView } from "./view.ts";

interface PartitionLagJson {
  readonly topic: string;
  readonly partition: number;
  readonly current_offset: number;
  readonly log_end_offset: number;
  readonly lag: number;
}

/** GET /api/v1/consumer-groups. */
export function listGroups({ state }: EndpointView): HttpAnswer {
  return jsonAnswer(
    state.groups.map((group) => ({
      group_id: group.shape.id,
      state: group.state,
      member_count: group.members.length,
      coordinator: 1,
      protocol_type: "consumer",
    })),
  );
}

/** GET of one group; 404 where it is unknown. */
export function describeGroup({ state, params }: EndpointView): HttpAnswer {
  const group = findGroup(state, params["group"]);
  if (group === undefined) {
    const message = "Consumer group does not exist";
    return jsonAnswer({ error: "GROUP_NOT_FOUND", message }, 404);
  }
  return jsonAnswer({
    group_id: group.shape.id,
    state: group.state,
    protocol_type: "consumer",
    protocol: "range",
    coordinator: 1,
    members: group.members.map(describeMember),
    offsets: lags(group).map(({ topic, partition, current_offset }) => ({
      topic,
      partition,
      committed_offset: current_offset,
      metadata: null,
    })),
  });
}

/**
 * Lag now, from committed offsets. Asking refreshes the group's gauges in /metrics
 * (streamline-facts 1.3, 2.2; src/server/consumer_api.rs:400-434). An unknown group is no error.
 */
export function groupLag({ state, params }: EndpointView): HttpAnswer {
  const id = params["group"] ?? "";
  const group = findGroup(state, id);
  const partitions = group === undefined ? [] : lags(group);
  const stats = statsOf(partitions);
  if (group !== undefined) refreshGauges(state, group, partitions);
  return jsonAnswer({
    group_id: id,
    state: group?.state ?? "Unknown",
    partitions,
    total_lag: stats.total_lag,
    members: group?.members.length ?? 0,
    stats,
  });
}

/** The same for one topic; this one refreshes nothing. */
export function topicLag({ state, params }: EndpointView): HttpAnswer {
  const [id, topic] = [params["group"] ?? "", params["topic"] ?? ""];
  const group = findGroup(state, id);
  const partitions = group === undefined ? [] : lags(group).filter((lag) => lag.topic === topic);
  const stats = statsOf(partitions);
  return jsonAnswer({ group_id: id, topic, partitions, total_lag: stats.total_lag, stats });
}

/**
 * GET /api/v1/consumer-groups/heatmap: groups by topics, each cell the lag and how bad it is
 * (streamline-facts 1.3).
 */
export function heatmap({ state }: EndpointView): HttpAnswer {
  const rows = state.groups.map((group) => lags(group));
  const topics = [...new Set(rows.flat().map(({ topic }) => topic))].sort();
  const cells = rows.map((row) =>
    topics.map((topic) => heatmapCell(row.filter((lag) => lag.topic === topic))),
  );
  return jsonAnswer({ groups: state.groups.map(({ shape }) => shape.id), topics, cells });
}

/** Groups for the dashboard, most lag first (streamline-facts 1.4). */
export function dashboardGroups({ state }: EndpointView): HttpAnswer {
  const groups = state.groups.map((group) => ({
    group_id: group.shape.id,
    state: group.state,
    members: group.members.length,
    subscribed_topics: group.shape.topics,
    total_lag: statsOf(lags(group)).total_lag,
  }));
  return jsonAnswer(groups.sort((a, b) => b.total_lag - a.total_lag));
}

function findGroup(state: ServerState, id: string | undefined): Group | undefined {
  return state.groups.find(({ shape }) => shape.id === id);
}

/** One entry per committed partition, by topic and partition (src/consumer/lag.rs:83-120). */
function lags(group: Group): PartitionLagJson[] {
  return group.readings
    .flatMap((reading) => (reading.committed === undefined ? [] : [lagOf(reading)]))
    .sort((a, b) => a.topic.localeCompare(b.topic) || a.partition - b.partition);
}

function lagOf({ topic, partition, committed = 0 }: GroupReading): PartitionLagJson {
  return {
    topic: topic.shape.name,
    partition: partition.id,
    current_offset: committed,
    log_end_offset: partition.endOffset,
    lag: Math.max(0, partition.endOffset - committed),
  };
}

function statsOf(partitions: readonly PartitionLagJson[]) {
  const all = partitions.map(({ lag }) => lag);
  const total = all.reduce((sum, lag) => sum + lag, 0);
  return {
    max_lag: Math.max(0, ...all),
    min_lag: all.length === 0 ? 0 : Math.min(...all),
    avg_lag: all.length === 0 ? 0 : total / all.length,
    total_lag: total,
    partition_count: all.length,
    lagging_partitions: all.filter((lag) => lag > 0).length,
  };
}

function refreshGauges(
  { recorder }: ServerState,
  group: Group,
  partitions: readonly PartitionLagJson[],
): void {
  const stats = statsOf(partitions);
  for (const reading of group.readings) {
    if (reading.committed === undefined) continue;
    recorder.set("streamline_consumer_group_lag", reading.lagLabels, lagOf(reading).lag);
  }
  recorder.set("streamline_consumer_group_total_lag", group.labels, stats.total_lag);
  recorder.set("streamline_consumer_group_max_lag", group.labels, stats.max_lag);
  recorder.set("streamline_consumer_group_members", group.labels, group.members.length);
  recorder.set("streamline_consumer_group_partitions", group.labels, partitions.length);
}

function heatmapCell(partitions: readonly PartitionLagJson[]) {
  if (partitions.length === 0) return null;
  const { total_lag } = statsOf(partitions);
  return { total_lag, severity: severityOf(total_lag), partition_count: partitions.length };
}

/** src/server/consumer_api.rs:185-203 */
function severityOf(lag: number): "low" | "medium" | "high" | "critical" {
  if (lag <= 100) return "low";
  if (lag <= 1000) return "medium";
  return lag <= 10_000 ? "high" : "critical";
}

function describeMember(member: Member) {
  const byTopic = Map.groupBy(member.readings, ({ topic }) => topic.shape.name);
  const assignments = [...byTopic].map(([topic, readings]) => ({
    topic,
    partitions: readings.map(({ partition }) => partition.id),
  }));
  return {
    member_id: member.id,
    client_id: member.clientId,
    client_host: member.host,
    assignments,
  };
}

/** Raft status and members; 404 on a single node (streamline-facts 1.5). */
import { emptyAnswer, type HttpAnswer, jsonAnswer } from "../answer.ts";
import type { EndpointView } from "./view.ts";

/** Always 200. `committed_log_index` is really the last log index (src/server/raft_cluster_api.rs:128). */
export function clusterStatus({ state, conditions }: EndpointView): HttpAnswer {
  const { cluster, shape } = state;
  if (cluster === undefined || shape.cluster === undefined) return emptyAnswer(404);
  const { nodeId, nodes } = shape.cluster;
  const leaderId = cluster.leaderId;
  const voters = nodeIds(nodes - conditions.cluster.missing);
  return jsonAnswer({
    node_state: nodeState(leaderId, nodeId),
    node_id: nodeId,
    leader_id: leaderId ?? null,
    committed_log_index: cluster.lastLogIndex,
    applied_log_index: cluster.lastLogIndex,
    current_term: cluster.term,
    voters,
    learners: [],
    healthy: leaderId !== undefined,
    health_reason:
      leaderId === undefined
        ? "No leader elected — cluster may be starting or partitioned"
        : "Node is a healthy voting member with an elected leader",
  });
}

/** Brokers stay `Running` in the metadata even when they are dead (streamline-facts 7.4). */
export function clusterMembers({ state, conditions }: EndpointView): HttpAnswer {
  const { cluster, shape } = state;
  if (cluster === undefined || shape.cluster === undefined) return emptyAnswer(404);
  const members = nodeIds(shape.cluster.nodes - conditions.cluster.missing).map((id) => ({
    node_id: id,
    raft_addr: `10.0.5.${id}:9093`,
    role: "voter",
    is_leader: cluster.leaderId === id,
    broker_state: "Running",
    advertised_addr: `10.0.5.${id}:9092`,
  }));
  return jsonAnswer({ members, total: members.length, leader_id: cluster.leaderId ?? null });
}

function nodeState(leaderId: number | undefined, nodeId: number): string {
  if (leaderId === undefined) return "Candidate";
  return leaderId === nodeId ? "Leader" : "Follower";
}

function nodeIds(count: number): number[] {
  return Array.from({ length: Math.max(0, count) }, (_, index) => index + 1);
}

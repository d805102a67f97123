/** The server's periodic work: gauges, history points, memory, Raft (streamline-facts 2.1, 1.3). */
import type { Conditions } from "./conditions.ts";
import type { ServerState } from "./state.ts";
import { crossesMark, partitionBytes } from "./storage.ts";

const UPTIME_EVERY_MS = 10_000;
const TOPICS_EVERY_MS = 30_000;
const HISTORY_EVERY_MS = 5_000;
/** One hour of points (streamline-facts 1.3, metrics history). */
const HISTORY_POINTS = 720;

/** Refreshes what is due since `fromMs`. */
export function advanceBackground(
  state: ServerState,
  conditions: Conditions,
  fromMs: number,
): void {
  if (crossesMark(state, fromMs, UPTIME_EVERY_MS)) recordUptime(state);
  if (crossesMark(state, fromMs, TOPICS_EVERY_MS)) recordTopics(state);
  advanceHistory(state, fromMs);
  advanceMemory(state, conditions);
  advanceCluster(state, conditions);
}

/** The first turn of the periodic tasks comes at once (src/server/mod.rs:891-910). */
export function recordFirstGauges(state: ServerState): void {
  recordUptime(state);
  recordTopics(state);
}

/** Messages that are still stored, over all topics: what the API calls `total_messages`. */
export function totalMessages(state: ServerState): number {
  let total = 0;
  for (const topic of state.topics) {
    for (const { startOffset, endOffset } of topic.partitions) {
      total += Math.max(0, endOffset - startOffset);
    }
  }
  return total;
}

function recordUptime(state: ServerState): void {
  const uptimeMs = state.nowMs - (state.bootMs ?? state.nowMs);
  const refreshedMs = uptimeMs - (uptimeMs % UPTIME_EVERY_MS);
  state.recorder.set("streamline_uptime_seconds", "", refreshedMs / 1000);
}

function recordTopics(state: ServerState): void {
  const { recorder } = state;
  recorder.set("streamline_topics_total", "", state.topics.length);
  for (const topic of state.topics) {
    recorder.set("streamline_partitions_total", topic.labels, topic.partitions.length);
    for (const partition of topic.partitions) {
      recorder.set("streamline_log_size_bytes", partition.labels, partitionBytes(partition));
      recorder.set("streamline_log_end_offset", partition.labels, partition.endOffset);
      recorder.set("streamline_segments_total", partition.labels, partition.sealed.length + 1);
    }
  }
}

/** Rates come from the change of `total_messages`, so retention can make them 0. */
function advanceHistory(state: ServerState, fromMs: number): void {
  const bootMs = state.bootMs ?? state.nowMs;
  const first = Math.floor((fromMs - bootMs) / HISTORY_EVERY_MS) + 1;
  const last = Math.floor((state.nowMs - bootMs) / HISTORY_EVERY_MS);
  if (last < first) return;
  const total = totalMessages(state);
  const previous = state.history.at(-1)?.totalMessages ?? total;
  const messagesPerSecond =
    Math.max(0, total - previous) / ((last - first + 1) * (HISTORY_EVERY_MS / 1000));
  for (let index = Math.max(first, last - HISTORY_POINTS + 1); index <= last; index += 1) {
    const timestamp = Math.round(bootMs + index * HISTORY_EVERY_MS + state.clockOffsetMs);
    const { connections } = state;
    state.history.push({ timestamp, messagesPerSecond, connections, totalMessages: total });
  }
  if (state.history.length > 2 * HISTORY_POINTS) {
    state.history = state.history.slice(-HISTORY_POINTS);
  }
}

function advanceMemory(state: ServerState, conditions: Conditions): void {
  const { baseBytes, perPartitionBytes } = state.shape.memory;
  const partitions = state.topics.reduce((sum, topic) => sum + topic.partitions.length, 0);
  const working = baseBytes + partitions * perPartitionBytes + state.connections * 10_000;
  const wobble = 1 + 0.01 * state.random.normal();
  state.memoryBytes = Math.round(working * wobble + conditions.memoryExtraBytes);
}

/** A new term for every election; the leader changes with it (streamline-facts 1.5, 7.4). */
function advanceCluster(state: ServerState, conditions: Conditions): void {
  const { cluster, shape } = state;
  if (cluster === undefined || shape.cluster === undefined) return;
  const { leaderless, electionEveryMs, missing } = conditions.cluster;
  const present = Math.max(1, shape.cluster.nodes - missing);
  if (leaderless) {
    // Without a majority every candidate raises the term in vain, about every 1.5 s.
    cluster.leaderId = undefined;
    cluster.term += state.random.count(0.6);
    return;
  }
  const due = electionEveryMs > 0 && crossesMark(state, state.nowMs - 1000, electionEveryMs);
  if (due || cluster.leaderId === undefined || cluster.leaderId > present) {
    cluster.term += 1;
    cluster.leaderId = 1 + (cluster.term % present);
  }
  cluster.lastLogIndex += state.random.count(0.2);
}

/**
 * The process: its start with WAL replay, its end with or without a checkpoint
 * (streamline-facts 5.2 to 5.4). Disk contents outlive it; metrics, log ring and history do not.
 */
import { recordFirstGauges } from "./background.ts";
import type { Conditions } from "./conditions.ts";
import { openConnections, recordHandshakes } from "./connections.ts";
import { createLogRing, type LogLine, SERVER_LOG } from "./log-ring.ts";
import { resetMembership } from "./membership.ts";
import { createRecorder } from "./recorder.ts";
import { type ServerState, type Topic, writeLog } from "./state.ts";
import { appendRecords } from "./storage.ts";

const TOPIC = "streamline::storage::topic";
const WAL = "streamline::storage::wal";

/** Ends and starts the process as the conditions ask for; true when it is up afterwards. */
export function advanceProcess(state: ServerState, conditions: Conditions): boolean {
  const wanted = conditions.process === "up";
  if (!wanted && state.bootMs !== undefined) {
    state.endedCleanly = conditions.process === "stopped";
    state.bootMs = undefined;
    state.connections = 0;
    state.heldConnections = 0;
    state.realConnections = 0;
  }
  if (wanted && state.bootMs === undefined) startProcess(state, conditions);
  return wanted;
}

/** Starts the server with empty memory, recovers its disk, and lets the clients come back. */
function startProcess(state: ServerState, conditions: Conditions): void {
  state.bootMs = state.nowMs;
  state.recorder = createRecorder();
  state.log = createLogRing();
  state.history = [];
  openStorage(state);
  if (state.endedCleanly)
    info(state, WAL, "WAL recovery completed successfully", { records_recovered: "0" });
  else replayWal(state, conditions.replayEntries);
  state.endedCleanly = false;
  state.appendsToReplay = 0;
  info(state, "streamline::consumer::coordinator", "Loaded consumer groups", {
    num_groups: String(state.groups.length),
  });
  openListeners(state);
  for (const group of state.groups) resetMembership(group);
  openConnections(state, state.shape.connections.open);
  recordHandshakes(state, state.shape.connections.open);
  recordFirstGauges(state);
}

function openStorage(state: ServerState): void {
  info(state, WAL, "Sharded WAL initialized", { shard_count: "4", strategy: "Topic" });
  info(state, "streamline::storage::checkpoint", "Checkpoint manager initialized", {
    checkpoint_path: `${state.shape.dataDir}/wal/checkpoint.json`,
  });
  for (const topic of state.topics) {
    const name = topic.shape.name;
    for (const partition of topic.partitions) {
      reopenOffset(topic, partition);
      partition.openedAt = partition.endOffset;
      partition.replayed = undefined;
      info(state, "streamline::storage::partition", "Partition opened", {
        topic: name,
        partition: String(partition.id),
        next_offset: String(partition.endOffset),
      });
    }
    info(state, TOPIC, "Topic opened", {
      topic: name,
      partitions: String(topic.partitions.length),
    });
  }
}

/**
 * A Kafka batch is stored as one record with its base offset, so a partition whose last batch held
 * N records reopens N-1 offsets lower (streamline-facts 5.3, "Offsets after any restart").
 */
function reopenOffset({ shape }: Topic, partition: { startOffset: number; endOffset: number }) {
  const lower = partition.endOffset - (shape.recordsPerBatch - 1);
  partition.endOffset = Math.max(partition.startOffset, lower);
}

/**
 * After an unclean end the retained WAL is appended once more: duplicates, one record per batch,
 * counted in the record metrics (streamline-facts 0 row 9, 2.2, 5.3).
 */
function replayWal(state: ServerState, entries: number): void {
  const replayed = state.topics.length === 0 ? 0 : Math.min(entries, state.appendsToReplay);
  info(state, WAL, "WAL recovery completed successfully", { records_recovered: String(replayed) });
  if (replayed === 0) return;
  info(state, TOPIC, "Replaying WAL entries", { entries: String(replayed), after_sequence: "0" });
  const batches = state.topics.map(({ shape }) => shape.recordsPerSecond / shape.recordsPerBatch);
  const allBatches = batches.reduce((sum, rate) => sum + rate, 0);
  state.topics.forEach((topic, index) => {
    const share = (batches[index] ?? 0) / allBatches / topic.partitions.length;
    const records = Math.round(replayed * share);
    const bytes = records * topic.shape.recordsPerBatch * topic.shape.recordBytes;
    for (const partition of topic.partitions) {
      if (records === 0) continue;
      const from = partition.endOffset;
      appendRecords(state, { topic, partition }, { records, bytes });
      partition.replayed = { from, to: partition.endOffset };
    }
  });
  info(state, TOPIC, "WAL recovery complete");
}

/** HTTP is spawned first, but has so much to put together that Kafka's port opens before it. */
function openListeners(state: ServerState): void {
  info(state, SERVER_LOG, "Starting Streamline server", { data_dir: state.shape.dataDir });
  info(state, SERVER_LOG, "Kafka protocol listener started", {
    addr: "0.0.0.0:9092",
    tls: "false",
  });
  info(state, SERVER_LOG, "Transaction timeout checker started");
  info(
    state,
    "streamline::server::http",
    "Starting HTTP API server (metrics, health, REST API, WebSocket, Schema Registry, Consumer " +
      "Groups, Dashboard, Logs, Connections, Alerts, Benchmark, Analytics, Connect)",
    { addr: "0.0.0.0:9094" },
  );
}

function info(
  state: ServerState,
  target: string,
  message: string,
  fields?: LogLine["fields"],
): void {
  writeLog(state, { level: "INFO", target, message, ...(fields && { fields }) });
}

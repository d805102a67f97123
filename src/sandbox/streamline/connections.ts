/** Kafka clients that connect and leave, and those that are thrown out (streamline-facts 7.2). */
import type { Conditions } from "./conditions.ts";
import { LOGGED_PER_STEP, SERVER_LOG } from "./log-ring.ts";
import { logNormal, recordRequests } from "./requests.ts";
import { type ServerState, writeLog } from "./state.ts";

/** Larger requests are not read (streamline-facts 0 row 7). */
export const MAX_REQUEST_BYTES = 1_048_576;

const CONNECTION = "streamline::protocol::kafka::connection";

/** Lets clients come and go for `seconds`. */
export function advanceConnections(
  state: ServerState,
  conditions: Conditions,
  seconds: number,
): void {
  const { connections } = state.shape;
  const churn = connections.perSecond + conditions.connections.extraPerSecond;
  const passing = state.random.count(churn * seconds);
  const wanted = Math.round(
    connections.open + conditions.connections.extra + state.realConnections,
  );
  const arriving = passing + Math.max(0, wanted - state.connections);
  openConnections(state, arriving);
  recordHandshakes(state, arriving);
  closeConnections(state, conditions, passing);
  if (state.connections > wanted) {
    closeConnections(state, conditions, state.connections - wanted);
  }
  refuseOversized(state, conditions, seconds);
  recordMetadata(state, conditions, seconds);
}

/** Accepts clients: both gauges, which only rise, the counter and two log lines each. */
export function openConnections(state: ServerState, count: number): void {
  if (count === 0) return;
  state.connections += count;
  state.heldConnections += count;
  state.recorder.add("streamline_connections_total", "", count);
  recordActive(state);
  const logged = Math.min(count, LOGGED_PER_STEP);
  for (let index = 0; index < logged; index += 1) {
    const peer = randomPeer(state);
    writeLog(state, {
      level: "INFO",
      target: SERVER_LOG,
      message: "Client connected",
      fields: { peer },
    });
    writeLog(state, {
      level: "INFO",
      target: CONNECTION,
      message: "New Kafka client connection",
      fields: { peer: `Some(${peer})` },
    });
  }
  state.log.skip(2 * (count - logged));
}

/**
 * Clients leave. The pipeline gauge takes the depth that the closing connection had reached
 * (streamline-facts 2.2), whatever the others do.
 */
export function closeConnections(state: ServerState, conditions: Conditions, count: number): void {
  if (count === 0) return;
  state.connections = Math.max(0, state.connections - count);
  recordPipelineDepth(state, conditions);
  const logged = Math.min(count, LOGGED_PER_STEP);
  for (let index = 0; index < logged; index += 1) {
    writeLog(state, {
      level: "INFO",
      target: SERVER_LOG,
      message: "Client disconnected",
      fields: { peer: randomPeer(state), duration_secs: String(state.random.count(20)) },
    });
  }
  state.log.skip(count - logged);
}

/**
 * A frame over 1 MiB: its length is counted as received, no request is, and nothing is read from
 * that client any more. Its connection is neither answered nor closed, as a running server showed
 * (streamline-facts 7.2; src/protocol/kafka/connection.rs:115,441-469).
 */
export function ignoreOversized(
  state: ServerState,
  { peer, bytes }: { peer: string; bytes: number },
) {
  state.recorder.add("streamline_bytes_received_total", "", bytes + 4);
  writeLog(state, {
    level: "ERROR",
    target: CONNECTION,
    message: "Message too large",
    fields: { peer: `Some(${peer})`, size: String(bytes), max: String(MAX_REQUEST_BYTES) },
  });
}

function refuseOversized(state: ServerState, { oversized }: Conditions, seconds: number): void {
  const refused = state.random.count(oversized.perSecond * seconds);
  openConnections(state, refused);
  recordHandshakes(state, refused);
  for (let index = 0; index < Math.min(refused, LOGGED_PER_STEP); index += 1) {
    const bytes = Math.round(oversized.bytes * (0.8 + 0.4 * state.random.uniform()));
    ignoreOversized(state, { peer: randomPeer(state), bytes });
  }
  state.connections -= refused;
}

function recordMetadata(state: ServerState, conditions: Conditions, seconds: number): void {
  const refreshes = state.random.count((state.connections * seconds) / 120);
  const partitions = state.topics.reduce((sum, topic) => sum + topic.partitions.length, 0);
  recordRequests(state, "metadata", {
    count: refreshes,
    seconds: logNormal((0.0003 + partitions * 4e-7) * conditions.latencyFactor, 0.4),
    requestBytes: 64,
    responseBytes: 60 + 30 * partitions,
  });
}

/** The first request of every client asks for the versions. */
export function recordHandshakes(state: ServerState, count: number): void {
  recordRequests(state, "api_versions", {
    count,
    seconds: logNormal(0.00015, 0.4),
    requestBytes: 52,
    responseBytes: 430,
  });
}

function recordActive(state: ServerState): void {
  state.recorder.set("streamline_connections_active", "", state.heldConnections);
  state.recorder.set("streamline_active_connections", "", state.heldConnections);
}

function recordPipelineDepth(state: ServerState, { pipelineDepth }: Conditions): void {
  const deep = state.random.uniform() < pipelineDepth.share;
  const depth = deep ? pipelineDepth.max : 1 + Math.floor(state.random.uniform() * 3);
  state.recorder.set("streamline_pipeline_max_concurrent", "", depth);
}

function randomPeer({ random }: ServerState): string {
  const host = 2 + Math.floor(random.uniform() * 40);
  return `10.0.3.${host}:${32_768 + Math.floor(random.uniform() * 28_000)}`;
}

/** Producers: what they send, what storage accepts, and how long it takes. */
import type { Conditions } from "./conditions.ts";
import { LOGGED_PER_STEP } from "./log-ring.ts";
import { logNormal, type QuantileFunction, recordRequests } from "./requests.ts";
import { type Partition, type ServerState, type Topic, WAL_LIMITS, writeLog } from "./state.ts";
import { appendRecords, freeDiskBytes } from "./storage.ts";

/** The default sync interval of the WAL (streamline-facts 4.2). */
const WAL_SYNC_MS = 100;
const BATCH_OVERHEAD_BYTES = 110;

const NO_SPACE = "IO error: No space left on device (os error 28)";
const NO_FILE = "IO error: No such file or directory (os error 2)";
const BACKPRESSURE =
  `Storage error: WAL backpressure: ${WAL_LIMITS.pendingAppends} pending writes exceeds limit of ` +
  `${WAL_LIMITS.pendingAppends}. Call sync() or wait for interval sync to drain the queue.`;

interface Load {
  readonly topic: Topic;
  readonly records: number;
  /** Produce batches, each one WAL append and, here, one request. */
  readonly batches: number;
}

interface ProduceRefusal {
  readonly share: number;
  readonly error: string;
}

/** Lets producers send for `seconds`. */
export function advanceProduce(state: ServerState, conditions: Conditions, seconds: number): void {
  const loads = state.topics.map((topic) => planLoad(state, conditions, { topic, seconds }));
  const storage = storageRefusal(state, conditions);
  const shards = appendsPerShard(loads);
  for (const load of loads) {
    const appends = (shards[load.topic.walShard] ?? 0) / seconds;
    const refusal = storage.share > 0 ? storage : walRefusal(conditions, appends);
    acceptLoad(state, conditions, { load, refusal });
  }
}

function planLoad(
  state: ServerState,
  conditions: Conditions,
  { topic, seconds }: { topic: Topic; seconds: number },
): Load {
  const { shape } = topic;
  topic.drift = 0.9 * topic.drift + 0.02 * state.random.normal();
  const own = conditions.topics.get(shape.name);
  const lively = Math.max(0, 1 + conditions.produce.noise * topic.drift);
  const growth =
    topic === state.topics[0] ? conditions.disk.growthBytesPerSecond / shape.recordBytes : 0;
  const perSecond =
    shape.recordsPerSecond * conditions.produce.factor * (own?.factor ?? 1) * lively + growth;
  const perBatch = own?.recordsPerBatch ?? shape.recordsPerBatch;
  const records = perSecond * seconds;
  return { topic, records, batches: state.random.count(records / perBatch) };
}

function appendsPerShard(loads: readonly Load[]): number[] {
  const shards = Array.from({ length: WAL_LIMITS.shards }, () => 0);
  for (const { topic, batches } of loads) {
    shards[topic.walShard] = (shards[topic.walShard] ?? 0) + batches;
  }
  return shards;
}

function storageRefusal(state: ServerState, conditions: Conditions): ProduceRefusal {
  if (conditions.disk.full || freeDiskBytes(state) === 0) {
    const share = conditions.appendFailure.share > 0 ? conditions.appendFailure.share : 1;
    return { share, error: NO_SPACE };
  }
  if (conditions.appendFailure.share > 0) return conditions.appendFailure;
  return { share: 0, error: NO_FILE };
}

/**
 * A shard takes 1000 appends between two syncs and refuses the rest (streamline-facts 0 row 10,
 * src/storage/wal.rs:709-715). One timer syncs the four shards one after another, so slow syncs
 * stretch the time between two of them.
 */
function walRefusal({ wal }: Conditions, appendsPerSecond: number): ProduceRefusal {
  const cycleMs = Math.max(WAL_SYNC_MS, WAL_LIMITS.shards * wal.fsyncMs);
  const accepted = WAL_LIMITS.pendingAppends / (cycleMs / 1000);
  const share = appendsPerSecond <= accepted ? 0 : 1 - accepted / appendsPerSecond;
  return { share, error: BACKPRESSURE };
}

function acceptLoad(
  state: ServerState,
  conditions: Conditions,
  { load, refusal }: { load: Load; refusal: ProduceRefusal },
): void {
  const { topic, batches } = load;
  const refused = drawRefused(state, batches, refusal.share);
  const accepted = batches === 0 ? 1 - refusal.share : 1 - refused / batches;
  const records = load.records * accepted;
  state.appendsToReplay += batches - refused;
  for (const partition of topic.partitions) {
    const share = partitionShare(conditions, topic, partition);
    const exact = records * share + partition.carry;
    const whole = Math.floor(exact);
    partition.carry = exact - whole;
    if (whole === 0) continue;
    const bytes = whole * topic.shape.recordBytes;
    appendRecords(state, { topic, partition }, { records: whole, bytes });
  }
  logRefusals(state, topic, { count: refused, error: refusal.error });
  recordProduceRequests(state, conditions, load);
}

function drawRefused(state: ServerState, batches: number, share: number): number {
  if (share === 0 || share >= 1) return batches * share;
  return Math.min(batches, state.random.count(batches * share));
}

function partitionShare(conditions: Conditions, { shape }: Topic, { id }: Partition): number {
  const even = 1 / shape.partitions;
  const hot = conditions.topics.get(shape.name)?.hotPartitionShare;
  if (hot === undefined || shape.partitions === 1) return even;
  return id === 0 ? hot : (1 - hot) / (shape.partitions - 1);
}

/** The client gets error 1 OFFSET_OUT_OF_RANGE for each (streamline-facts 7, Kafka error mapping). */
function logRefusals(
  state: ServerState,
  topic: Topic,
  { count, error }: { count: number; error: string },
): void {
  const logged = Math.min(count, LOGGED_PER_STEP);
  for (let index = 0; index < logged; index += 1) {
    const partition = topic.partitions[index % topic.partitions.length];
    writeLog(state, {
      level: "ERROR",
      target: "streamline::protocol::kafka::data_plane",
      message: "Failed to append batch",
      fields: { topic: topic.shape.name, partition: String(partition?.id ?? 0), error },
    });
  }
  state.log.skip(count - logged);
}

function recordProduceRequests(state: ServerState, conditions: Conditions, load: Load): void {
  const { batches, records } = load;
  if (batches === 0) return;
  const batchBytes = (records / batches) * load.topic.shape.recordBytes + BATCH_OVERHEAD_BYTES;
  recordRequests(state, "produce", {
    count: batches,
    seconds: produceSeconds(conditions),
    requestBytes: logNormal(batchBytes, 0.1),
    responseBytes: 62,
  });
}

/**
 * An append that meets the sync of its shard waits for the rest of that sync: the lock is held
 * (streamline-facts 7.3, slow fsync; src/storage/wal.rs:1319-1323).
 */
function produceSeconds({ wal, latencyFactor }: Conditions): QuantileFunction {
  const undisturbed = logNormal(0.0009 * latencyFactor, 0.55);
  const cycleMs = Math.max(WAL_SYNC_MS, WAL_LIMITS.shards * wal.fsyncMs);
  const meetsSync = wal.fsyncMs / cycleMs;
  return (u) => {
    const late = (u - (1 - meetsSync)) / meetsSync;
    return undisturbed(u) + (late > 0 ? (late * wal.fsyncMs) / 1000 : 0);
  };
}

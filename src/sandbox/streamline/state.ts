/** The simulated server's state: what its disk holds, what its memory holds, who is connected. */
import { createLogRing, type LogLine, type LogRing } from "./log-ring.ts";
import type { Random } from "./random.ts";
import { createRecorder, formatLabels, type LabelText, type Recorder } from "./recorder.ts";
import type { GroupShape, Shape, TopicShape } from "./shape.ts";

interface Segment {
  readonly bytes: number;
  readonly records: number;
  readonly sealedAtMs: number;
}

export interface Partition {
  readonly topic: string;
  readonly id: number;
  readonly labels: LabelText;
  startOffset: number;
  endOffset: number;
  sealed: Segment[];
  activeBytes: number;
  activeRecords: number;
  sealedBytes: number;
  /** The fraction of a record that the last step left over. */
  carry: number;
  /** Where it was opened; undefined once it has been written to since. */
  openedAt: number | undefined;
  /** Records of the newest segment that no fetch finds, from one offset until before another. */
  hidden: OffsetRange | undefined;
  /** What the last start appended once more from the log. */
  replayed: OffsetRange | undefined;
}

interface OffsetRange {
  readonly from: number;
  readonly to: number;
}

export interface Topic {
  readonly shape: TopicShape;
  readonly labels: LabelText;
  /** Index of the WAL shard that all its partitions share (streamline-facts 4.2, 8.1). */
  readonly walShard: number;
  readonly partitions: readonly Partition[];
  /** How far the load is from its mean at the moment, as a share. */
  drift: number;
}

/** A partition as one group sees it. */
export interface GroupReading {
  readonly topic: Topic;
  readonly partition: Partition;
  readonly lagLabels: LabelText;
  position: number;
  /** undefined until the first commit. */
  committed: number | undefined;
}

export interface Member {
  readonly id: string;
  readonly clientId: string;
  readonly host: string;
  readings: GroupReading[];
  /** Where its commits lie within the commit interval. */
  readonly commitPhaseMs: number;
}

export interface Group {
  readonly shape: GroupShape;
  readonly labels: LabelText;
  readonly readings: readonly GroupReading[];
  state: "Empty" | "PreparingRebalance" | "CompletingRebalance" | "Stable" | "Dead";
  members: Member[];
  generation: number;
  rebalance: { startedMs: number; endsMs: number } | undefined;
  lastRebalanceMs: number;
  /** The rewind that was already carried out, by its moment. */
  rewoundAtMs: number | undefined;
}

interface HistoryPoint {
  readonly timestamp: number;
  readonly messagesPerSecond: number;
  /** Kept to compute the next rate; the API does not show it. */
  readonly totalMessages: number;
  readonly connections: number;
}

export interface ServerState {
  readonly shape: Shape;
  readonly random: Random;
  nowMs: number;
  /** How far the machine's wall clock is off; uptime does not feel it. */
  clockOffsetMs: number;
  /** When the process started; undefined while it is down. */
  bootMs: number | undefined;
  /** Whether its last end wrote a checkpoint, which decides about WAL replay. */
  endedCleanly: boolean;
  /** WAL entries since the last checkpoint, which only a clean end or a replay writes. */
  appendsToReplay: number;
  recorder: Recorder;
  log: LogRing;
  history: HistoryPoint[];
  readonly topics: readonly Topic[];
  readonly groups: readonly Group[];
  connections: number;
  /** Counted as active: a connection that its client closed is never freed before the restart. */
  heldConnections: number;
  /** How many of them are real sockets; the others are simulated clients. */
  realConnections: number;
  walBytes: number;
  memoryBytes: number;
  cluster: { term: number; leaderId: number | undefined; lastLogIndex: number } | undefined;
}

/** Four shards of one current and five archived files of 100 MiB (streamline-facts 4.2, 5.2). */
export const WAL_LIMITS = { shards: 4, retainedBytes: 4 * 6 * 104_857_600, pendingAppends: 1000 };

/** An unstarted server with its data directory as the shape says. */
export function createState(shape: Shape, random: Random, nowMs: number): ServerState {
  const topics = shape.topics.map((topic) => createTopic(topic, nowMs));
  return {
    shape,
    random,
    nowMs,
    clockOffsetMs: 0,
    bootMs: undefined,
    endedCleanly: true,
    appendsToReplay: 0,
    recorder: createRecorder(),
    log: createLogRing(),
    history: [],
    topics,
    groups: shape.groups.map((group) => createGroup(group, topics)),
    connections: 0,
    heldConnections: 0,
    realConnections: 0,
    walBytes: topics.length === 0 ? 0 : WAL_LIMITS.retainedBytes,
    memoryBytes: shape.memory.baseBytes,
    cluster: shape.cluster && { term: 3, leaderId: 1, lastLogIndex: 1200 },
  };
}

/** The same server, which goes on by itself, with its own chance from here on. */
export function copyState(state: ServerState, random: Random): ServerState {
  const { shape, random: _ownChance, recorder, log, ...rest } = state;
  // Readings and topics share their partitions, and go on sharing them: they are copied as one.
  return { ...structuredClone(rest), shape, random, recorder: recorder.copy(), log: log.copy() };
}

/** Writes a line to the log ring, stamped with the server's own clock. */
export function writeLog(state: ServerState, line: LogLine): void {
  state.log.write(line, Math.round(state.nowMs + state.clockOffsetMs));
}

function createTopic(shape: TopicShape, nowMs: number): Topic {
  return {
    shape,
    labels: formatLabels({ topic: shape.name }),
    walShard: Number(fnv1a(shape.name) % BigInt(WAL_LIMITS.shards)),
    partitions: Array.from({ length: shape.partitions }, (_, id) =>
      createPartition(shape, id, nowMs),
    ),
    drift: 0,
  };
}

/** The server picks a topic's shard by FNV-1a of its name (src/storage/wal.rs:1122-1150). */
function fnv1a(name: string): bigint {
  return Buffer.from(name).reduce(
    (hash, byte) => BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n),
    0xcbf29ce484222325n,
  );
}

function createPartition(shape: TopicShape, id: number, nowMs: number): Partition {
  const recordsPerSecond = shape.recordsPerSecond / shape.partitions;
  const stored = Math.floor(recordsPerSecond * shape.storedSeconds);
  const perSegment = Math.max(1, Math.floor(shape.segmentBytes / shape.recordBytes));
  const segments = Math.floor(stored / perSegment);
  const sealed = Array.from({ length: segments }, (_, index) => ({
    bytes: perSegment * shape.recordBytes,
    records: perSegment,
    sealedAtMs: nowMs - ((segments - index - 1) * perSegment * 1000) / recordsPerSecond,
  }));
  const activeRecords = stored - segments * perSegment;
  // Older data has come and gone: offsets do not begin at 0 on a server that has been in use.
  const startOffset = shape.retentionMs < 0 ? 0 : stored * 4;
  return {
    topic: shape.name,
    id,
    labels: formatLabels({ topic: shape.name, partition: String(id) }),
    startOffset,
    endOffset: startOffset + stored,
    sealed,
    activeBytes: activeRecords * shape.recordBytes,
    activeRecords,
    sealedBytes: segments * perSegment * shape.recordBytes,
    carry: 0,
    openedAt: undefined,
    hidden: undefined,
    replayed: undefined,
  };
}

function createGroup(shape: GroupShape, topics: readonly Topic[]): Group {
  const readings = topics
    .filter((topic) => shape.topics.includes(topic.shape.name))
    .flatMap((topic) =>
      topic.partitions.map((partition) => createReading(shape, topic, partition)),
    );
  return {
    shape,
    labels: formatLabels({ group: shape.id }),
    readings,
    state: "Empty",
    members: [],
    generation: 0,
    rebalance: undefined,
    lastRebalanceMs: 0,
    rewoundAtMs: undefined,
  };
}

function createReading(shape: GroupShape, topic: Topic, partition: Partition): GroupReading {
  const { name } = topic.shape;
  return {
    topic,
    partition,
    lagLabels: formatLabels({ group: shape.id, topic: name, partition: String(partition.id) }),
    position: partition.endOffset,
    committed: partition.endOffset,
  };
}

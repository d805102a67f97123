/** Partitions on disk: appends, segment rolls, retention, and what the data directory takes. */
import type { Conditions } from "./conditions.ts";
import { type Partition, type ServerState, type Topic, WAL_LIMITS } from "./state.ts";

/** Retention runs every 5 minutes (streamline-facts 7.3, disk full). */
const RETENTION_EVERY_MS = 300_000;

export interface Append {
  readonly records: number;
  readonly bytes: number;
}

/** Appends records and counts them as `Partition::append_batch` does (streamline-facts 2.2). */
export function appendRecords(
  state: ServerState,
  { topic, partition }: { topic: Topic; partition: Partition },
  { records, bytes }: Append,
): void {
  if (records > 0) hideOlder(partition);
  partition.endOffset += records;
  partition.activeRecords += records;
  partition.activeBytes += bytes;
  if (partition.activeBytes >= topic.shape.segmentBytes) sealSegment(partition, state.nowMs);
  state.walBytes = Math.min(WAL_LIMITS.retainedBytes, state.walBytes + bytes);
  state.recorder.add("streamline_bytes_in_total", topic.labels, bytes);
  state.recorder.add("streamline_records_total", partition.labels, records);
}

/**
 * The index of the newest segment is in memory only: the first write after a start is its first entry,
 * at which every fetch of an older offset of that segment then begins (streamline-facts S5).
 */
function hideOlder(partition: Partition): void {
  const { openedAt, activeRecords } = partition;
  if (openedAt === undefined) return;
  partition.openedAt = undefined;
  partition.hidden = { from: openedAt - activeRecords, to: openedAt };
}

/** Removes expired segments, whenever a step crosses the 5-minute mark of the server's uptime. */
export function advanceRetention(state: ServerState, conditions: Conditions, fromMs: number): void {
  if (conditions.dataDirectory === "gone") return;
  if (!crossesMark(state, fromMs, RETENTION_EVERY_MS)) return;
  for (const topic of state.topics) {
    if (topic.shape.retentionMs < 0) continue;
    const expiredBefore = state.nowMs - topic.shape.retentionMs;
    for (const partition of topic.partitions) dropExpired(partition, expiredBefore);
  }
}

/** Whether the server's uptime passed a multiple of `everyMs` in the step that began at `fromMs`. */
export function crossesMark(state: ServerState, fromMs: number, everyMs: number): boolean {
  const bootMs = state.bootMs ?? state.nowMs;
  return Math.floor((state.nowMs - bootMs) / everyMs) > Math.floor((fromMs - bootMs) / everyMs);
}

/** What a partition takes on disk, in bytes: its sealed segments and the active one. */
export function partitionBytes(partition: Partition): number {
  return partition.sealedBytes + partition.activeBytes;
}

/** The size of the data directory: segments and retained WAL. */
export function dataDirectoryBytes(state: ServerState): number {
  let bytes = state.walBytes;
  for (const topic of state.topics) {
    for (const partition of topic.partitions) bytes += partitionBytes(partition);
  }
  return bytes;
}

/** What is left on the file system, never below 0. */
export function freeDiskBytes(state: ServerState): number {
  const { totalBytes, otherBytes } = state.shape.disk;
  return Math.max(0, totalBytes - otherBytes - dataDirectoryBytes(state));
}

function sealSegment(partition: Partition, nowMs: number): void {
  partition.sealed.push({
    bytes: partition.activeBytes,
    records: partition.activeRecords,
    sealedAtMs: nowMs,
  });
  partition.sealedBytes += partition.activeBytes;
  partition.activeBytes = 0;
  partition.activeRecords = 0;
}

/** The newest sealed segment always stays, and so does the active one (streamline-facts 7.3). */
function dropExpired(partition: Partition, expiredBefore: number): void {
  const newest = partition.sealed.length - 1;
  const firstKept = partition.sealed.findIndex(
    (segment, index) => index === newest || segment.sealedAtMs >= expiredBefore,
  );
  for (const segment of partition.sealed.splice(0, Math.max(0, firstKept))) {
    partition.startOffset += segment.records;
    partition.sealedBytes -= segment.bytes;
  }
}

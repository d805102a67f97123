/** Consumer groups: fetching, committing, and the lag gauges that only a commit moves. */
import type { Conditions, GroupCondition } from "./conditions.ts";
import { recordStaleHits } from "./fetch-cache.ts";
import { advanceMembership } from "./membership.ts";
import { logNormal, recordRequests } from "./requests.ts";
import type { Group, GroupReading, Member, Partition, ServerState } from "./state.ts";

const FETCHES_PER_MEMBER_PER_SECOND = 12;
const HEARTBEATS_PER_MEMBER_PER_SECOND = 1 / 3;
/**
 * What each fetch of a replayed batch brings, which the client then throws away: 1.2 MB a second over
 * 7 fetches in a recording (kill9-once-replay), fifty times what came in.
 */
const REPLAYED_BYTES_PER_FETCH = 170_000;
/** A reader that keeps up is this far behind, in seconds of its partition's load. */
const KEEPING_UP_S = 0.2;

interface Step {
  readonly seconds: number;
  readonly conditions: Conditions;
}

/** Lets all groups read and commit for `seconds`. */
export function advanceConsume(state: ServerState, conditions: Conditions, seconds: number): void {
  for (const group of state.groups) {
    const own = conditions.groups.get(group.shape.id);
    advanceMembership(state, group, own);
    rewindOffsets(group, own);
    if (group.state !== "Stable" || own?.diedAtMs !== undefined) continue;
    readAndCommit(state, group, { seconds, conditions });
  }
  recordStaleHits(state, conditions, seconds);
}

/** An operator sets the offsets back; done once per rewind. */
function rewindOffsets(group: Group, own: GroupCondition | undefined): void {
  const rewind = own?.rewind;
  if (rewind === undefined || group.rewoundAtMs === rewind.atMs) return;
  group.rewoundAtMs = rewind.atMs;
  for (const reading of group.readings) {
    const back = Math.floor(ratePerSecond(reading) * rewind.seconds);
    reading.position = Math.max(reading.partition.startOffset, reading.partition.endOffset - back);
    reading.committed = reading.position;
  }
}

function readAndCommit(state: ServerState, group: Group, { seconds, conditions }: Step): void {
  const own = conditions.groups.get(group.shape.id);
  const stuck = Math.round((own?.stuckShare ?? 0) * group.members.length);
  let readBytes = 0;
  group.members.forEach((member, index) => {
    if (index < stuck) return;
    for (const reading of member.readings) {
      readBytes +=
        own?.sticksAtReplay === true && isAtReplay(reading)
          ? readAgain(state, reading, seconds)
          : readRecords(state, reading, readLimit(group, own, { reading, seconds }));
    }
    if (isCommitDue(state, group, { member, seconds }))
      commit(state, conditions, { group, member });
  });
  const reading = group.members.length - stuck;
  recordFetches(state, conditions, { members: reading, readBytes, seconds });
  recordHeartbeats(state, group.members.length * seconds * HEARTBEATS_PER_MEMBER_PER_SECOND);
}

function isCommitDue(
  state: ServerState,
  { shape }: Group,
  { member, seconds }: { member: Member; seconds: number },
): boolean {
  const turn = (ms: number) => Math.floor((ms + member.commitPhaseMs) / shape.commitEveryMs);
  return turn(state.nowMs) > turn(state.nowMs - seconds * 1000);
}

/** How many records one reading may take in this step. */
function readLimit(
  group: Group,
  own: GroupCondition | undefined,
  { reading, seconds }: { reading: GroupReading; seconds: number },
): number {
  const speed = own?.speed ?? group.shape.headroom;
  return Math.max(1, Math.floor(ratePerSecond(reading) * speed * seconds));
}

/** The load that a partition gets in normal times; a reader's capacity is a multiple of it. */
function ratePerSecond({ topic }: GroupReading): number {
  return topic.shape.recordsPerSecond / topic.shape.partitions;
}

function isAtReplay({ partition: { replayed }, position }: GroupReading): boolean {
  return replayed !== undefined && position < replayed.to;
}

/** The offset stays where it is (streamline-facts S5), and the bytes are sent each time. */
function readAgain(state: ServerState, { topic }: GroupReading, seconds: number): number {
  const fetches = state.random.count(FETCHES_PER_MEMBER_PER_SECOND * seconds);
  const bytes = fetches * REPLAYED_BYTES_PER_FETCH;
  if (bytes > 0) state.recorder.add("streamline_bytes_out_total", topic.labels, bytes);
  return bytes;
}

/** Where a fetch of that offset really begins: after what expired, and after what is hidden. */
function readableFrom({ startOffset, hidden }: Partition, position: number): number {
  const from = Math.max(position, startOffset);
  return hidden !== undefined && from >= hidden.from && from < hidden.to ? hidden.to : from;
}

function readRecords(state: ServerState, reading: GroupReading, limit: number): number {
  const { partition, topic } = reading;
  const behind = Math.floor(ratePerSecond(reading) * KEEPING_UP_S * state.random.uniform());
  const from = readableFrom(partition, reading.position);
  const records = Math.max(0, Math.min(partition.endOffset - behind - from, limit));
  reading.position = from + records;
  const bytes = records * topic.shape.recordBytes;
  if (bytes > 0) state.recorder.add("streamline_bytes_out_total", topic.labels, bytes);
  return bytes;
}

/**
 * One OffsetCommit of one member. The gauges move here and on GET lag only, and the group's
 * total and maximum cover this one request and are written only above 0 (streamline-facts 2.2;
 * src/protocol/kafka/consumer_groups.rs:552-601).
 */
function commit(
  state: ServerState,
  conditions: Conditions,
  { group, member }: { group: Group; member: Member },
): void {
  let total = 0;
  let max = 0;
  for (const reading of member.readings) {
    reading.committed = reading.position;
    // Offsets are kept in memory before they are saved, so without a data directory the commit
    // fails but the lag endpoint goes on as if it had not (src/consumer/coordinator.rs:872-905).
    if (conditions.dataDirectory === "gone") continue;
    const lag = Math.max(0, reading.partition.endOffset - reading.position);
    state.recorder.set("streamline_consumer_group_lag", reading.lagLabels, lag);
    state.recorder.set("kafka_consumer_consumer_lag", reading.lagLabels, lag);
    total += lag;
    max = Math.max(max, lag);
  }
  if (total > 0) {
    state.recorder.set("streamline_consumer_group_total_lag", group.labels, total);
    state.recorder.set("streamline_consumer_group_max_lag", group.labels, max);
    state.recorder.set("kafka_consumer_consumer_lag_max", group.labels, max);
  }
  const bytes = 90 + 12 * member.readings.length;
  recordRequests(state, "unknown", {
    count: 1,
    seconds: logNormal(0.002 * conditions.latencyFactor, 0.4),
    requestBytes: bytes,
    responseBytes: bytes - 40,
  });
}

function recordFetches(
  state: ServerState,
  conditions: Conditions,
  { members, readBytes, seconds }: { members: number; readBytes: number; seconds: number },
): void {
  const fetches = state.random.count(members * FETCHES_PER_MEMBER_PER_SECOND * seconds);
  if (fetches === 0) return;
  const bytesPerFetch = Math.max(80, readBytes / fetches);
  recordRequests(state, "fetch", {
    count: fetches,
    seconds: logNormal(0.0006 * conditions.latencyFactor, 0.6),
    requestBytes: 128,
    responseBytes: logNormal(bytesPerFetch, 0.3),
  });
  const { recorder } = state;
  // Hits and free buffers have a name in the source and were never seen: no buffer comes back.
  const missed = Math.min(fetches, state.random.count(fetches * 0.98));
  recorder.add("streamline_zerocopy_buffer_pool_misses", "", missed);
  if (conditions.responseCache.enabled) {
    recorder.add("streamline_zerocopy_response_cache_misses", "", fetches);
  }
}

function recordHeartbeats(state: ServerState, mean: number): void {
  recordRequests(state, "unknown", {
    count: state.random.count(mean),
    seconds: logNormal(0.0003, 0.5),
    requestBytes: 96,
    responseBytes: 18,
  });
}

/** Faults of disk, WAL and memory (streamline-facts 7.3). */
import { topicCondition } from "../conditions.ts";
import { AT_ONCE, minutes, type Scenario, smallTopic } from "./scenario.ts";

const MIB = 1_048_576;

export const storage: readonly Scenario[] = [
  {
    id: "disk-full",
    title: "Disk full",
    about: "Appends fail with os error 28; producers see OFFSET_OUT_OF_RANGE; /health stays 200.",
    source: "streamline-facts 7.3 (disk full on produce); src/protocol/kafka/data_plane.rs:425-433",
    kind: "fault",
    magnitudes: { mild: 0.3, severe: 1, meaning: "share of appends that fail" },
    onset: AT_ONCE,
    apply(conditions, { magnitude }) {
      conditions.disk.full = true;
      conditions.appendFailure.share = magnitude;
    },
  },
  {
    id: "disk-filling",
    title: "Disk filling",
    about: "The data directory grows at a pace that fills the disk soon.",
    source:
      "streamline-facts 1.4 (dashboard/system), 7.3 (disk full), 4.2 (kept for ever by default)",
    kind: "fault",
    magnitudes: { mild: 240, severe: 45, meaning: "minutes from onset until the disk is full" },
    onset: { rampMs: 0, visibleAfterMs: minutes(10) },
    apply(conditions, { magnitude, freeBytesAtOnset }) {
      conditions.disk.growthBytesPerSecond = freeBytesAtOnset / (magnitude * 60);
    },
  },
  {
    id: "slow-wal-sync",
    title: "Slow WAL sync",
    about: "Each sync of a WAL shard takes long while it holds the lock that appends need.",
    source: "streamline-facts 7.3 (slow fsync); src/storage/wal.rs:737-749,1319-1323",
    kind: "fault",
    magnitudes: { mild: 250, severe: 1_500, meaning: "milliseconds that one shard's sync takes" },
    onset: { rampMs: 0, visibleAfterMs: minutes(6) },
    apply(conditions, { magnitude }) {
      conditions.wal.fsyncMs = magnitude;
    },
  },
  {
    id: "wal-backpressure",
    title: "WAL backpressure",
    about: "One topic sends so many small batches that its WAL shard refuses the rest.",
    source: "streamline-facts 0 row 10, 7.3 (WAL backpressure); src/storage/wal.rs:709-715",
    kind: "fault",
    magnitudes: { mild: 1.15, severe: 2, meaning: "times the 10,000 appends/s that a shard takes" },
    onset: { rampMs: 0, visibleAfterMs: minutes(6) },
    apply(conditions, { magnitude, shape }) {
      const topic = smallTopic(shape);
      if (topic === undefined) return;
      const own = topicCondition(conditions, topic.name);
      own.factor *= (magnitude * 10_000) / topic.recordsPerSecond;
      own.recordsPerBatch = 1;
    },
  },
  {
    id: "append-failures",
    title: "Storage refuses appends",
    about: "The disk returns I/O errors; each append that meets one is lost to its producer.",
    source: "streamline-facts 7 (a failed append answers 1 OFFSET_OUT_OF_RANGE), 2.5, 7.3",
    kind: "fault",
    magnitudes: { mild: 0.02, severe: 0.5, meaning: "share of appends that fail" },
    onset: { rampMs: 0, visibleAfterMs: minutes(6) },
    apply(conditions, { magnitude }) {
      const error = "IO error: Input/output error (os error 5)";
      conditions.appendFailure = { share: magnitude, error };
    },
  },
  {
    id: "memory-growth",
    title: "Memory growth",
    about: "Resident memory rises without end; only the dashboard's system figures show it.",
    source: "streamline-facts 7.3 (out of memory), 1.4 (dashboard/system memory)",
    kind: "fault",
    magnitudes: { mild: 6, severe: 60, meaning: "MiB more per minute" },
    onset: { rampMs: 0, visibleAfterMs: minutes(20) },
    apply(conditions, { magnitude, elapsedMs }) {
      conditions.memoryExtraBytes = (magnitude * MIB * elapsedMs) / 60_000;
    },
  },
];

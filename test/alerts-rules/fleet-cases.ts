/** The servers of the fleet: what is wrong with each, and which rules must tell of it. */
import { SHAPES, type Shape } from "../../src/sandbox/streamline/shape.ts";

export interface FleetCase {
  readonly name: string;
  /** Scenario to magnitude. */
  readonly faults: Readonly<Record<string, number | "mild" | "severe">>;
  /** Rules that must fire for this server, and clear when the faults are over. */
  readonly expects: readonly string[];
  readonly shape?: Shape;
  /** Whether somebody asks its lag endpoint every second from the beginning. */
  readonly isAsked?: boolean;
  /** How many times faster its clock goes. @default 1 */
  readonly pace?: number;
  /** Days until its certificate ends, while the faults last. */
  readonly certificateDays?: number;
  /** Seconds after which its faults end before those of the others: its disk must not be full. */
  readonly lasts?: number;
  /** Whether a build that records the metrics of a cluster runs there, and is broken meanwhile. */
  readonly isRecording?: boolean;
}

const GIB = 1_073_741_824;

/** About 33 GiB of data on a disk that is two thirds full, so that growth shows within seconds. */
const SMALL_DISK: Shape = {
  ...SHAPES.shop,
  topics: SHAPES.shop.topics.map((topic) => ({ ...topic, storedSeconds: topic.storedSeconds / 5 })),
  disk: { totalBytes: 100 * GIB, otherBytes: 35 * GIB },
};

export const FLEET: readonly FleetCase[] = [
  // Nothing is wrong with these two, and nothing may be said of them.
  { name: "steady", faults: {}, expects: [], isAsked: true },
  { name: "deploy", faults: { deploy: "severe" }, expects: [], isAsked: true },
  {
    name: "down",
    faults: { "server-down": "mild" },
    expects: ["StreamlineDown", "KafkaDown", "AvailabilityBudgetBurn"],
  },
  { name: "http-down", faults: { "http-down": "severe" }, expects: ["StreamlineDown", "HttpDown"] },
  {
    name: "unreadable",
    faults: { "metrics-flood": "mild" },
    expects: ["MetricsUnreadable", "CertificateExpiring"],
    certificateDays: 3,
  },
  { name: "foreign", faults: { "foreign-service": "severe" }, expects: ["ForeignService"] },
  { name: "http-slow", faults: { "http-slow": 2.5 }, expects: ["HttpSlow"] },
  {
    name: "no-directory",
    faults: { "data-directory-gone": "mild" },
    expects: ["DataDirectoryGone"],
  },
  {
    name: "crashing",
    // Up for 6 s of 7.5, in which its gauge of uptime rises to 20.
    faults: { "crash-loop": 30 },
    expects: ["CrashLoop", "ServerRestarted", "ScrapeUnreliable"],
    pace: 4,
  },
  {
    name: "full",
    faults: { "disk-full": "severe" },
    expects: ["DiskFull", "DiskSpaceLow", "AppendFailures"],
  },
  {
    name: "filling",
    faults: { "disk-filling": 2.5, "memory-growth": 500 },
    expects: ["DiskFilling", "DataGrowth", "MemoryGrowth", "MemoryLow"],
    shape: SMALL_DISK,
    lasts: 76,
  },
  {
    name: "slow-sync",
    faults: { "slow-wal-sync": "severe" },
    expects: ["HighProduceLatency", "SlowWalSync", "ProduceLatencyBudgetBurn"],
    // Its quantiles cover 60 s of its own time.
    pace: 3,
  },
  { name: "saturated", faults: { saturated: "severe" }, expects: ["ServerSaturated"], pace: 3 },
  {
    name: "backpressure",
    faults: { "wal-backpressure": "severe" },
    expects: ["WalBackpressure", "TinyBatches"],
  },
  {
    name: "clients",
    faults: { "connection-churn": "mild", "pipeline-limit": 1, "stale-fetch-cache": "severe" },
    expects: ["ConnectionChurn", "PipelineLimit", "StaleFetchCache", "SendfileCorruption"],
  },
  {
    name: "leaking",
    faults: { "connection-growth": "severe", "oversized-requests": "severe" },
    expects: ["ConnectionGrowth", "OversizedRequests"],
  },
  {
    name: "hot",
    faults: { "hot-topic": "severe", "hot-partition": "severe" },
    expects: ["HotTopic", "HotPartition"],
  },
  {
    name: "slow-reader",
    faults: { "consumer-slow": "severe" },
    expects: ["ConsumerLag", "ConsumerSlow"],
  },
  {
    name: "hung-reader",
    faults: { "consumer-stopped": "severe" },
    expects: ["ConsumerStopped", "LagGaugesStale"],
  },
  {
    name: "no-readers",
    faults: { "group-without-members": 1 },
    expects: ["GroupWithoutMembers", "ConsumerStopped"],
    isAsked: true,
  },
  {
    name: "groups",
    faults: {
      "rebalance-storm": 3,
      // 76% of what is stored: little enough to fall below 75% again soon after the fault.
      "lag-outlives-retention": 0.84,
      "transactions-timing-out": "severe",
    },
    expects: ["RebalanceStorm", "LagOutlivesRetention", "TransactionTimeouts", "ProducersFenced"],
  },
  {
    name: "recording",
    faults: {},
    isRecording: true,
    expects: [
      "RequestErrors",
      "ReplicationLag",
      "RaftApplyBehind",
      "UnderReplicatedPartitions",
      "OfflinePartitions",
    ],
  },
];

/** Rules that speak of a cluster as a whole. */
export const OF_CLUSTER = ["ClusterWithoutLeader", "ClusterElections", "ClusterMemberMissing"];

/**
 * The circumstances under which the server runs right now: normal ones, or what the faults that
 * are switched on make of them. Rebuilt for every step, so clearing a fault restores everything.
 */

export interface Conditions {
  /** `killed`: ended without a checkpoint. `stopped`: ended by SIGINT, with one. */
  process: "up" | "killed" | "stopped";
  /** At most so many WAL entries are retained, found and replayed after an unclean end. */
  replayEntries: number;
  http: HttpCondition;
  kafka: { delayMs: number };
  exposition: ExpositionCondition;
  dataDirectory: "present" | "gone";
  disk: { full: boolean; growthBytesPerSecond: number };
  wal: { fsyncMs: number };
  /** The share of appends that storage refuses, with the error the server logs. */
  appendFailure: { share: number; error: string };
  produce: {
    factor: number;
    /** How lively the load is; 0 is a ruler-straight line. */
    noise: number;
  };
  /** By topic name. */
  topics: Map<string, TopicCondition>;
  /** Every request takes this many times as long. */
  latencyFactor: number;
  oversized: { perSecond: number; bytes: number };
  connections: { extra: number; extraPerSecond: number };
  pipelineDepth: { max: number; share: number };
  responseCache: { enabled: boolean; staleHitsPerSecond: number };
  /** By group id. */
  groups: Map<string, GroupCondition>;
  transactions: { timeoutsPerMinute: number; staleEpochsPerSecond: number };
  memoryExtraBytes: number;
  clockOffsetMs: number;
  cluster: { leaderless: boolean; electionEveryMs: number; missing: number };
}

interface HttpCondition {
  /**
   * `real` answers as Streamline does; `refused` has no listener; `hanging` accepts and never
   * answers; `garbage` answers 200 with bytes; `not-http` speaks no HTTP; the two others are
   * foreign services that happen to hold the port.
   */
  mode:
    | "real"
    | "refused"
    | "hanging"
    | "garbage"
    | "not-http"
    | "foreign-page"
    | "foreign-metrics";
  delayMs: number;
}

export interface ExpositionCondition {
  /** Bytes of further series after the real ones. */
  extraBytes: number;
  dropped: readonly string[];
  /** Prefix that takes the place of `streamline_`. */
  prefix: string;
}

export interface TopicCondition {
  factor: number;
  recordsPerBatch: number | undefined;
  /** The share of the topic's load that partition 0 gets, if not its even one. */
  hotPartitionShare: number | undefined;
}

export type RebalanceCause = "expired" | "left";

export interface GroupCondition {
  /** Reads at most this share of what its topics take in; undefined: as fast as it can. */
  speed: number | undefined;
  /** The share of members that hang: alive, but neither reading nor committing. */
  stuckShare: number;
  /** Its clients cannot get past what a start appended once more: they ask for it again and again. */
  sticksAtReplay: boolean;
  /** All members died at this moment. */
  diedAtMs: number | undefined;
  /** One member at a time goes and comes back: it missed its session timeout, or left in order. */
  rebalances: { everyMs: number; cause: RebalanceCause } | undefined;
  /** Offsets were set back by this much at this moment. */
  rewind: { atMs: number; seconds: number } | undefined;
}

/** Circumstances in which nothing is wrong. */
export function normalConditions(): Conditions {
  return {
    process: "up",
    replayEntries: 20_000,
    http: { mode: "real", delayMs: 0 },
    kafka: { delayMs: 0 },
    exposition: { extraBytes: 0, dropped: [], prefix: "streamline_" },
    dataDirectory: "present",
    disk: { full: false, growthBytesPerSecond: 0 },
    wal: { fsyncMs: 4 },
    appendFailure: { share: 0, error: "" },
    produce: { factor: 1, noise: 1 },
    topics: new Map(),
    latencyFactor: 1,
    oversized: { perSecond: 0, bytes: 0 },
    connections: { extra: 0, extraPerSecond: 0 },
    pipelineDepth: { max: 3, share: 1 },
    responseCache: { enabled: true, staleHitsPerSecond: 0 },
    groups: new Map(),
    transactions: { timeoutsPerMinute: 0, staleEpochsPerSecond: 0 },
    memoryExtraBytes: 0,
    clockOffsetMs: 0,
    cluster: { leaderless: false, electionEveryMs: 0, missing: 0 },
  };
}

/** The topic's own circumstances, to be changed in place. */
export function topicCondition(conditions: Conditions, name: string): TopicCondition {
  const known = conditions.topics.get(name);
  if (known !== undefined) return known;
  const normal: TopicCondition = {
    factor: 1,
    recordsPerBatch: undefined,
    hotPartitionShare: undefined,
  };
  conditions.topics.set(name, normal);
  return normal;
}

/** The group's own circumstances, to be changed in place. */
export function groupCondition(conditions: Conditions, id: string): GroupCondition {
  const known = conditions.groups.get(id);
  if (known !== undefined) return known;
  const normal: GroupCondition = {
    speed: undefined,
    stuckShare: 0,
    sticksAtReplay: false,
    diedAtMs: undefined,
    rebalances: undefined,
    rewind: undefined,
  };
  conditions.groups.set(id, normal);
  return normal;
}

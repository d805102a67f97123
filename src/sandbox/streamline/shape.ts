/** What kind of server is simulated: its topics, groups, clients, disk and build. */

import { HOUR_MS } from "../../promql/duration.ts";

export interface TopicShape {
  readonly name: string;
  readonly partitions: number;
  /** Over all partitions, in normal times. */
  readonly recordsPerSecond: number;
  readonly recordBytes: number;
  readonly recordsPerBatch: number;
  /** -1 keeps data for ever, which is the server's default (streamline-facts 4.2). */
  readonly retentionMs: number;
  readonly segmentBytes: number;
  /** How many seconds of its load are stored already. */
  readonly storedSeconds: number;
}

export interface GroupShape {
  readonly id: string;
  readonly topics: readonly string[];
  readonly members: number;
  /** How much faster than its topics it can read. */
  readonly headroom: number;
  readonly commitEveryMs: number;
}

interface ClusterShape {
  readonly nodeId: number;
  readonly nodes: number;
}

export interface Shape {
  readonly topics: readonly TopicShape[];
  readonly groups: readonly GroupShape[];
  /** Client connections in normal times, and how many come and go per second. */
  readonly connections: { readonly open: number; readonly perSecond: number };
  /** How long the server has been up when the simulation starts. */
  readonly uptimeMs: number;
  readonly dataDir: string;
  /** The file system of the data directory, and what other programs keep on it. */
  readonly disk: { readonly totalBytes: number; readonly otherBytes: number };
  /** Resident memory of an empty server, and what each partition adds. */
  readonly memory: { readonly baseBytes: number; readonly perPartitionBytes: number };
  /** Present when clustering is compiled in and switched on (streamline-facts 1.5). */
  readonly cluster?: ClusterShape;
}

const HOUR_S = 3600;
const MIB = 1_048_576;
const GIB = 1_073_741_824;

const EMPTY: Shape = {
  topics: [],
  groups: [],
  connections: { open: 0, perSecond: 0 },
  uptimeMs: 3.2 * HOUR_MS,
  dataDir: "/var/lib/streamline",
  disk: { totalBytes: 240 * GIB, otherBytes: 6 * GIB },
  memory: { baseBytes: 15 * MIB, perPartitionBytes: 24_000 },
};

/** A shop: six topics, five groups, about 90 produce requests a second. */
const SHOP: Shape = {
  ...EMPTY,
  topics: [
    topic("orders", { partitions: 6, recordsPerSecond: 1200, recordBytes: 900 }),
    topic("payments", {
      partitions: 6,
      recordsPerSecond: 400,
      recordBytes: 700,
      recordsPerBatch: 20,
      retentionMs: HOUR_MS,
      segmentBytes: 8 * MIB,
      storedSeconds: 1.1 * HOUR_S,
    }),
    topic("clicks", {
      partitions: 8,
      recordsPerSecond: 4000,
      recordBytes: 300,
      recordsPerBatch: 200,
    }),
    topic("inventory", {
      partitions: 3,
      recordsPerSecond: 150,
      recordBytes: 500,
      recordsPerBatch: 15,
    }),
    topic("emails", { partitions: 1, recordsPerSecond: 40, recordBytes: 2000, recordsPerBatch: 8 }),
    topic("audit", { partitions: 1, recordsPerSecond: 20, recordBytes: 400, recordsPerBatch: 5 }),
  ],
  groups: [
    group("billing", ["payments"], 3),
    group("fulfilment", ["orders"], 3),
    group("analytics", ["clicks"], 4),
    group("search-indexer", ["inventory"], 1),
    group("mailer", ["emails"], 1),
  ],
  connections: { open: 42, perSecond: 0.05 },
};

/** The shapes that scenarios and the sandbox name. */
export const SHAPES = {
  shop: SHOP,
  empty: EMPTY,
  cluster: { ...SHOP, cluster: { nodeId: 1, nodes: 5 } },
} as const satisfies Record<string, Shape>;

export type ShapeName = keyof typeof SHAPES;

/** A server with that many partitions, 100 to a topic, under a light load. */
export function shapeWithPartitions(partitions: number): Shape {
  const topics = Array.from({ length: Math.ceil(partitions / 100) }, (_, index) =>
    topic(`stream-${String(index).padStart(3, "0")}`, {
      partitions: Math.min(100, partitions - index * 100),
      recordsPerSecond: 200,
      recordBytes: 400,
      storedSeconds: HOUR_S,
    }),
  );
  const groups = topics.map(({ name }, index) => group(`readers-${index}`, [name], 4));
  return { ...SHOP, topics, groups, uptimeMs: 0.5 * HOUR_MS };
}

function topic(
  name: string,
  own: Partial<TopicShape> & Pick<TopicShape, "partitions" | "recordsPerSecond" | "recordBytes">,
): TopicShape {
  return {
    name,
    recordsPerBatch: 40,
    retentionMs: 6 * HOUR_MS,
    segmentBytes: 100 * MIB,
    storedSeconds: 6 * HOUR_S,
    ...own,
  };
}

function group(id: string, topics: readonly string[], members: number): GroupShape {
  return { id, topics, members, headroom: 2.5, commitEveryMs: 5000 };
}

/** Raft and replication, for builds that record them. A server as shipped fills none of it. */

import type { Dashboard, Row } from "./dashboard.ts";
import type { Panel } from "./panel.ts";
import { TARGET, targetVariables } from "./variables.ts";

/** Said on every panel: an empty graph must not pass for good news. */
const ONLY_SOME =
  "Only builds that record cluster metrics fill this; on a server as shipped it is empty.";

const STATUS = "TROUBLESHOOTING.md#what-the-cluster-says-of-itself";

const RAFT: Row = {
  title: "Is there a leader?",
  panels: [
    stat("Nodes", "Members of the cluster, as each node counts them.", {
      unit: "none",
      expr: `streamline_cluster_nodes_total{${TARGET}}`,
      read: ["runbooks/ClusterMemberMissing.md", STATUS],
    }),
    stat("Leader", "Whether a node takes itself for the leader. Exactly one may.", {
      unit: "none",
      expr: `streamline_cluster_leader{${TARGET}}`,
      read: ["runbooks/ClusterWithoutLeader.md", "TROUBLESHOOTING.md#no-leader-is-elected"],
      names: { "0": { text: "Follower", color: "text" }, "1": { text: "Leader", color: "green" } },
    }),
    stat("Term", "Number of the current term. It rises with each election.", {
      unit: "none",
      expr: `streamline_cluster_raft_term{${TARGET}}`,
      read: ["TROUBLESHOOTING.md#elections-again-and-again"],
    }),
    stat("Offline partitions", "Partitions that nobody leads: their clients get errors.", {
      unit: "none",
      expr: `streamline_offline_partitions{${TARGET}}`,
      read: ["TROUBLESHOOTING.md#replication-lag-and-under-replicated-partitions"],
      thresholds: [{ from: 1, color: "red" }],
    }),
    graph(
      "Elections",
      "Elections in each step of the graph. Outside restarts there should be none.",
      {
        unit: "none",
        expr: `increase(streamline_cluster_elections_total{${TARGET}}[$__rate_interval])`,
        read: ["runbooks/ClusterElections.md", "TROUBLESHOOTING.md#elections-again-and-again"],
        thresholds: [{ from: 1, color: "orange" }],
      },
    ),
    graph("Entries committed and not yet applied", "How far a node is behind its own log.", {
      unit: "none",
      expr: `streamline_cluster_raft_commit_index{${TARGET}} - streamline_cluster_raft_apply_index{${TARGET}}`,
      read: [STATUS],
    }),
    graph(
      "Time to append to the Raft log",
      "The 99th percentile; it holds an fsync of the node's disk.",
      {
        unit: "ms",
        expr: `streamline_cluster_raft_append_latency_ms{${TARGET},quantile="0.99"}`,
        read: ["TROUBLESHOOTING.md#raft-and-inter-broker-errors"],
      },
    ),
    graph("Raft replication", "The 99th percentile of the time until followers have an entry.", {
      unit: "ms",
      expr: `streamline_cluster_raft_replication_lag_ms{${TARGET},quantile="0.99"}`,
      read: ["TROUBLESHOOTING.md#raft-and-inter-broker-errors"],
    }),
    graph(
      "Entries in the Raft log",
      "A snapshot every 1000 entries cuts it; if it only grows, snapshots fail.",
      {
        unit: "none",
        expr: `streamline_cluster_raft_log_entries{${TARGET}}`,
        read: ["TROUBLESHOOTING.md#raft-and-inter-broker-errors"],
      },
    ),
    graph("Size of the Raft snapshot", "Topics, groups and members, as the cluster keeps them.", {
      unit: "bytes",
      expr: `streamline_cluster_raft_snapshot_size_bytes{${TARGET}}`,
      read: ["TROUBLESHOOTING.md#raft-and-inter-broker-errors"],
    }),
  ],
};

const REPLICATION: Row = {
  title: "Is everything replicated?",
  panels: [
    graph(
      "Replication lag",
      "Messages that a replica does not have yet; the loss of the leader would lose them.",
      {
        unit: "short",
        expr: `max by (topic, replica) (streamline_replication_lag_messages{${TARGET}})`,
        legend: "{{topic}} on {{replica}}",
        read: ["runbooks/ReplicationLag.md#diagnosis"],
        thresholds: [{ from: 1000, color: "red" }],
      },
    ),
    graph(
      "Under-replicated partitions",
      "Partitions with fewer replicas in sync than they should have.",
      {
        unit: "none",
        expr: `streamline_under_replicated_partitions{${TARGET}}`,
        read: ["TROUBLESHOOTING.md#replication-lag-and-under-replicated-partitions"],
        thresholds: [{ from: 1, color: "red" }],
      },
    ),
    graph(
      "Replicas in sync",
      "The partition with the fewest, by topic. Below min_insync_replicas writes with acks=all are refused.",
      {
        unit: "none",
        expr: `min by (topic) (streamline_isr_size{${TARGET}})`,
        legend: "{{topic}}",
        read: ["runbooks/ReplicationLag.md#impact"],
      },
    ),
    graph("Replication lag in bytes", "An estimate: messages times 1024.", {
      unit: "bytes",
      expr: `sum by (replica) (streamline_replication_lag_bytes{${TARGET}})`,
      legend: "{{replica}}",
      read: ["runbooks/ReplicationLag.md#diagnosis"],
    }),
  ],
};

interface One {
  readonly unit: string;
  readonly expr: string;
  readonly read: readonly string[];
  readonly legend?: string;
  readonly thresholds?: NonNullable<Panel["thresholds"]>;
  readonly names?: NonNullable<Panel["names"]>;
}

function graph(title: string, about: string, one: One): Panel {
  return { ...panel(title, about, one), kind: "graph" };
}

function stat(title: string, about: string, one: One): Panel {
  return { ...panel(title, about, one), kind: "stat", width: 6 };
}

function panel(title: string, about: string, { expr, legend = "{{instance}}", ...rest }: One) {
  return {
    ...rest,
    title,
    description: `${about} ${ONLY_SOME}`,
    queries: [{ expr, legend }],
    none: "this build does not record it",
    min: 0,
  };
}

export const CLUSTER: Dashboard = {
  name: "cluster",
  title: "Streamline / Cluster",
  description:
    "Only builds that record cluster metrics fill this dashboard. A server as shipped describes them and never records one: there, poll /api/v1/cluster/status on every node. Empty panels do not mean that all is well.",
  variables: targetVariables({ marker: "streamline_uptime_seconds", job: "streamline" }),
  rows: [RAFT, REPLICATION],
};

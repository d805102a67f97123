/** Faults of a cluster, as its Raft endpoints show them (streamline-facts 1.5, 7.4). */
import { minutes, type Scenario, seconds } from "./scenario.ts";

export const cluster: readonly Scenario[] = [
  {
    id: "cluster-leaderless",
    title: "Cluster without a leader",
    about:
      "No majority: leader_id is null, healthy is false, the term rises, and nobody is elected.",
    source: "streamline-facts 7.4 (no leader); src/server/raft_cluster_api.rs:120-163",
    kind: "fault",
    magnitudes: { mild: 1, severe: 1, meaning: "there is only one degree of it" },
    onset: { rampMs: 0, visibleAfterMs: seconds(30) },
    shape: "cluster",
    apply(conditions) {
      conditions.cluster.leaderless = true;
    },
  },
  {
    id: "cluster-elections",
    title: "Election after election",
    about: "The leader changes again and again; only current_term of the status shows it.",
    source: "streamline-facts 7.4 (elections metric: none; poll current_term)",
    kind: "fault",
    magnitudes: { mild: 90, severe: 10, meaning: "seconds between two elections" },
    onset: { rampMs: 0, visibleAfterMs: minutes(6) },
    shape: "cluster",
    apply(conditions, { magnitude }) {
      conditions.cluster.electionEveryMs = seconds(magnitude);
    },
  },
  {
    id: "cluster-member-missing",
    title: "A cluster member is missing",
    about: "Nodes left the voters and did not come back: fewer members than before.",
    source: "streamline-facts 1.5 (members), 7.4 (node not joining: one attempt, then it exits)",
    kind: "fault",
    magnitudes: { mild: 1, severe: 2, meaning: "members that are missing" },
    onset: { rampMs: 0, visibleAfterMs: minutes(1) },
    shape: "cluster",
    apply(conditions, { magnitude }) {
      conditions.cluster.missing = magnitude;
    },
  },
];

/** Faults of consumer groups and transactions (streamline-facts 7.5). */
import { groupCondition } from "../conditions.ts";
import type { GroupShape, Shape } from "../shape.ts";
import { minutes, type Scenario, SEEN_IN_MINUTES, seconds } from "./scenario.ts";

export const consumers: readonly Scenario[] = [
  {
    id: "consumer-slow",
    title: "Consumer slow",
    about: "A group reads and commits, but less than its topics take in: lag grows steadily.",
    source: "streamline-facts 2.2 (lag at the moment of the commit), 1.3 (lag endpoint)",
    kind: "fault",
    magnitudes: { mild: 0.85, severe: 0.4, meaning: "share of the incoming records it reads" },
    onset: { rampMs: 0, visibleAfterMs: minutes(8) },
    apply(conditions, { magnitude, shape }) {
      groupCondition(conditions, victim(shape)).speed = magnitude;
    },
  },
  {
    id: "consumer-stopped",
    title: "Consumer stopped, still a member",
    about: "A hung consumer still sends heartbeats: its gauges freeze while the real lag grows.",
    source: "streamline-facts 2.2 (a consumer that stopped committing shows a frozen value)",
    kind: "fault",
    magnitudes: { mild: 0.34, severe: 1, meaning: "share of the group's members that hang" },
    onset: SEEN_IN_MINUTES,
    apply(conditions, { magnitude, shape }) {
      groupCondition(conditions, victim(shape)).stuckShare = magnitude;
    },
  },
  {
    id: "consumer-stuck-after-replay",
    title: "Consumer stuck after a replay",
    about:
      "The process was killed and started again, and a group's clients cannot get past what was " +
      "replayed: Stable, nothing committed, and the same bytes are sent to them again and again.",
    source: "streamline-facts 5.3 (a replayed batch is one record with its old base offset), S5",
    kind: "fault",
    magnitudes: { mild: 1, severe: 2, meaning: "groups whose clients stick" },
    // Within five minutes of a restart the restart is what is told.
    onset: { rampMs: 0, visibleAfterMs: minutes(7) },
    apply(conditions, { magnitude, elapsedMs, shape }) {
      if (elapsedMs < seconds(5)) conditions.process = "killed";
      for (const { id } of byPatience(shape).slice(0, magnitude)) {
        groupCondition(conditions, id).sticksAtReplay = true;
      }
    },
  },
  {
    id: "group-without-members",
    title: "Group without members",
    about: "Every member of a group died: state Empty after the session timeout, lag grows.",
    source: "streamline-facts 7.5 (member expired); src/consumer/coordinator.rs:1040-1137",
    kind: "fault",
    magnitudes: { mild: 1, severe: 3, meaning: "groups that lost all members" },
    onset: SEEN_IN_MINUTES,
    apply(conditions, { magnitude, sinceMs, shape }) {
      for (const { id } of byPatience(shape).slice(0, magnitude)) {
        groupCondition(conditions, id).diedAtMs = sinceMs;
      }
    },
  },
  {
    id: "rebalance-storm",
    title: "Rebalance storm",
    about: "A member keeps missing its session timeout: the group rebalances over and over.",
    source: "streamline-facts 7.5 (rebalance storm), 2.2 (rebalances_total)",
    kind: "fault",
    magnitudes: { mild: 45, severe: 12, meaning: "seconds between two rebalances" },
    onset: SEEN_IN_MINUTES,
    apply(conditions, { magnitude, shape }) {
      const own = groupCondition(conditions, victim(shape));
      own.rebalances = { everyMs: seconds(magnitude), cause: "expired" };
    },
  },
  {
    id: "lag-outlives-retention",
    title: "Lag will outlive retention",
    about: "A group far behind reads too slowly: records will expire before it gets to them.",
    source:
      "streamline-facts 1.3 (lag, topic config and start_offset), 7.3 (retention every 5 min)",
    kind: "fault",
    magnitudes: { mild: 0.5, severe: 0.85, meaning: "share of the retention time it is behind" },
    onset: { rampMs: 0, visibleAfterMs: minutes(8) },
    apply(conditions, { magnitude, sinceMs, shape }) {
      const group = byPatience(shape).at(-1);
      const topic = shape.topics.find(({ name }) => group?.topics.includes(name));
      if (group === undefined || topic === undefined) return;
      const own = groupCondition(conditions, group.id);
      const retentionS = topic.retentionMs / 1000;
      own.rewind = { atMs: sinceMs, seconds: magnitude * retentionS };
      own.speed = 0.5;
    },
  },
  {
    id: "transactions-timing-out",
    title: "Transactions time out",
    about: "Producers leave transactions open for over 60 s; the server aborts them.",
    source: "streamline-facts 7.5 (transaction timeout); src/transaction/coordinator.rs:716-880",
    kind: "fault",
    magnitudes: { mild: 2, severe: 40, meaning: "transactions that time out per minute" },
    onset: SEEN_IN_MINUTES,
    apply(conditions, { magnitude }) {
      conditions.transactions.timeoutsPerMinute = magnitude;
    },
  },
  {
    id: "producers-fenced",
    title: "Producers fenced",
    about: "Producers that were fenced after a timeout go on sending with their old epoch.",
    source: "streamline-facts 2.2 (producers_fenced_total), 7.3 (Invalid producer epoch, error 47)",
    kind: "fault",
    magnitudes: { mild: 0.5, severe: 10, meaning: "refused batches per second" },
    onset: SEEN_IN_MINUTES,
    apply(conditions, { magnitude, elapsedMs }) {
      conditions.transactions.staleEpochsPerSecond = magnitude;
      if (elapsedMs < minutes(1)) conditions.transactions.timeoutsPerMinute = 6;
    },
  },
];

/** The group that a fault meets: the one with the most time before its records expire. */
function victim(shape: Shape): string {
  return byPatience(shape)[0]?.id ?? "none";
}

/** Groups by how long their topics keep records, the longest first. */
function byPatience({ groups, topics }: Shape): GroupShape[] {
  const patience = (group: GroupShape) =>
    Math.min(
      ...topics
        .filter(({ name }) => group.topics.includes(name))
        .map(({ retentionMs }) => (retentionMs < 0 ? Infinity : retentionMs)),
    );
  return groups.toSorted((a, b) => patience(b) - patience(a));
}

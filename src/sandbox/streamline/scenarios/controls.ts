/** Scenarios in which nothing is wrong, though a careless look may think so. */
import { groupCondition } from "../conditions.ts";
import { AT_ONCE, minutes, type Scenario, seconds } from "./scenario.ts";

export const controls: readonly Scenario[] = [
  {
    id: "steady",
    title: "All is well",
    about: "The usual load of the usual clients.",
    source: "streamline-facts 2.2",
    kind: "control",
    magnitudes: { mild: 1, severe: 1, meaning: "nothing changes" },
    onset: AT_ONCE,
    apply() {},
  },
  {
    id: "idle",
    title: "Idle",
    about: "Next to no traffic, and the fetch cache is off, as it should be where consumers idle.",
    source:
      "streamline-facts 0 row 12 (response cache off); 2.1 (quantiles of an empty window are 0)",
    kind: "control",
    magnitudes: { mild: 0.01, severe: 0, meaning: "times the usual load" },
    onset: { rampMs: 0, visibleAfterMs: minutes(10) },
    apply(conditions, { magnitude }) {
      conditions.produce.factor = magnitude;
      conditions.responseCache.enabled = false;
    },
  },
  {
    id: "high-load",
    title: "Steady high load",
    about: "Several times the usual load, well within what the machine can do.",
    source: "streamline-facts 8.1",
    kind: "control",
    magnitudes: { mild: 1.6, severe: 2.2, meaning: "times the usual load" },
    onset: { rampMs: minutes(5), visibleAfterMs: minutes(20) },
    apply(conditions, { magnitude, ramp }) {
      conditions.produce.factor = 1 + (magnitude - 1) * ramp;
      conditions.latencyFactor *= 1 + 0.3 * ramp;
    },
  },
  {
    id: "deploy",
    title: "Clients are deployed again",
    about: "Clients reconnect one after another, and each group rebalances a few times.",
    source: "streamline-facts 7.5 (rebalance), 7.2 (client churn)",
    kind: "control",
    magnitudes: { mild: 60, severe: 90, meaning: "seconds that the rollout takes" },
    onset: { rampMs: 0, visibleAfterMs: minutes(4) },
    apply(conditions, { magnitude, elapsedMs, shape }) {
      if (elapsedMs > seconds(magnitude)) return;
      conditions.connections.extraPerSecond += 0.7;
      for (const { id } of shape.groups) {
        const everyMs = seconds(magnitude) / 2.5;
        groupCondition(conditions, id).rebalances = { everyMs, cause: "left" };
      }
    },
  },
  {
    id: "short-spike",
    title: "A short spike",
    about: "Half a minute of much more load, over before anybody needs to act.",
    source: "streamline-facts 8.1",
    kind: "control",
    magnitudes: { mild: 3, severe: 6, meaning: "times the usual load, for 30 s" },
    onset: { rampMs: 0, visibleAfterMs: minutes(6) },
    apply(conditions, { magnitude, elapsedMs }) {
      if (elapsedMs < seconds(30)) conditions.produce.factor *= magnitude;
    },
  },
  {
    id: "throttled",
    title: "Producers are throttled by a quota",
    about: "A quota holds clients back: a flat line of load, and no sign of it in the server.",
    source: "streamline-facts 7.2 (quota throttling: no log line, no metric), 4.2 (quotas)",
    kind: "control",
    magnitudes: { mild: 0.9, severe: 0.5, meaning: "share of the usual load that gets through" },
    onset: { rampMs: 0, visibleAfterMs: minutes(10) },
    apply(conditions, { magnitude }) {
      conditions.produce.factor = magnitude;
      conditions.produce.noise = 0.02;
    },
  },
  {
    id: "clock-jump",
    title: "The server's clock jumps",
    about: "Its wall clock is set: timestamps jump, uptime and counters do not.",
    source: "streamline-facts 1.3 (timestamps of logs, history and dashboard)",
    kind: "control",
    magnitudes: { mild: -90, severe: 7200, meaning: "seconds that the wall clock is off" },
    onset: { rampMs: 0, visibleAfterMs: minutes(6) },
    apply(conditions, { magnitude }) {
      conditions.clockOffsetMs = seconds(magnitude);
    },
  },
  {
    id: "counter-reset",
    title: "Counters were reset a while ago",
    about: "A planned restart by SIGINT, with its checkpoint; it has long been over.",
    source: "streamline-facts 5.4 (graceful end), 2.1 (counters begin again)",
    kind: "control",
    magnitudes: { mild: 3, severe: 10, meaning: "seconds that the restart took" },
    onset: { rampMs: 0, visibleAfterMs: minutes(25) },
    apply(conditions, { magnitude, elapsedMs }) {
      if (elapsedMs < seconds(magnitude)) conditions.process = "stopped";
    },
  },
  {
    id: "scrape-gap",
    title: "A gap in the scrapes",
    about: "HTTP did not answer for a while, and does again; Kafka was never affected.",
    source: "streamline-facts 10 (probe three things separately)",
    kind: "control",
    magnitudes: { mild: 45, severe: 120, meaning: "seconds without an answer" },
    onset: { rampMs: 0, visibleAfterMs: minutes(10) },
    apply(conditions, { magnitude, elapsedMs }) {
      if (elapsedMs < seconds(magnitude)) conditions.http.mode = "hanging";
    },
  },
  {
    id: "empty-server",
    title: "An empty server",
    about: "Freshly installed: no topic, no group, no client. Most series do not exist yet.",
    source: "streamline-facts 2.1 (series appear after their first recording)",
    kind: "control",
    magnitudes: { mild: 1, severe: 1, meaning: "nothing changes" },
    onset: AT_ONCE,
    shape: "empty",
    apply() {},
  },
];

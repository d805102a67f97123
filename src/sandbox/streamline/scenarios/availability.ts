/** Faults that decide whether and how the server answers at all. */

import type { Conditions } from "../conditions.ts";
import { AT_ONCE, type FaultProgress, minutes, type Scenario, seconds } from "./scenario.ts";

export const availability: readonly Scenario[] = [
  {
    id: "server-down",
    title: "Server down",
    about: "The process was killed: both ports refuse. It comes back with WAL replay when cleared.",
    source: "streamline-facts 5.4 (SIGTERM kills), 5.3 (replay after an unclean end)",
    kind: "fault",
    magnitudes: { mild: 2_000, severe: 60_000, meaning: "WAL entries to replay at the next start" },
    onset: AT_ONCE,
    apply(conditions, { magnitude }) {
      conditions.process = "killed";
      conditions.replayEntries = magnitude;
    },
  },
  {
    id: "http-down",
    title: "HTTP down, Kafka answers",
    about: "Port 9094 never opened, or its task ended; clients on 9092 notice nothing.",
    source: "streamline-facts 0 row 1; 1.1 (port taken: the server goes on without HTTP)",
    kind: "fault",
    magnitudes: { mild: 1, severe: 1, meaning: "there is only one degree of it" },
    onset: AT_ONCE,
    apply(conditions) {
      conditions.http.mode = "refused";
    },
  },
  {
    id: "http-slow",
    title: "HTTP slow",
    about: "Every HTTP answer takes long; Kafka requests are as fast as ever.",
    source:
      "streamline-facts 10 (tolerate timeouts); 1.4 (the system endpoint walks the directory)",
    kind: "fault",
    magnitudes: { mild: 2, severe: 15, meaning: "seconds before each HTTP answer" },
    onset: AT_ONCE,
    apply(conditions, { magnitude }) {
      conditions.http.delayMs = seconds(magnitude);
    },
  },
  {
    id: "http-hanging",
    title: "HTTP accepts, never answers",
    about: "The port takes connections and requests, and nothing ever comes back.",
    source: "streamline-facts 10 (tolerate timeouts)",
    kind: "fault",
    magnitudes: { mild: 1, severe: 1, meaning: "there is only one degree of it" },
    onset: AT_ONCE,
    apply(conditions) {
      conditions.http.mode = "hanging";
    },
  },
  {
    id: "just-restarted",
    title: "Just restarted, replaying its WAL",
    about: "Killed and started again: closed ports while the WAL is replayed, then fresh counters.",
    source: "streamline-facts 5.2, 5.3; src/storage/topic.rs:1675-1754",
    kind: "fault",
    magnitudes: { mild: 3, severe: 90, meaning: "seconds from the end to open ports" },
    onset: { rampMs: 0, visibleAfterMs: seconds(120) },
    apply(conditions, { magnitude, elapsedMs }) {
      if (elapsedMs < seconds(magnitude)) conditions.process = "killed";
      conditions.replayEntries = 1_000 * magnitude;
    },
  },
  {
    id: "crash-loop",
    title: "Crash loop",
    about: "It dies soon after each start and a supervisor starts it again.",
    source: "streamline-facts 5.5 (Restart=on-failure, 5 s), 7.3 (out of memory), 5.3",
    kind: "fault",
    magnitudes: { mild: 120, severe: 40, meaning: "seconds between two deaths" },
    onset: { rampMs: 0, visibleAfterMs: minutes(6) },
    apply(conditions, { magnitude, elapsedMs }) {
      if (elapsedMs % seconds(magnitude) < seconds(6)) conditions.process = "killed";
    },
  },
  {
    id: "data-directory-gone",
    title: "Data directory gone",
    about:
      "The path no longer exists: /health and /health/ready answer 503, commits fail without a " +
      "log line, and so the lag gauges freeze.",
    source: "streamline-facts 1.2; 7.5 (commit failure); src/server/http.rs:894",
    kind: "fault",
    magnitudes: { mild: 0, severe: 0.3, meaning: "share of appends that need a new file and fail" },
    onset: AT_ONCE,
    apply(conditions, { magnitude }) {
      conditions.dataDirectory = "gone";
      conditions.appendFailure = {
        share: magnitude,
        error: "IO error: No such file or directory (os error 2)",
      };
    },
  },
  {
    id: "saturated",
    title: "Server saturated",
    about: "Clients ask for more than the machine can do: all requests slow, pipelines full.",
    source: "streamline-facts 8.1 (10 requests in flight per connection), 2.2",
    kind: "fault",
    magnitudes: { mild: 25, severe: 200, meaning: "times the usual duration of every request" },
    onset: { rampMs: minutes(2), visibleAfterMs: minutes(6) },
    apply: saturate,
  },
];

/** More load than fits goes in only up to a ceiling, and everything waits. */
function saturate(conditions: Conditions, { magnitude, ramp }: FaultProgress): void {
  conditions.produce.factor *= 1 + 0.8 * ramp;
  conditions.latencyFactor *= 1 + (magnitude - 1) * ramp;
  conditions.pipelineDepth = { max: 10, share: ramp };
  conditions.connections.extraPerSecond += 0.5 * ramp;
  conditions.kafka.delayMs += magnitude * ramp;
  conditions.http.delayMs += magnitude * ramp;
}

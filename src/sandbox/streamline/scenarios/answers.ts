/** Scenarios in which the evidence itself is spoiled: foreign, broken, endless or renamed. */
import { AT_ONCE, type Scenario } from "./scenario.ts";

const MEGABYTE = 1_000_000;

export const answers: readonly Scenario[] = [
  {
    id: "http-garbage",
    title: "HTTP answers garbage",
    about: "Every path answers 200 with bytes that are neither JSON nor an exposition.",
    source: "streamline-facts 10 (tolerate non-JSON)",
    kind: "evidence",
    magnitudes: { mild: 1, severe: 2, meaning: "1: bytes in an HTTP answer; 2: not even HTTP" },
    onset: AT_ONCE,
    apply(conditions, { magnitude }) {
      conditions.http.mode = magnitude >= 2 ? "not-http" : "garbage";
    },
  },
  {
    id: "foreign-service",
    title: "A foreign service on the port",
    about: "Something else listens on the HTTP port: a web page, or another program's metrics.",
    source: "streamline-facts 1.1 (port taken by another), 10 (another service on the port)",
    kind: "evidence",
    magnitudes: { mild: 1, severe: 2, meaning: "1: a web page; 2: another program's metrics" },
    onset: AT_ONCE,
    apply(conditions, { magnitude }) {
      conditions.http.mode = magnitude >= 2 ? "foreign-metrics" : "foreign-page";
    },
  },
  {
    id: "metrics-flood",
    title: "/metrics answers 200 MB",
    about: "The exposition does not end: more series than anyone should read in one poll.",
    source: "streamline-facts 2.1 (series never expire, so deleted topics and groups pile up)",
    kind: "evidence",
    magnitudes: { mild: 40 * MEGABYTE, severe: 200 * MEGABYTE, meaning: "bytes of further series" },
    onset: AT_ONCE,
    apply(conditions, { magnitude }) {
      conditions.exposition.extraBytes = magnitude;
    },
  },
  {
    id: "series-missing",
    title: "Series missing",
    about: "A build that does not record some of the names; the rest is as usual.",
    source: "streamline-facts 2.1 (a series appears only after its first recording), 2.3, 2.4",
    kind: "evidence",
    magnitudes: { mild: 1, severe: 2, meaning: "1: group lag; 2: requests and durations as well" },
    onset: AT_ONCE,
    apply(conditions, { magnitude }) {
      const lag = ["streamline_consumer_group_lag", "kafka_consumer_consumer_lag"];
      const requests = ["streamline_requests_total", "streamline_request_duration_seconds"];
      conditions.exposition.dropped = magnitude >= 2 ? [...lag, ...requests] : lag;
    },
  },
  {
    id: "series-renamed",
    title: "Series renamed",
    about: "Another version gives every series another prefix.",
    source: "streamline-facts 2.1 (names appear exactly as the code writes them)",
    kind: "evidence",
    magnitudes: { mild: 1, severe: 1, meaning: "there is only one degree of it" },
    onset: AT_ONCE,
    apply(conditions) {
      conditions.exposition.prefix = "streamline_broker_";
    },
  },
];

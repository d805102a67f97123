/** The first dashboard in an incident: is it up, does it take data, is it fast? */

import type { Dashboard, Row } from "./dashboard.ts";
import { TARGET, targetVariables } from "./variables.ts";

/** Where a p99 of produce requests becomes suspect: half of, and the time between, two WAL syncs. */
const PRODUCE_SECONDS = [
  { from: 0.05, color: "yellow" },
  { from: 0.1, color: "red" },
] as const;

/** Kafka requests above this are refused by closing the connection (streamline-facts 0, row 7). */
const REQUEST_LIMIT_BYTES = 1024 * 1024;

/** Requests in flight on one connection; fixed in the server (streamline-facts 4.2). */
const PIPELINE_LIMIT = 10;

const IS_IT_UP: Row = {
  title: "Is it up?",
  panels: [
    {
      kind: "stat",
      title: "HTTP answers",
      description:
        "Whether Prometheus could scrape port 9094. Down does not mean that Kafka is down: the two ports live and die separately.",
      unit: "none",
      queries: [{ expr: `up{${TARGET}}`, legend: "{{instance}}" }],
      read: ["runbooks/StreamlineDown.md#diagnosis"],
      width: 6,
      names: { "0": { text: "Down", color: "red" }, "1": { text: "Up", color: "green" } },
    },
    {
      kind: "stat",
      title: "HTTP answered in this time range",
      description: "The share of scrapes that were answered. One lost scrape in an hour is 99.6%.",
      unit: "percentunit",
      queries: [{ expr: `avg_over_time(up{${TARGET}}[$__range])`, legend: "{{instance}}" }],
      read: ["runbooks/StreamlineDown.md#meaning"],
      width: 6,
      decimals: 2,
      thresholds: [
        { from: 0, color: "red" },
        { from: 0.99, color: "yellow" },
        { from: 0.999, color: "green" },
      ],
    },
    {
      kind: "stat",
      title: "Uptime",
      description:
        "Since the process started; refreshed every 10 s. A short time that nobody planned is a crash or an unclean stop, and that means repeated records.",
      unit: "s",
      queries: [{ expr: `streamline_uptime_seconds{${TARGET}}`, legend: "{{instance}}" }],
      read: ["runbooks/ServerRestarted.md", "TROUBLESHOOTING.md#duplicates-after-a-restart"],
      width: 6,
      thresholds: [
        { from: 0, color: "orange" },
        { from: 900, color: "green" },
      ],
    },
    {
      kind: "stat",
      title: "Restarts in this time range",
      description:
        "How often the uptime began again. Each restart that was not graceful replays the write-ahead log.",
      unit: "none",
      queries: [
        { expr: `resets(streamline_uptime_seconds{${TARGET}}[$__range])`, legend: "{{instance}}" },
      ],
      read: ["OPERATIONS.md#was-the-last-stop-clean"],
      width: 6,
      thresholds: [{ from: 1, color: "orange" }],
    },
  ],
};

const IS_IT_TAKING_DATA: Row = {
  title: "Is it taking data?",
  panels: [
    {
      kind: "graph",
      title: "Produce requests",
      description:
        "Requests to write, answered with or without success. Beside records stored it shows the failure that no error counter shows.",
      unit: "reqps",
      queries: [
        {
          expr: `sum by (instance) (rate(streamline_requests_total{${TARGET},api_key="produce"}[$__rate_interval]))`,
          legend: "{{instance}}",
        },
      ],
      read: ["TROUBLESHOOTING.md#is-it-really-taking-data"],
      min: 0,
    },
    {
      kind: "graph",
      title: "Records stored",
      description:
        "Records appended per second. At 0 while produce requests go on, every write fails: producers get OFFSET_OUT_OF_RANGE. A replay at start counts too.",
      unit: "wps",
      queries: [
        {
          expr: `sum by (instance) (rate(streamline_records_total{${TARGET}}[$__rate_interval]))`,
          legend: "{{instance}}",
        },
      ],
      read: ["runbooks/AppendFailures.md", "TROUBLESHOOTING.md#producers-get-offset_out_of_range"],
      min: 0,
    },
    {
      kind: "graph",
      title: "Bytes of records in and out",
      description: "Value bytes appended and read, as the clients compressed them.",
      unit: "binBps",
      queries: [
        {
          expr: `sum by (instance) (rate(streamline_bytes_in_total{${TARGET}}[$__rate_interval]))`,
          legend: "{{instance}} in",
        },
        {
          expr: `sum by (instance) (rate(streamline_bytes_out_total{${TARGET}}[$__rate_interval]))`,
          legend: "{{instance}} out",
        },
      ],
      read: ["MONITORING.md#data-metrics"],
      min: 0,
    },
    {
      kind: "graph",
      title: "Bytes on the Kafka sockets",
      description:
        "Everything on port 9092, headers and refused requests included. Sent far above the record bytes: fetch answers are larger than asked for, or consumers ask in vain.",
      unit: "binBps",
      queries: [
        {
          expr: `sum by (instance) (rate(streamline_bytes_received_total{${TARGET}}[$__rate_interval]))`,
          legend: "{{instance}} received",
        },
        {
          expr: `sum by (instance) (rate(streamline_bytes_sent_total{${TARGET}}[$__rate_interval]))`,
          legend: "{{instance}} sent",
        },
      ],
      read: [
        "MONITORING.md#connections-files-and-memory",
        "TROUBLESHOOTING.md#fetch-answers-are-far-too-large",
      ],
      min: 0,
    },
  ],
};

const IS_IT_FAST: Row = {
  title: "Is it fast?",
  panels: [
    {
      kind: "graph",
      title: "Produce time",
      description:
        "Time inside the server, over about the last 60 s. Without requests it is 0, not absent: a quiet server looks fast. Above 0.1 s the disk does not keep the rhythm of the write-ahead log.",
      unit: "s",
      queries: ["0.5", "0.99", "0.999"].map((quantile) => timeOf("produce", quantile)),
      read: ["runbooks/HighProduceLatency.md#diagnosis", "TROUBLESHOOTING.md#where-the-time-goes"],
      min: 0,
      thresholds: PRODUCE_SECONDS,
    },
    {
      kind: "graph",
      title: "Fetch time",
      description:
        "Time inside the server for fetch requests. The server does not wait for data, so a high value is work, not patience.",
      unit: "s",
      queries: ["0.5", "0.99", "0.999"].map((quantile) => timeOf("fetch", quantile)),
      read: ["TROUBLESHOOTING.md#where-the-time-goes"],
      min: 0,
    },
    {
      kind: "graph",
      title: "Mean time by call",
      description:
        "Mean handling time of each kind of request. The call unknown is everything about groups, commits and transactions.",
      unit: "s",
      queries: [
        {
          expr: `sum by (api_key) (rate(streamline_request_duration_seconds_sum{${TARGET},api_key!=""}[$__rate_interval])) / sum by (api_key) (rate(streamline_request_duration_seconds_count{${TARGET},api_key!=""}[$__rate_interval]))`,
          legend: "{{api_key}}",
        },
      ],
      read: ["MONITORING.md#request-metrics"],
      min: 0,
    },
    {
      kind: "graph",
      title: "Largest requests and answers",
      description:
        "The 99th percentile of sizes. A request above 1 MiB is refused by closing the connection, whatever the options say, and is not counted here.",
      unit: "bytes",
      queries: [
        {
          expr: `max by (api_key) (streamline_request_size_bytes{${TARGET},quantile="0.99"})`,
          legend: "{{api_key}} request",
        },
        {
          expr: `max by (api_key) (streamline_response_size_bytes{${TARGET},quantile="0.99"})`,
          legend: "{{api_key}} answer",
        },
      ],
      read: [
        "runbooks/OversizedRequests.md",
        "TROUBLESHOOTING.md#request-larger-than-1-mib-closes-the-connection",
      ],
      min: 0,
      thresholds: [{ from: REQUEST_LIMIT_BYTES, color: "red" }],
    },
  ],
};

const REQUESTS: Row = {
  title: "Requests and connections",
  panels: [
    {
      kind: "graph",
      title: "Requests by call",
      description:
        "Requests per second. The unlabelled twin of the counter is left out; with it everything would count double.",
      unit: "reqps",
      queries: [
        {
          expr: `sum by (api_key) (rate(streamline_requests_total{${TARGET},api_key!=""}[$__rate_interval]))`,
          legend: "{{api_key}}",
        },
      ],
      read: ["MONITORING.md#twins-and-doubled-sums"],
      stacked: true,
      min: 0,
    },
    {
      kind: "graph",
      title: "Requests that failed as a whole",
      description:
        "The share of requests that ended in an internal error. Failed writes, refused logins and unknown topics are not among them: they are ordinary answers with an error code.",
      unit: "percentunit",
      queries: [{ expr: failedShare(), legend: "{{instance}}" }],
      read: [
        "MONITORING.md#twins-and-doubled-sums",
        "TROUBLESHOOTING.md#healthy-but-produces-fail",
      ],
      min: 0,
      thresholds: [
        { from: 0.001, color: "yellow" },
        { from: 0.01, color: "red" },
      ],
    },
    {
      kind: "graph",
      title: "Open connections",
      description:
        "Open Kafka connections, and those past the TLS handshake. The server has no limit of its own that works; the limit is the number of open files.",
      unit: "none",
      queries: [
        { expr: `streamline_connections_active{${TARGET}}`, legend: "{{instance}} open" },
        {
          expr: `streamline_active_connections{${TARGET}}`,
          legend: "{{instance}} past the handshake",
        },
      ],
      read: ["runbooks/ConnectionGrowth.md", "TROUBLESHOOTING.md#connections-grow-without-end"],
      min: 0,
    },
    {
      kind: "graph",
      title: "New connections",
      description:
        "Connections accepted per second. Clients keep theirs, so it should be near 0; health checks that connect every second are the usual rest.",
      unit: "cps",
      queries: [
        {
          expr: `sum by (instance) (rate(streamline_connections_total{${TARGET}}[$__rate_interval]))`,
          legend: "{{instance}}",
        },
      ],
      read: [
        "runbooks/ConnectionChurn.md",
        "TROUBLESHOOTING.md#clients-connect-and-disconnect-all-the-time",
      ],
      min: 0,
    },
    {
      kind: "graph",
      title: "Requests in flight on the connection that closed last",
      description:
        "Not a maximum over all connections. At 10, the fixed limit, that client had to wait for its answers.",
      unit: "none",
      queries: [{ expr: `streamline_pipeline_max_concurrent{${TARGET}}`, legend: "{{instance}}" }],
      read: ["runbooks/PipelineLimit.md", "MONITORING.md#connection-metrics"],
      min: 0,
      thresholds: [{ from: PIPELINE_LIMIT, color: "orange" }],
    },
    {
      kind: "graph",
      title: "Transactions that timed out",
      description:
        "Transactions that were aborted because their time was over, abort markers written for them, and producers fenced. Each of these series appears with its first event; nothing at all is good.",
      unit: "none",
      queries: [
        {
          expr: `sum by (instance) (increase(streamline_transaction_timeouts_total{${TARGET}}[$__rate_interval]))`,
          legend: "{{instance}} timed out",
        },
        {
          expr: `sum by (instance) (increase(streamline_transaction_abort_markers_total{${TARGET}}[$__rate_interval]))`,
          legend: "{{instance}} abort markers",
        },
        {
          expr: `sum by (instance) (increase(streamline_producers_fenced_total{${TARGET}}[$__rate_interval]))`,
          legend: "{{instance}} producers fenced",
        },
      ],
      read: ["runbooks/TransactionTimeouts.md", "TROUBLESHOOTING.md#transaction-timed-out"],
      min: 0,
      none: "none so far",
    },
  ],
};

function timeOf(call: "produce" | "fetch", quantile: string) {
  return {
    expr: `max by (instance) (streamline_request_duration_seconds{${TARGET},api_key="${call}",quantile="${quantile}"})`,
    legend: `{{instance}} p${Number(quantile) * 100}`,
  };
}

/** The series of errors appears with the first error; until then the share is 0 and not absent. */
function failedShare(): string {
  const rate = (matchers: string): string =>
    `sum by (instance) (rate(streamline_requests_total{${TARGET},${matchers}}[$__rate_interval]))`;
  const all = rate('api_key!=""');
  return `(${rate('error="true"')} or ${all} * 0) / ${all}`;
}

export const OVERVIEW: Dashboard = {
  name: "overview",
  title: "Streamline / Overview",
  description:
    "Is the server up, does it take data, is it fast? Every query works on summaries, as the server renders them. What has no metric (disk, memory, write-ahead log, replication) is on the host's dashboard, in the log, or nowhere.",
  variables: targetVariables({ marker: "streamline_uptime_seconds", job: "streamline" }),
  rows: [IS_IT_UP, IS_IT_TAKING_DATA, IS_IT_FAST, REQUESTS],
};

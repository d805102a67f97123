/** The part of the overview about requests: how fast, how many, over which connections. */

import type { Row } from "./dashboard.ts";
import type { Query } from "./panel.ts";
import { TARGET } from "./variables.ts";

/** Where a p99 of produce requests becomes suspect: half of, and the time between, two WAL syncs. */
const PRODUCE_SECONDS = [
  { from: 0.05, color: "yellow" },
  { from: 0.1, color: "red" },
] as const;

/** Kafka requests above this are refused by closing the connection (streamline-facts 0, row 7). */
const REQUEST_LIMIT_BYTES = 1024 * 1024;

/** Requests in flight on one connection; fixed in the server (streamline-facts 4.2). */
const PIPELINE_LIMIT = 10;

export const IS_IT_FAST: Row = {
  title: "Is it fast?",
  panels: [
    {
      kind: "graph",
      title: "Produce time",
      description:
        "Time inside the server, over about the last 60 s. Without requests it is 0, not absent: a quiet server looks fast. Above 0.1 s the disk is too slow for the write-ahead log.",
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
        "Time inside the server for fetch requests. The server does not wait for data, so a high value is work, not waiting.",
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
        "TROUBLESHOOTING.md#request-larger-than-1-mib-gets-no-answer",
      ],
      min: 0,
      thresholds: [{ from: REQUEST_LIMIT_BYTES, color: "red" }],
    },
  ],
};

export const REQUESTS: Row = {
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

function timeOf(call: "produce" | "fetch", quantile: string): Query {
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

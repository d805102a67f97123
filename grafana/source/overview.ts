/** The first dashboard in an incident: is it up, does it take data, is it fast? */

import type { Dashboard, Row } from "./dashboard.ts";
import { IS_IT_FAST, REQUESTS } from "./overview-requests.ts";
import { TARGET, targetVariables } from "./variables.ts";

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
        "Everything on port 9092, headers and refused requests included. Sent far above the record bytes: fetch answers are larger than asked for, or consumers ask although there is nothing new.",
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

export const OVERVIEW: Dashboard = {
  name: "overview",
  title: "Streamline / Overview",
  description:
    "Is the server up, does it take data, is it fast? Every query works on summaries, as the server renders them. What has no metric (disk, memory, write-ahead log, replication) is on the host's dashboard, in the log, or nowhere.",
  variables: targetVariables({ marker: "streamline_uptime_seconds", job: "streamline" }),
  rows: [IS_IT_UP, IS_IT_TAKING_DATA, IS_IT_FAST, REQUESTS],
};

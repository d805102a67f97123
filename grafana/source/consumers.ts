/** Consumer groups: how far behind, how stable, and what the fetch path does for them. */

import type { Dashboard, Row } from "./dashboard.ts";
import { labelVariable, TARGET, targetVariables } from "./variables.ts";

const GROUP = `${TARGET},group=~"$group"`;

const FROZEN =
  "It moves when the group commits, or when somebody asks for its lag over HTTP: a dead consumer freezes it unless something asks every minute.";

const LAG: Row = {
  title: "Who is behind?",
  panels: [
    {
      kind: "graph",
      title: "Lag, by group",
      description: `Records between the committed offsets and the end, over all partitions. ${FROZEN}`,
      unit: "short",
      queries: [
        { expr: `sum by (group) (streamline_consumer_group_lag{${GROUP}})`, legend: "{{group}}" },
      ],
      read: ["runbooks/ConsumerSlow.md", "TROUBLESHOOTING.md#consumer-lag"],
      min: 0,
    },
    {
      kind: "graph",
      title: "Lag in seconds, about",
      description:
        "Lag divided by the rate at which its topic takes records: how old the next record is. Compare it with the topic's retention, beyond which records are deleted unread.",
      unit: "s",
      queries: [
        {
          expr: `sum by (instance, group, topic) (streamline_consumer_group_lag{${GROUP}}) / on (instance, topic) group_left () sum by (instance, topic) (rate(streamline_records_total{${TARGET}}[$__rate_interval]))`,
          legend: "{{group}} {{topic}}",
        },
      ],
      read: [
        "runbooks/LagOutlivesRetention.md",
        "MONITORING.md#how-long-until-a-group-has-caught-up",
      ],
      min: 0,
    },
    {
      kind: "graph",
      title: "Lag grows by",
      description:
        "Records per second. Above 0 the group falls further behind; below 0 it catches up.",
      unit: "short",
      queries: [
        {
          expr: `sum by (group) (deriv(streamline_consumer_group_lag{${GROUP}}[$__rate_interval]))`,
          legend: "{{group}}",
        },
      ],
      read: ["MONITORING.md#how-long-until-a-group-has-caught-up", "runbooks/ConsumerStopped.md"],
    },
    {
      kind: "graph",
      title: "Worst partition, by group and topic",
      description:
        "The largest lag of one partition. One partition far above the others is a hot partition or a stuck member, and more consumers do not help.",
      unit: "short",
      queries: [
        {
          expr: `max by (group, topic) (streamline_consumer_group_lag{${GROUP}})`,
          legend: "{{group}} {{topic}}",
        },
      ],
      read: ["runbooks/HotPartition.md", "TROUBLESHOOTING.md#consumer-lag"],
      min: 0,
    },
  ],
};

const STABILITY: Row = {
  title: "Are the groups stable?",
  panels: [
    {
      kind: "graph",
      title: "Members",
      description:
        "Only there after somebody asked for the group's lag over HTTP, and as old as that. Fewer than you run: some are out of the group.",
      unit: "none",
      queries: [
        {
          expr: `sum by (group) (streamline_consumer_group_members{${GROUP}})`,
          legend: "{{group}}",
        },
      ],
      read: ["runbooks/GroupWithoutMembers.md", "MONITORING.md#keep-the-lag-gauges-fresh"],
      min: 0,
      none: "nobody asked for a lag yet",
    },
    {
      kind: "graph",
      title: "Partitions with a committed offset",
      description:
        "Only there after somebody asked for the group's lag over HTTP. Fewer than the topics have: the rest was never committed, and begins where the client's settings say.",
      unit: "none",
      queries: [
        {
          expr: `sum by (group) (streamline_consumer_group_partitions{${GROUP}})`,
          legend: "{{group}}",
        },
      ],
      read: ["MONITORING.md#consumer-group-metrics"],
      min: 0,
      none: "nobody asked for a lag yet",
    },
    {
      kind: "graph",
      title: "Rebalances",
      description:
        "Finished rebalances in each step of the graph. Outside deployments there should be none; one after another is a storm, and the group reads nothing meanwhile.",
      unit: "none",
      queries: [
        {
          expr: `sum by (group, reason) (increase(streamline_consumer_group_rebalances_total{${GROUP}}[$__rate_interval]))`,
          legend: "{{group}} {{reason}}",
        },
      ],
      read: ["runbooks/RebalanceStorm.md", "TROUBLESHOOTING.md#rebalance-storm"],
      min: 0,
      thresholds: [{ from: 2, color: "orange" }],
    },
    {
      kind: "graph",
      title: "Duration of rebalances",
      description:
        "The 99th percentile over about the last minute, in milliseconds; 0 when there was none.",
      unit: "ms",
      queries: [
        {
          expr: `max by (group) (streamline_consumer_group_rebalance_duration_ms{${GROUP},quantile="0.99"})`,
          legend: "{{group}}",
        },
      ],
      read: ["TROUBLESHOOTING.md#members-expire"],
      min: 0,
      thresholds: [{ from: 5000, color: "orange" }],
    },
  ],
};

const FETCHING: Row = {
  title: "Fetching",
  panels: [
    {
      kind: "graph",
      title: "Fetch requests",
      description:
        "Requests to read per second, by all consumers. The server answers at once when there is nothing new, so idle consumers ask thousands of times.",
      unit: "reqps",
      queries: [
        {
          expr: `sum by (instance) (rate(streamline_requests_total{${TARGET},api_key="fetch"}[$__rate_interval]))`,
          legend: "{{instance}}",
        },
      ],
      read: ["TROUBLESHOOTING.md#idle-consumers-keep-the-server-busy"],
      min: 0,
    },
    {
      kind: "graph",
      title: "Bytes per fetch",
      description:
        "Record bytes read, divided by fetch requests. Near 0: most fetches bring nothing.",
      unit: "bytes",
      queries: [
        {
          expr: `sum by (instance) (rate(streamline_bytes_out_total{${TARGET}}[$__rate_interval])) / sum by (instance) (rate(streamline_requests_total{${TARGET},api_key="fetch"}[$__rate_interval]))`,
          legend: "{{instance}}",
        },
      ],
      read: ["TROUBLESHOOTING.md#idle-consumers-keep-the-server-busy"],
      min: 0,
    },
    {
      kind: "graph",
      title: "Fetch cache",
      description:
        "Answers taken from the fetch response cache, and answers written to it with one fsync each. A hit may be a wrong answer to a consumer that waits at the end. Good is nothing at all: turn the cache off.",
      unit: "ops",
      queries: [
        {
          expr: `sum by (instance) (rate(streamline_zerocopy_response_cache_hits{${TARGET}}[$__rate_interval]))`,
          legend: "{{instance}} hits",
        },
        {
          expr: `sum by (instance) (rate(streamline_zerocopy_response_cache_misses{${TARGET}}[$__rate_interval]))`,
          legend: "{{instance}} misses",
        },
      ],
      read: [
        "runbooks/StaleFetchCache.md",
        "TROUBLESHOOTING.md#fetch-cache-writes-and-syncs-a-file-per-fetch",
      ],
      min: 0,
      none: "nothing: the cache is off",
    },
    {
      kind: "graph",
      title: "Connections cut by sendfile",
      description:
        "Consumers that were cut off because a cached answer could not be sent whole. The series appears with the first one.",
      unit: "none",
      queries: [
        {
          expr: `sum by (instance) (increase(streamline_zerocopy_sendfile_connection_corrupted_total{${TARGET}}[$__rate_interval]))`,
          legend: "{{instance}}",
        },
      ],
      read: ["TROUBLESHOOTING.md#sendfile-trouble"],
      min: 0,
      none: "none so far",
    },
    {
      kind: "graph",
      title: "Bytes sent from the fetch cache",
      description:
        "What sendfile sent from the cache. There is nothing here while the cache has no hits.",
      unit: "binBps",
      queries: [
        {
          expr: `sum by (instance) (rate(streamline_zerocopy_sendfile_bytes_total{${TARGET}}[$__rate_interval]))`,
          legend: "{{instance}} bytes",
        },
      ],
      read: ["MONITORING.md#fetch-path-metrics"],
      min: 0,
      none: "nothing was sent from the cache",
    },
    {
      kind: "graph",
      title: "Fetches without a free buffer",
      description:
        "Fetches a second that allocated a buffer of their own, which costs an allocation and nothing worse. A real server of v0.3.0 never counts a reused buffer, so there is no share to show.",
      unit: "ops",
      queries: [
        {
          expr: `sum by (instance) (rate(streamline_zerocopy_buffer_pool_misses{${TARGET}}[$__rate_interval]))`,
          legend: "{{instance}}",
        },
      ],
      read: ["MONITORING.md#fetch-path-metrics"],
      min: 0,
    },
  ],
};

export const CONSUMERS: Dashboard = {
  name: "consumers",
  title: "Streamline / Consumers",
  description:
    "Consumer groups by lag and stability, and the fetch path below them. The lag gauges freeze with a dead consumer: keep them fresh by asking for each group's lag once a minute.",
  variables: [
    ...targetVariables({ marker: "streamline_uptime_seconds", job: "streamline" }),
    labelVariable("group", "Group", "streamline_consumer_group_lag"),
  ],
  rows: [LAG, STABILITY, FETCHING],
};

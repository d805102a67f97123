/** Topics, partitions and what they take on the disk. */

import type { Dashboard, Row } from "./dashboard.ts";
import type { Query } from "./panel.ts";
import { labelVariable, TARGET, targetVariables } from "./variables.ts";

const TOPIC = `${TARGET},topic=~"$topic"`;

/** One WAL shard of four carries a topic (streamline-facts 4.2): above a half it is the limit. */
const HOT_SHARE = [
  { from: 0.5, color: "yellow" },
  { from: 0.8, color: "orange" },
] as const;

const TOTALS: Row = {
  title: "How much is there?",
  panels: [
    {
      kind: "stat",
      title: "Data on disk",
      description:
        "All segments. The write-ahead log (up to 2.4 GiB) and the fetch cache come on top.",
      unit: "bytes",
      queries: [
        {
          expr: `sum by (instance) (streamline_log_size_bytes{${TARGET}})`,
          legend: "{{instance}}",
        },
      ],
      read: ["OPERATIONS.md#how-large-it-gets"],
      width: 6,
    },
    {
      kind: "stat",
      title: "Topics",
      description: "Number of topics; refreshed every 30 s. A gauge, in spite of its name.",
      unit: "none",
      queries: [{ expr: `streamline_topics_total{${TARGET}}`, legend: "{{instance}}" }],
      read: ["MONITORING.md#data-metrics", "TROUBLESHOOTING.md#topic-created-by-a-typo"],
      width: 6,
    },
    {
      kind: "stat",
      title: "Partitions",
      description:
        "Of all topics; a deleted topic is counted until the next restart. Each partition keeps files open.",
      unit: "none",
      queries: [
        {
          expr: `sum by (instance) (streamline_partitions_total{${TARGET}})`,
          legend: "{{instance}}",
        },
      ],
      read: ["MONITORING.md#connections-files-and-memory"],
      width: 6,
    },
    {
      kind: "stat",
      title: "Segments",
      description: "Sealed and active ones. A gauge, in spite of its name.",
      unit: "none",
      queries: [
        {
          expr: `sum by (instance) (streamline_segments_total{${TARGET}})`,
          legend: "{{instance}}",
        },
      ],
      read: ["MONITORING.md#data-metrics"],
      width: 6,
    },
  ],
};

const TRAFFIC: Row = {
  title: "Traffic",
  panels: [
    {
      kind: "graph",
      title: "Bytes in, by topic",
      description: "The ten topics that take most. Value bytes, as the clients compressed them.",
      unit: "binBps",
      queries: [topTen("streamline_bytes_in_total")],
      read: ["MONITORING.md#data-metrics"],
      stacked: true,
      min: 0,
    },
    {
      kind: "graph",
      title: "Bytes out, by topic",
      description: "The ten topics that are read most, by all consumers together.",
      unit: "binBps",
      queries: [topTen("streamline_bytes_out_total")],
      read: ["MONITORING.md#data-metrics"],
      stacked: true,
      min: 0,
    },
    {
      kind: "graph",
      title: "Records in, by topic",
      description: "Records appended per second, for the ten busiest topics.",
      unit: "wps",
      queries: [topTen("streamline_records_total")],
      read: ["MONITORING.md#data-metrics"],
      stacked: true,
      min: 0,
    },
    {
      kind: "graph",
      title: "Mean record size, by topic",
      description:
        "Bytes in divided by records in. A jump is another kind of message, or compression switched off.",
      unit: "bytes",
      queries: [
        {
          expr: `sum by (topic) (rate(streamline_bytes_in_total{${TOPIC}}[$__rate_interval])) / sum by (topic) (rate(streamline_records_total{${TOPIC}}[$__rate_interval]))`,
          legend: "{{topic}}",
        },
      ],
      read: ["PERFORMANCE.md#disk-size"],
      min: 0,
    },
  ],
};

const BALANCE: Row = {
  title: "Is it balanced?",
  panels: [
    {
      kind: "graph",
      title: "Share of the busiest topic",
      description:
        "All partitions of a topic share one of the four shards of the write-ahead log, so one topic with nearly all bytes has a quarter of what the server can write.",
      unit: "percentunit",
      queries: [
        {
          expr: `max by (instance) (sum by (instance, topic) (rate(streamline_bytes_in_total{${TARGET}}[$__rate_interval]))) / sum by (instance) (rate(streamline_bytes_in_total{${TARGET}}[$__rate_interval]))`,
          legend: "{{instance}}",
        },
      ],
      read: ["runbooks/HotTopic.md", "TROUBLESHOOTING.md#one-hot-topic-limits-throughput"],
      min: 0,
      max: 1,
      thresholds: HOT_SHARE,
    },
    {
      kind: "graph",
      title: "Busiest partition against the mean, by topic",
      description:
        "1 is even. A high number is a hot key, or a producer that writes to one partition: its consumer is the one that falls behind.",
      unit: "none",
      queries: [
        {
          expr: `max by (topic) (sum by (topic, partition) (rate(streamline_records_total{${TOPIC}}[$__rate_interval]))) / avg by (topic) (sum by (topic, partition) (rate(streamline_records_total{${TOPIC}}[$__rate_interval])))`,
          legend: "{{topic}}",
        },
      ],
      read: ["runbooks/HotPartition.md"],
      min: 0,
      decimals: 1,
      thresholds: [{ from: 4, color: "orange" }],
    },
    {
      kind: "graph",
      title: "Records per produce request",
      description:
        "The size of batches. One request costs one append and one lock whatever it carries: below about 10 the clients do not batch.",
      unit: "none",
      queries: [
        {
          expr: `sum by (instance) (rate(streamline_records_total{${TARGET}}[$__rate_interval])) / sum by (instance) (rate(streamline_requests_total{${TARGET},api_key="produce"}[$__rate_interval]))`,
          legend: "{{instance}}",
        },
      ],
      read: ["runbooks/TinyBatches.md", "TROUBLESHOOTING.md#low-throughput"],
      min: 0,
      decimals: 1,
    },
    {
      kind: "graph",
      title: "Produce requests against the smallest write budget",
      description:
        "With the defaults a shard of the write-ahead log takes 10,000 appends per second, then writes fail. Each request carries at least one. This is the worst case, all on one shard; above 0.5 raise the limit, batch more, or spread over topics.",
      unit: "percentunit",
      queries: [
        {
          expr: `sum by (instance) (rate(streamline_requests_total{${TARGET},api_key="produce"}[$__rate_interval])) / 10000`,
          legend: "{{instance}}",
        },
      ],
      read: ["runbooks/WalBackpressure.md", "MONITORING.md#how-much-more-can-it-write"],
      min: 0,
      thresholds: [
        { from: 0.5, color: "yellow" },
        { from: 0.8, color: "red" },
      ],
    },
  ],
};

const GROWTH: Row = {
  title: "Does it grow?",
  panels: [
    {
      kind: "graph",
      title: "Data on disk, by topic",
      description:
        "The ten largest. With retention it becomes level after one retention time; the default keeps data for ever. A deleted topic keeps its last value until the restart.",
      unit: "bytes",
      queries: [
        {
          expr: `topk(10, sum by (topic) (streamline_log_size_bytes{${TOPIC}}))`,
          legend: "{{topic}}",
        },
      ],
      read: ["runbooks/DiskFilling.md", "TROUBLESHOOTING.md#disk-grows-without-end"],
      stacked: true,
      min: 0,
    },
    {
      kind: "graph",
      title: "Growth per day, by topic",
      description:
        "The trend of the last hour, as bytes per day. Negative: retention removes more than comes in.",
      unit: "bytes",
      queries: [
        {
          expr: `topk(10, sum by (topic) (deriv(streamline_log_size_bytes{${TOPIC}}[1h])) * 86400)`,
          legend: "{{topic}}",
        },
      ],
      read: ["MONITORING.md#when-will-the-disk-be-full"],
    },
    {
      kind: "graph",
      title: "Segments, by topic",
      description:
        "A partition never goes below its two newest segments, whatever its retention says.",
      unit: "none",
      queries: [
        {
          expr: `topk(10, sum by (topic) (streamline_segments_total{${TOPIC}}))`,
          legend: "{{topic}}",
        },
      ],
      read: [
        "TROUBLESHOOTING.md#retention-does-not-delete-anything",
        "OPERATIONS.md#how-large-it-gets",
      ],
      min: 0,
    },
    {
      kind: "graph",
      title: "End offsets, by topic",
      description:
        "The next offset, summed over partitions; refreshed every 30 s. A step back after a restart is the last batch reopened lower.",
      unit: "short",
      queries: [
        {
          expr: `topk(10, sum by (topic) (streamline_log_end_offset{${TOPIC}}))`,
          legend: "{{topic}}",
        },
      ],
      read: ["TROUBLESHOOTING.md#offsets-went-back-after-a-restart"],
      min: 0,
    },
  ],
};

function topTen(counter: string): Query {
  return {
    expr: `topk(10, sum by (topic) (rate(${counter}{${TOPIC}}[$__rate_interval])))`,
    legend: "{{topic}}",
  };
}

export const TOPICS: Dashboard = {
  name: "topics",
  title: "Streamline / Topics and storage",
  description:
    "What each topic takes and gives, whether the load is spread, and how the data grows. The free space of the disk is on the host's dashboard: the server has no metric for it.",
  variables: [
    ...targetVariables({ marker: "streamline_uptime_seconds", job: "streamline" }),
    labelVariable("topic", "Topic", "streamline_log_end_offset"),
  ],
  rows: [TOTALS, TRAFFIC, BALANCE, GROWTH],
};

/**
 * The 39 metric names that the server can emit, and no other (streamline-facts 2.2).
 *
 * `help` is present where the server describes the name; the exporter prints a HELP line only
 * then (metrics-exporter-prometheus 0.16.2, recorder.rs `render`). The wording of HELP is ours.
 */

export interface CatalogueMetric {
  readonly type: "counter" | "gauge" | "summary";
  readonly help?: string;
}

export const METRICS = {
  streamline_connections_active: { type: "gauge", help: "Kafka connections that are open now" },
  streamline_connections_total: { type: "counter", help: "Kafka connections accepted so far" },
  streamline_active_connections: { type: "gauge" },
  streamline_pipeline_max_concurrent: { type: "gauge" },
  streamline_uptime_seconds: { type: "gauge", help: "Seconds since the server started" },
  streamline_requests_total: { type: "counter", help: "Kafka requests handled" },
  streamline_request_duration_seconds: {
    type: "summary",
    help: "Request handling time in seconds",
  },
  streamline_request_size_bytes: { type: "summary", help: "Request size in bytes" },
  streamline_response_size_bytes: { type: "summary", help: "Response size in bytes" },
  streamline_bytes_received_total: { type: "counter" },
  streamline_bytes_sent_total: { type: "counter" },
  streamline_bytes_in_total: { type: "counter", help: "Value bytes appended to a topic" },
  streamline_bytes_out_total: { type: "counter", help: "Value bytes read from a topic" },
  streamline_records_total: { type: "counter", help: "Records appended to a partition" },
  streamline_topics_total: { type: "gauge", help: "Number of topics" },
  streamline_partitions_total: { type: "gauge", help: "Number of partitions of a topic" },
  streamline_log_size_bytes: { type: "gauge", help: "Bytes of a partition on disk" },
  streamline_log_end_offset: { type: "gauge", help: "Next offset of a partition" },
  streamline_segments_total: { type: "gauge", help: "Segments of a partition" },
  streamline_consumer_group_lag: { type: "gauge", help: "Lag of a group on one partition" },
  streamline_consumer_group_total_lag: { type: "gauge", help: "Lag of a group in total" },
  streamline_consumer_group_max_lag: { type: "gauge", help: "Largest partition lag of a group" },
  streamline_consumer_group_members: { type: "gauge", help: "Members of a group" },
  streamline_consumer_group_partitions: {
    type: "gauge",
    help: "Partitions for which a group has committed an offset",
  },
  streamline_consumer_group_rebalances_total: { type: "counter", help: "Rebalances of a group" },
  streamline_consumer_group_rebalance_duration_ms: {
    type: "summary",
    help: "Duration of a rebalance in milliseconds",
  },
  streamline_transaction_timeouts_total: { type: "counter" },
  streamline_transaction_abort_markers_total: { type: "counter" },
  streamline_producers_fenced_total: { type: "counter" },
  streamline_zerocopy_buffer_pool_hits: { type: "counter" },
  streamline_zerocopy_buffer_pool_misses: { type: "counter" },
  streamline_zerocopy_buffer_pool_available: { type: "gauge" },
  streamline_zerocopy_response_cache_hits: { type: "counter" },
  streamline_zerocopy_response_cache_misses: { type: "counter" },
  streamline_zerocopy_sendfile_responses_total: { type: "counter" },
  streamline_zerocopy_sendfile_bytes_total: { type: "counter" },
  streamline_zerocopy_sendfile_connection_corrupted_total: { type: "counter" },
  kafka_consumer_consumer_lag: {
    type: "gauge",
    help: "Lag of a group on one partition (JMX name)",
  },
  kafka_consumer_consumer_lag_max: { type: "gauge", help: "Largest lag of a group (JMX name)" },
} as const satisfies Record<string, CatalogueMetric>;

export type MetricName = keyof typeof METRICS;
export type CounterName = NameOfType<"counter">;
export type GaugeName = NameOfType<"gauge">;
export type SummaryName = NameOfType<"summary">;

type NameOfType<Type extends CatalogueMetric["type"]> = {
  [Name in MetricName]: (typeof METRICS)[Name]["type"] extends Type ? Name : never;
}[MetricName];

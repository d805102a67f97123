/**
 * The metric names of Streamline v0.3.0: those its default build records, and those it only
 * describes, which never appear however long one waits.
 *
 * Source: streamline-facts 2.2 (recorded), 2.3 (recorded only by code that nothing calls) and 2.4
 * (described in src/metrics/mod.rs:96-370, recorded nowhere).
 */

export type Unit = "bytes" | "seconds" | "milliseconds" | "count" | "offset" | "ratio";

/** The 39 names that can appear, with the unit of their values; quantiles have the same unit. */
export const RECORDED: Readonly<Record<string, Unit>> = {
  streamline_connections_active: "count",
  streamline_connections_total: "count",
  streamline_active_connections: "count",
  streamline_pipeline_max_concurrent: "count",
  streamline_uptime_seconds: "seconds",
  streamline_requests_total: "count",
  streamline_request_duration_seconds: "seconds",
  streamline_request_size_bytes: "bytes",
  streamline_response_size_bytes: "bytes",
  streamline_bytes_received_total: "bytes",
  streamline_bytes_sent_total: "bytes",
  streamline_bytes_in_total: "bytes",
  streamline_bytes_out_total: "bytes",
  streamline_records_total: "count",
  streamline_topics_total: "count",
  streamline_partitions_total: "count",
  streamline_log_size_bytes: "bytes",
  streamline_log_end_offset: "offset",
  streamline_segments_total: "count",
  streamline_consumer_group_lag: "count",
  streamline_consumer_group_total_lag: "count",
  streamline_consumer_group_max_lag: "count",
  streamline_consumer_group_members: "count",
  streamline_consumer_group_partitions: "count",
  streamline_consumer_group_rebalances_total: "count",
  streamline_consumer_group_rebalance_duration_ms: "milliseconds",
  streamline_transaction_timeouts_total: "count",
  streamline_transaction_abort_markers_total: "count",
  streamline_producers_fenced_total: "count",
  streamline_zerocopy_buffer_pool_hits: "count",
  streamline_zerocopy_buffer_pool_misses: "count",
  streamline_zerocopy_buffer_pool_available: "count",
  streamline_zerocopy_response_cache_hits: "count",
  streamline_zerocopy_response_cache_misses: "count",
  streamline_zerocopy_sendfile_responses_total: "count",
  streamline_zerocopy_sendfile_bytes_total: "bytes",
  streamline_zerocopy_sendfile_connection_corrupted_total: "count",
  kafka_consumer_consumer_lag: "count",
  kafka_consumer_consumer_lag_max: "count",
};

interface NeverRecorded {
  readonly names: readonly string[];
  /** Where the same can be learnt, as a sentence. */
  readonly instead?: string;
}

const NEVER_RECORDED: readonly NeverRecorded[] = [
  {
    names: [
      "streamline_replication_lag_messages",
      "streamline_replication_lag_bytes",
      "streamline_last_replication_seconds",
      "streamline_isr_size",
      "streamline_under_replicated_partitions",
      "streamline_offline_partitions",
    ],
    instead: "The server has no replication metric at all.",
  },
  {
    names: [
      "streamline_memory_usage_bytes",
      "streamline_memory_max_bytes",
      "streamline_memory_usage_ratio",
      "streamline_memory_pressure_level",
    ],
    instead: "GET /api/v1/dashboard/system reports the memory in use.",
  },
  {
    names: [
      "streamline_fetch_sendfile_total",
      "streamline_fetch_sendfile_bytes",
      "streamline_fetch_sendfile_errors",
      "streamline_zerocopy_mmap_segments_opened",
      "streamline_zerocopy_mmap_reads_total",
      "streamline_zerocopy_mmap_bytes_read",
    ],
  },
  {
    names: [
      "streamline_cluster_nodes_total",
      "streamline_cluster_leader",
      "streamline_cluster_elections_total",
      "streamline_cluster_raft_term",
      "streamline_cluster_raft_log_entries",
      "streamline_cluster_raft_commit_index",
      "streamline_cluster_raft_apply_index",
      "streamline_cluster_raft_replication_lag_ms",
      "streamline_cluster_raft_append_latency_ms",
      "streamline_cluster_raft_snapshot_size_bytes",
    ],
    instead: "In cluster mode, GET /api/v1/cluster/status reports leader and term.",
  },
  {
    names: [
      "streamline_partition_storage_mode",
      "streamline_partitions_by_storage_mode",
      "streamline_s3_reads_total",
      "streamline_s3_writes_total",
      "streamline_s3_bytes_read_total",
      "streamline_s3_bytes_written_total",
      "streamline_s3_cache_hits_total",
      "streamline_s3_cache_misses_total",
      "streamline_s3_read_latency_seconds",
      "streamline_s3_write_latency_seconds",
      "streamline_s3_cache_size_bytes",
      "streamline_s3_errors_total",
    ],
  },
  {
    names: [
      "streamline_recovery_partitions_discovered",
      "streamline_recovery_partitions_recovered",
      "streamline_recovery_partitions_failed",
    ],
    instead: "The server's log says how recovery went: search for WAL recovery completed.",
  },
  {
    names: [
      "streamline_multidc_replication_lag_ms",
      "streamline_multidc_replication_lag_offsets",
      "streamline_multidc_records_replicated",
      "streamline_multidc_bytes_replicated",
      "streamline_multidc_batches_sent",
      "streamline_multidc_batches_failed",
      "streamline_multidc_connection_status",
      "streamline_multidc_failover_total",
    ],
  },
  {
    names: [
      "streamline_io_reads_total",
      "streamline_io_writes_total",
      "streamline_io_syncs_total",
      "streamline_io_bytes_read_total",
      "streamline_io_bytes_written_total",
      "streamline_io_read_duration_seconds",
      "streamline_io_write_duration_seconds",
      "streamline_io_sync_duration_seconds",
      "streamline_io_backend_type",
      "streamline_io_errors_total",
    ],
    instead: "The host's node_exporter has disk metrics.",
  },
  {
    names: [
      "streamline_buffer_pool_allocations",
      "streamline_buffer_pool_reuses",
      "streamline_buffer_pool_hit_rate",
    ],
    instead: "The pool in use is streamline_zerocopy_buffer_pool_*.",
  },
];

/** Names that are described and never appear, with the place where the same can be learnt. */
export const DESCRIBED_ONLY: ReadonlyMap<string, string | undefined> = new Map(
  NEVER_RECORDED.flatMap(({ names, instead }) =>
    names.map((name): [string, string | undefined] => [name, instead]),
  ),
);

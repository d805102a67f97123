/**
 * Whether a metric counts up for ever, by its name; a snapshot does not keep the types that
 * /metrics declares.
 *
 * Source: streamline-facts 2.2 (types of the recorded metrics).
 */

/** Gauges although they end in `_total`. */
const GAUGES = new Set([
  "streamline_topics_total",
  "streamline_partitions_total",
  "streamline_segments_total",
]);

/** Counters although they do not. */
const COUNTERS = new Set([
  "streamline_zerocopy_buffer_pool_hits",
  "streamline_zerocopy_buffer_pool_misses",
  "streamline_zerocopy_response_cache_hits",
  "streamline_zerocopy_response_cache_misses",
]);

/** Whether a series only grows, by the catalogue of the server and otherwise by its name. */
export function isCounter(name: string): boolean {
  if (GAUGES.has(name)) return false;
  return COUNTERS.has(name) || /_(total|count|sum|bucket)$/.test(name);
}

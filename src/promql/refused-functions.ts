/**
 * What Prometheus 3 has and is not evaluated here, with what to write instead
 * (https://prometheus.io/docs/prometheus/latest/querying/functions/).
 */

const OF_RANGE_QUERY = "it is about a query over a range; use time(), or write the figure";

const INSTEAD: ReadonlyMap<string, string> = new Map([
  ["histogram_fraction", "divide the series _bucket by _count"],
  ["histogram_quantiles", "use histogram_quantile for each share"],
  ["info", "join with * on (…) group_left (…) target_info"],
  ["integral", "use sum_over_time, times the seconds between two samples"],
  ["limitk", "which series it takes is not known here; use topk"],
  ["limit_ratio", "which series it takes is not known here; use topk"],
  ["max_of", "use scalar(clamp_min(vector(a), b))"],
  ["min_of", "use scalar(clamp_max(vector(a), b))"],
  ["sort_by_label", "leave it out: an order changes no value"],
  ["sort_by_label_desc", "leave it out: an order changes no value"],
  ["start", OF_RANGE_QUERY],
  ["end", OF_RANGE_QUERY],
  ["range", OF_RANGE_QUERY],
  ["step", OF_RANGE_QUERY],
  ["start_timestamp", "when a counter began is not kept; use the series _created"],
]);

/** Goes on behind "is not supported". */
export function insteadOf(name: string): string {
  const words = INSTEAD.get(name);
  return words === undefined ? "" : `: ${words}`;
}

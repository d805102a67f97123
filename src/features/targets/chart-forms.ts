/** How people ask for a chart in plain words, and the series behind the words they use. */

import {
  type KnownNames,
  SPOKEN_PARTS,
  type SpokenForm,
  spanUnit,
  spoken,
} from "../commands/plain-words.ts";

const SPAN =
  "(?: (?:over|in|for|of|during) the (?:last|past) (?<amount>\\d+ ?)?(?<span>s|sec(?:ond)?s?|m|min(?:ute)?s?|h|hours?|d|days?))?";

export const CHART_FORMS: readonly SpokenForm[] = [
  spoken(
    `(?:what is the|(?:show|chart|draw|plot|graph)(?: me)?(?: the| a chart of| a chart of the| a graph of)?) (?<what>[\\w :{}="/.*-]+?)${SPOKEN_PARTS.onTarget}${SPAN}`,
    chartOfWords,
  ),
];

/** The series behind the words people use; what is not among them is searched for. */
const SERIES: readonly (readonly [RegExp, string])[] = [
  [
    /^(?:produce|producer|write) (?:request )?latency$/,
    'streamline_request_duration_seconds{api_key="produce"}',
  ],
  [
    /^(?:fetch|consume|consumer|read) (?:request )?latency$/,
    'streamline_request_duration_seconds{api_key="fetch"}',
  ],
  [/^(?:request )?latency$/, 'streamline_request_duration_seconds{api_key!=""}'],
  [/^(?:requests?|request rate|requests per second)$/, 'streamline_requests_total{api_key!=""}'],
  [/^(?:error rate|request errors|errors per second)$/, 'streamline_requests_total{error="true"}'],
  [
    /^(?:throughput|bytes in|produce rate|produce throughput|write throughput|incoming traffic)$/,
    "streamline_bytes_in_total",
  ],
  [
    /^(?:bytes out|read throughput|fetch throughput|consume rate|outgoing traffic)$/,
    "streamline_bytes_out_total",
  ],
  [
    /^(?:messages|records|messages|message rate|records per second|messages per second)$/,
    "streamline_records_total",
  ],
  [/^(?:connections|open connections|connection count)$/, "streamline_connections_active"],
  [/^(?:lag|consumer lag|group lag)$/, "group_lag"],
  [/^(?:memory|memory usage|memory use)$/, "server_memory_bytes"],
  [/^(?:disk|disk usage|disk use|data size|data directory)$/, "data_directory_bytes"],
  [/^(?:rebalances|rebalance rate)$/, "streamline_consumer_group_rebalances_total"],
];

/** "what is latency" asks for the word; "what is the latency" and "show me latency" for numbers. */
function chartOfWords(
  { what = "", target, amount, span }: Readonly<Record<string, string>>,
  known: KnownNames,
): string | undefined {
  if (target !== undefined && !known.isTarget(target)) return undefined;
  const lower = what.toLowerCase();
  const isMetric = /^(?:streamline|kafka|group|probe|server|process|bot)_\w+(?:\{[^}]*\})?$/.test(
    what,
  );
  const series = isMetric ? what : SERIES.find(([words]) => words.test(lower))?.[1];
  if (series === undefined) return undefined;
  const last = span === undefined ? "" : ` last:${(amount ?? "1").trim()}${spanUnit(span)}`;
  return `chart ${series} ${target ?? ""}`.trimEnd() + last;
}

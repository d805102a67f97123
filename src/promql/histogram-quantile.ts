/**
 * histogram_quantile: the value below which a share of a histogram's observations lies
 * (https://prometheus.io/docs/prometheus/2.42/querying/functions/#histogram_quantile).
 *
 * Only for series with buckets (label "le"). A Streamline server has summaries instead
 * (streamline-facts 2.1), over which this function returns nothing, as in Prometheus.
 */
import { parseNumber } from "../exposition/parse-number.ts";
import { dropLabels, labelOf, type Metric } from "../history/metric.ts";
import type { TextRange } from "./promql-error.ts";
import { metricKey, requireUnique, type VectorSample } from "./value.ts";

interface Bucket {
  readonly upperBound: number;
  readonly count: number;
}

const BOUND_LABEL = new Set(["le"]);

/** `histogram_quantile`: from the buckets of each histogram, as Prometheus interpolates. */
export function histogramQuantile(
  share: number,
  samples: readonly VectorSample[],
  range: TextRange,
): VectorSample[] {
  const histograms = new Map<string, { metric: Metric; buckets: Bucket[] }>();
  for (const { metric, value } of samples) {
    const upperBound = parseNumber(labelOf(metric, "le"));
    if (upperBound === undefined) {
      continue;
    }
    const whole = dropLabels(metric, BOUND_LABEL);
    const key = metricKey(whole);
    const histogram = histograms.get(key) ?? { metric: whole.withoutName(), buckets: [] };
    histogram.buckets.push({ upperBound, count: value });
    histograms.set(key, histogram);
  }

  const quantiles = Array.from(histograms.values(), ({ metric, buckets }) => ({
    metric,
    value: bucketQuantile(share, buckets),
  }));
  requireUnique(quantiles, range);
  return quantiles;
}

/** Observations are taken to be spread evenly within a bucket, the first of which begins at zero. */
function bucketQuantile(share: number, unsorted: readonly Bucket[]): number {
  if (Number.isNaN(share)) {
    return Number.NaN;
  }
  if (share < 0 || share > 1) {
    return share < 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  }
  const buckets = monotonic(merged(unsorted.toSorted((a, b) => a.upperBound - b.upperBound)));
  const last = buckets.at(-1);
  const belowLast = buckets.at(-2);
  if (
    last?.upperBound !== Number.POSITIVE_INFINITY ||
    belowLast === undefined ||
    last.count === 0
  ) {
    return Number.NaN;
  }

  const rank = share * last.count;
  const found = buckets.findIndex(({ count }) => count >= rank);
  if (found < 0 || found === buckets.length - 1) {
    return belowLast.upperBound;
  }
  return interpolated(rank, buckets[found] ?? last, buckets[found - 1]);
}

function interpolated(rank: number, bucket: Bucket, below: Bucket | undefined): number {
  if (below === undefined && bucket.upperBound <= 0) {
    return bucket.upperBound;
  }
  const start = below?.upperBound ?? 0;
  const countBelow = below?.count ?? 0;
  const share = (rank - countBelow) / (bucket.count - countBelow);
  return start + (bucket.upperBound - start) * share;
}

/** Buckets of the same bound, written in two ways such as "1" and "1.0", are one. */
function merged(sorted: readonly Bucket[]): Bucket[] {
  const buckets: Bucket[] = [];
  for (const bucket of sorted) {
    const last = buckets.at(-1);
    if (last?.upperBound === bucket.upperBound) {
      buckets[buckets.length - 1] = { ...last, count: last.count + bucket.count };
    } else {
      buckets.push(bucket);
    }
  }
  return buckets;
}

/** Counts must grow with the bound; rates of buckets that were not read at once may not. */
function monotonic(buckets: readonly Bucket[]): Bucket[] {
  let highest = Number.NEGATIVE_INFINITY;
  return buckets.map((bucket) => {
    if (bucket.count < highest) {
      return { ...bucket, count: highest };
    }
    highest = bucket.count;
    return bucket;
  });
}

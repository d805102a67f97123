/** What `metrics PATTERN` found on a target, or why its metrics could not be read. */

import { metricsResult } from "../probe-results.ts";
import type { MetricsReply } from "../reply.ts";
import { findSeries, type SeriesAnswer } from "../series.ts";
import { parseSeriesQuery } from "../series-query.ts";
import type { Target } from "../target.ts";

export interface MetricsLookup {
  readonly target: string;
  readonly http: string;
  readonly answer: SeriesAnswer | { readonly kind: "unavailable"; readonly says: string };
  /** Lines of the exposition that could not be read; the rest was. */
  readonly brokenLines: number;
}

/** Searches the reply of a target's /metrics for a pattern, as people type it. */
export function lookUpSeries(target: Target, reply: MetricsReply, pattern: string): MetricsLookup {
  const { name, http } = target;
  const result = metricsResult(reply);
  if (!result.ok || reply.kind !== "answered") {
    const answer = { kind: "unavailable", says: result.says } as const;
    return { target: name, http, answer, brokenLines: 0 };
  }
  const answer = findSeries(reply.samples, parseSeriesQuery(pattern));
  return { target: name, http, answer, brokenLines: reply.brokenLines };
}

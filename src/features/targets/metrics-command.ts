/** `metrics PATTERN [TARGET]`: the current series by name. */

import { lookUpSeries, type MetricsLookup } from "../../diagnosis/health/metrics-lookup.ts";
import { askedTarget, type CommandRow } from "../commands/command-row.ts";
import type { TargetSource } from "../shared/sources.ts";
import { renderMetrics } from "./render-metrics.ts";

export interface MetricsPorts {
  readonly poll: Pick<TargetSource, "metrics">;
}

export interface MetricsOptions {
  readonly pattern: string;
}

/** Concludes the series that a poll made for it has. */
export function metricsCommand({ poll }: MetricsPorts): CommandRow<MetricsOptions, MetricsLookup> {
  return {
    name: "metrics",
    usage: "metrics PATTERN [TARGET]",
    about: 'current series by name, such as *lag* or bytes_in{topic="orders"}',
    group: "Now",
    right: "ask",
    target: "one",
    reads: { kind: "series" },
    parse: ({ series }) =>
      series === undefined
        ? { kind: "incomplete" }
        : { kind: "options", options: { pattern: series.text } },
    async run({ pattern }, asking) {
      const target = askedTarget(asking);
      return lookUpSeries(target, await poll.metrics(target), pattern);
    },
    render: renderMetrics,
  };
}

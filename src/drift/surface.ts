/** Everything that a name in our files may mean, in one place. */

import { type Catalogue, lookUp } from "./catalogue.ts";

export interface Surface {
  readonly catalogue: Catalogue;
  /** Metrics of other programs and of the bot itself, with their labels where they are known. */
  readonly others: OtherMetrics;
  /** Options of other programs that prose names alone. */
  readonly otherFlags: ReadonlySet<string>;
  readonly ownSeries: OwnSeries;
  /** Names of recording rules. */
  readonly records: ReadonlySet<string>;
}

export type OtherMetrics = ReadonlyMap<string, readonly string[] | undefined>;

/** Series that the bot makes of what it sees of a target: checks may read them, nobody else. */
export interface OwnSeries {
  readonly names: ReadonlySet<string>;
  /** The values of a label, where only some are possible. */
  readonly labelValues: ReadonlyMap<string, readonly string[]>;
}

export type MetricMeaning =
  | {
      readonly kind: "server";
      /** The metric's own name, without `_sum` or `_count`. */
      readonly base: string;
      readonly suffix: "" | "_sum" | "_count";
      readonly labels: readonly string[];
      readonly isRecorded: boolean;
      readonly isCounter: boolean;
      readonly isSummary: boolean;
      readonly hasTwin: boolean;
    }
  | { readonly kind: "bucket"; readonly base: string }
  | { readonly kind: "other"; readonly labels: readonly string[] | undefined }
  | { readonly kind: "own" }
  /** A recording rule's name: its labels are whatever the rule leaves. */
  | { readonly kind: "record" }
  | { readonly kind: "not-real"; readonly truth: string }
  | { readonly kind: "unknown" };

/**
 * What a metric's name stands for, looked up in this order: the server's, other programs', rules that
 * record, parts of a summary or histogram.
 */
export function meaningOf(name: string, surface: Surface): MetricMeaning {
  const { catalogue, others, records } = surface;
  const own = serverMetric(name, "", catalogue);
  if (own !== undefined) return own;
  if (others.has(name)) return { kind: "other", labels: others.get(name) };
  if (records.has(name)) return { kind: "record" };
  const parts = /^(.+)(_sum|_count|_bucket)$/.exec(name);
  const base = catalogue.metrics.get(parts?.[1] ?? "");
  if (parts !== null && base?.type === "summary") {
    if (parts[2] === "_bucket") return { kind: "bucket", base: parts[1] ?? "" };
    const suffix = parts[2] === "_sum" ? "_sum" : "_count";
    return serverMetric(parts[1] ?? "", suffix, catalogue) ?? { kind: "unknown" };
  }
  const truth = lookUp(catalogue.notReal.metrics, name);
  return truth === undefined ? { kind: "unknown" } : { kind: "not-real", truth };
}

function serverMetric(
  base: string,
  suffix: "" | "_sum" | "_count",
  { metrics }: Catalogue,
): MetricMeaning | undefined {
  const entry = metrics.get(base);
  if (entry === undefined) return undefined;
  const isSummary = entry.type === "summary";
  return {
    kind: "server",
    base,
    suffix,
    labels: isSummary && suffix === "" ? [...entry.labels, "quantile"] : entry.labels,
    isRecorded: entry.status === "recorded",
    isCounter: entry.type === "counter" || suffix !== "",
    isSummary,
    hasTwin: entry.twin,
  };
}

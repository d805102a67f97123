/**
 * A sample is the smallest piece of evidence: one number with a name and labels.
 *
 * Names follow the Prometheus data model
 * (https://prometheus.io/docs/concepts/data_model/).
 */

/** Label names to values. The metric's name is not among them. */
export type Labels = Readonly<Record<string, string>>;

export interface Sample {
  readonly name: string;
  readonly labels: Labels;
  readonly value: number;
  /** Milliseconds since the epoch, only when the server wrote a timestamp. */
  readonly timestampMs?: number;
}

/** The types of both text formats; 0.0.4 says "untyped" where OpenMetrics says "unknown". */
export type MetricType =
  | "counter"
  | "gauge"
  | "histogram"
  | "gaugehistogram"
  | "summary"
  | "stateset"
  | "info"
  | "unknown";

/**
 * The value of a label, or "" when it is not set: PromQL makes no difference between the two.
 * Reads own properties only, so that a label called "constructor" is not found where there is none.
 */
export function labelValue(labels: Labels, name: string): string {
  return Object.hasOwn(labels, name) ? (labels[name] ?? "") : "";
}

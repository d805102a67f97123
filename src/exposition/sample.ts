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
 * The value of a label, or "" when it is not set: PromQL makes no difference between the two. What an
 * object inherits is never a text, so a label called "constructor" is not found where there is none.
 */
export function labelValue(labels: Labels, name: string): string {
  const value: unknown = labels[name];
  return typeof value === "string" ? value : "";
}

/**
 * Sets a label of an object that is being made. An assignment to "__proto__" would not create a
 * label, but reach for the object's prototype.
 */
export function setLabel(labels: Record<string, string>, name: string, value: string): void {
  if (name === "__proto__") {
    Object.defineProperty(labels, name, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  } else {
    labels[name] = value;
  }
}

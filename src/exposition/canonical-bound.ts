/**
 * The bounds of histogram buckets (`le`) and summary quantiles (`quantile`) in one spelling.
 *
 * `le="1"` and `le="1.0"` are the same bucket, written by different clients. Prometheus 3 stores both
 * as OpenMetrics writes numbers (https://prometheus.io/docs/prometheus/latest/migration/, "le and
 * quantile label values"), Prometheus 2 as they come.
 */

import { DECIMAL_NUMBER } from "./parse-number.ts";
import type { Labels } from "./sample.ts";

/** Labels whose values are numbers, and one and the same for every spelling of the number. */
const BOUNDS: ReadonlySet<string> = new Set(["le", "quantile"]);

/** What is canonical already, and by far the most frequent: 0.99, 2.5. */
const CANONICAL = /^(?:0|[1-9]\d{0,4})\.(?:0|(?!0000)\d{0,8}[1-9])$/;

/** Go writes an exponent from here on (strconv.FormatFloat with format "g" and precision -1). */
const LARGEST_PLAIN = 1e6;
const SMALLEST_PLAIN = 1e-4;

/** Whether a label holds a bound. */
export function isBound(label: string): boolean {
  return BOUNDS.has(label);
}

/** The number in OpenMetrics' spelling: "1" is "1.0", "Inf" is "+Inf"; what is not a number stays. */
export function canonicalBound(written: string): string {
  if (CANONICAL.test(written)) return written;
  if (/^\+?inf$/i.test(written)) return "+Inf";
  if (!DECIMAL_NUMBER.test(written)) return written;
  const value = Number(written);
  if (!Number.isFinite(value)) return written;
  const size = Math.abs(value);
  if (size !== 0 && (size >= LARGEST_PLAIN || size < SMALLEST_PLAIN)) return withExponent(value);
  const plain = String(value);
  return plain.includes(".") ? plain : `${plain}.0`;
}

/** Which label of a metric holds a bound. */
export function boundLabel(name: string): "le" | "quantile" {
  return name.endsWith("_bucket") ? "le" : "quantile";
}

/** The labels with a canonical bound; the same object when it is canonical already. */
export function withCanonicalBound(name: string, labels: Labels): Labels {
  const label = boundLabel(name);
  const written = labels[label];
  if (written === undefined) return labels;
  const bound = canonicalBound(written);
  return bound === written ? labels : { ...labels, [label]: bound };
}

/** Go writes at least two digits of an exponent: 1e-05, 1e+21. */
function withExponent(value: number): string {
  const [digits = "", exponent = ""] = value.toExponential().split("e");
  const sign = exponent.startsWith("-") ? "-" : "+";
  return `${digits}e${sign}${exponent.replace(/^[+-]/, "").padStart(2, "0")}`;
}

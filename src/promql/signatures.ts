/**
 * Which functions and aggregation operators there are, and what they take.
 *
 * From https://prometheus.io/docs/prometheus/2.42/querying/functions/ and
 * https://prometheus.io/docs/prometheus/2.42/querying/operators/#aggregation-operators, and of later
 * versions what needs nothing but samples. What the manual has and these tables do not is refused by
 * name: what versions answer differently (histogram_fraction), and experiments that choose series
 * (limitk, limit_ratio, info, sort_by_label).
 */

export type ValueKind = "scalar" | "vector" | "range" | "string";

export interface Signature {
  readonly args: readonly ValueKind[];
  /** How many of the last arguments may be missing. */
  readonly optional?: number;
  /** The last argument may be repeated. */
  readonly repeats?: true;
  readonly returns: ValueKind;
}

const ONE_VECTOR: Signature = { args: ["vector"], returns: "vector" };
const ONE_RANGE: Signature = { args: ["range"], returns: "vector" };
const MOMENT: Signature = { args: ["vector"], optional: 1, returns: "vector" };
const SMOOTHING: Signature = { args: ["range", "scalar", "scalar"], returns: "vector" };
const NOTHING: Signature = { args: [], returns: "scalar" };

const OF_VECTOR =
  "abs absent acos acosh asin asinh atan atanh ceil cos cosh deg exp floor histogram_avg histogram_count histogram_stddev histogram_stdvar histogram_sum ln log10 log2 rad sgn sin sinh sort sort_desc sqrt tan tanh timestamp";
const OF_RANGE =
  "absent_over_time avg_over_time changes count_over_time delta deriv first_over_time idelta increase irate last_over_time mad_over_time max_over_time min_over_time present_over_time rate resets stddev_over_time stdvar_over_time sum_over_time ts_of_first_over_time ts_of_last_over_time ts_of_max_over_time ts_of_min_over_time";
const OF_MOMENT = "day_of_month day_of_week day_of_year days_in_month hour minute month year";

export const SIGNATURES: ReadonlyMap<string, Signature> = new Map<string, Signature>([
  ...named(OF_VECTOR, ONE_VECTOR),
  ...named(OF_RANGE, ONE_RANGE),
  ...named(OF_MOMENT, MOMENT),
  ...named("pi time", NOTHING),
  ...named("double_exponential_smoothing holt_winters", SMOOTHING),
  ["clamp", { args: ["vector", "scalar", "scalar"], returns: "vector" }],
  ["clamp_max", { args: ["vector", "scalar"], returns: "vector" }],
  ["clamp_min", { args: ["vector", "scalar"], returns: "vector" }],
  ["histogram_quantile", { args: ["scalar", "vector"], returns: "vector" }],
  [
    "label_join",
    {
      args: ["vector", "string", "string", "string"],
      optional: 1,
      repeats: true,
      returns: "vector",
    },
  ],
  [
    "label_replace",
    { args: ["vector", "string", "string", "string", "string"], returns: "vector" },
  ],
  ["predict_linear", { args: ["range", "scalar"], returns: "vector" }],
  ["quantile_over_time", { args: ["scalar", "range"], returns: "vector" }],
  ["round", { args: ["vector", "scalar"], optional: 1, returns: "vector" }],
  ["scalar", { args: ["vector"], returns: "scalar" }],
  ["vector", { args: ["scalar"], returns: "vector" }],
]);

/** Aggregation operators, with the kind of the argument that stands before the vector. */
export const AGGREGATION_PARAMS: ReadonlyMap<string, ValueKind | undefined> = new Map<
  string,
  ValueKind | undefined
>([
  ...named("avg count group max min stddev stdvar sum", undefined),
  ...named("bottomk quantile topk", "scalar" as const),
  ["count_values", "string"],
]);

function named<T>(names: string, value: T): [string, T][] {
  return names.split(" ").map((name) => [name, value]);
}

/** Expressions that mean the same here and in Prometheus, or that neither evaluates. */

import { AS_WRITTEN } from "./expressions-as-written.ts";
import { FUNCTIONS } from "./expressions-of-functions.ts";
import { OPERATORS } from "./expressions-of-operators.ts";
import { REFUSED } from "./refused-expressions.ts";

const SELECTORS = [
  "records_total",
  'records_total{topic="orders"}',
  'records_total{topic!="orders"}',
  'records_total{topic=~"or.*|audit"}',
  'records_total{topic!~"a.*",partition=~"[01]"}',
  'records_total{topic=~"(?i)ORDERS"}',
  'records_total{topic=~"rders"}',
  'topic_info{tier=""}',
  'topic_info{tier!=""}',
  'topic_info{missing=""}',
  '{__name__=~"records.*|end_.*",topic="audit"}',
  '{__name__="free_bytes"}',
  '{topic="payments",partition="1"}',
  "missing_metric",
  "records_total offset 5m",
  "records_total offset -1m",
  "records_total @ 1700001000",
  "records_total @ start()",
  "records_total @ end() offset 2m",
  "records_total offset 2m @ 1700001800.5",
  "flaky",
  "odd",
  "free_bytes",
  "temperature",
];

const RANGES = [
  "records_total[1m]",
  "records_total[5m]",
  "end_offset[10m] offset 3m",
  "temperature[5m]",
  "free_bytes[20m]",
  "group_lag[7m]",
  "odd[2m]",
  "flaky[10m]",
  "constant[5m]",
  "request_seconds[15m]",
  "records_total[5m] @ 1700001500",
  "missing_metric[5m]",
  "records_total[10m:1m]",
  "temperature[10m:]",
  "free_bytes[9m:45s] offset 1m",
  "rate(records_total[2m])[10m:30s]",
];

const OVER_RANGE = [
  "rate",
  "increase",
  "irate",
  "delta",
  "idelta",
  "deriv",
  "resets",
  "changes",
  "avg_over_time",
  "min_over_time",
  "max_over_time",
  "sum_over_time",
  "count_over_time",
  "stddev_over_time",
  "stdvar_over_time",
  "last_over_time",
  "present_over_time",
  "absent_over_time",
];

const OVER_VECTOR = [
  "abs",
  "absent",
  "acos",
  "acosh",
  "asin",
  "asinh",
  "atan",
  "atanh",
  "ceil",
  "cos",
  "cosh",
  "deg",
  "exp",
  "floor",
  "ln",
  "log10",
  "log2",
  "rad",
  "sgn",
  "sin",
  "sinh",
  "sqrt",
  "tan",
  "tanh",
  "timestamp",
  "sort",
  "sort_desc",
  "round",
  "scalar",
  "-",
  "+",
];

const CALENDAR = [
  "minute",
  "hour",
  "day_of_week",
  "day_of_month",
  "day_of_year",
  "days_in_month",
  "month",
  "year",
];

/** Every expression once. */
export function allExpressions(): string[] {
  return [
    ...new Set(
      [...SELECTORS, ...OPERATORS, ...FUNCTIONS, ...REFUSED, ...AS_WRITTEN, ...combined()].map(
        asSomebodyWrites,
      ),
    ),
  ];
}

/** Remarks, breaks and blanks where the language allows them; every third expression gets some. */
function asSomebodyWrites(expression: string, at: number): string {
  if (at % 3 !== 0 || /["'`#]/.test(expression)) return expression;
  const blanks = ["\n", " # a (remark) {of} [signs]\n", "\t"];
  return expression.replace(
    / (?=[-+*/%<>=]|and |or |unless )/g,
    (_, place: number) => blanks[place % 3] ?? " ",
  );
}

/** Every function over some range or vector, each function with another one. */
function combined(): string[] {
  const ranges = OVER_RANGE.flatMap((name, at) =>
    RANGES.filter((_, index) => (index + at) % 2 === 0).map((range) => `${name}(${range})`),
  );
  const vectors = OVER_VECTOR.flatMap((name) => [`${name}(temperature)`, `${name}(odd)`]);
  // Not over values that are no number: Go makes the year 292277026596 of them, we make NaN.
  const calendar = CALENDAR.map((name) => `${name}(free_bytes)`);
  return [...ranges, ...vectors, ...calendar];
}

/** Expressions for charts, with all that depends on the range or on the moment. */
export const CHARTS: readonly string[] = [
  "records_total",
  "flaky",
  "missing_metric",
  "1 + 1",
  "time()",
  "minute()",
  "sum by (topic) (rate(records_total[5m]))",
  "records_total > 2000",
  "records_total @ start()",
  "records_total - records_total @ end()",
  "rate(records_total[5m] @ end())",
  "temperature offset 3m",
  "timestamp(temperature)",
  "absent(flaky)",
  "absent_over_time(flaky[2m])",
  "topk(1, temperature)",
  "max_over_time(rate(records_total[2m])[10m:1m])",
  "avg_over_time(temperature[10m:] @ start())",
  "predict_linear(free_bytes[10m], 600)",
  "histogram_quantile(0.9, sum by (le) (rate(latency_bucket[5m])))",
  "records_total * on (topic) group_left (owner) topic_info",
  "flaky or temperature",
  "count_values('value', changes(records_total[3m]))",
  "label_replace(temperature, 'wall', '$1', 'room', '(.)')",
  "scalar(free_bytes) / 1e9",
  "vector(time() / 60)",
];

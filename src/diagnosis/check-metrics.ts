/** Which metrics the checks look at, by any of their expressions. */

import { selectedName, selectorsOf } from "../promql/expression.ts";
import { parsePromql } from "../promql/parse.ts";
import type { Check } from "./check.ts";

/** Every metric's name that the checks use; undefined when one of them may use any. */
export function metricsUsed(checks: readonly Check[]): ReadonlySet<string> | undefined {
  const selectors = checks
    .flatMap(expressionsOf)
    .flatMap((expression) => selectorsOf(parsePromql(expression)));
  const names = selectors.map(selectedName);
  return names.includes(undefined)
    ? undefined
    : new Set(names.filter((name) => name !== undefined));
}

function expressionsOf(check: Check): string[] {
  const { expr, needs, values, chart } = check;
  return [
    expr,
    ...needs.flatMap(({ series, missingOkIf }) => [series, missingOkIf ?? []].flat()),
    ...Object.values(values),
    ...(chart === undefined ? [] : [chart]),
  ];
}

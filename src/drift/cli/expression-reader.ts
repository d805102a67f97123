/** Reads PromQL for the drift check, with the parser that also reads the checks' expressions. */

import {
  type Expr,
  partsOf,
  selectedName,
  selectorsOf,
  type VectorSelector,
} from "../../promql/expression.ts";
import { parsePromql } from "../../promql/parse.ts";
import type { ReadExpression, UsedGrouping, UsedSelector } from "../expression.ts";

const RATES: ReadonlySet<string> = new Set(["rate", "irate", "increase"]);

/** Functions that make labels: what they give to group by is not in any metric. */
const LABEL_MAKERS: ReadonlySet<string> = new Set(["label_replace", "label_join"]);

/** The series that an expression reads and what it groups them by; where it does not parse, why. */
export function readExpression(text: string): ReadExpression {
  try {
    const expr = parsePromql(text);
    return { kind: "read", selectors: usedSelectors(expr, false), groupings: groupingsIn(expr) };
  } catch (error) {
    return { kind: "broken", reason: error instanceof Error ? error.message : String(error) };
  }
}

function usedSelectors(expr: Expr, isRated: boolean): UsedSelector[] {
  if (expr.kind === "selector") return [toUsed(expr, isRated)];
  if (expr.kind === "range") return [toUsed(expr.selector, isRated)];
  const isRate = expr.kind === "call" && RATES.has(expr.name);
  return partsOf(expr).flatMap((child) => usedSelectors(child, isRate));
}

function toUsed(selector: VectorSelector, isRated: boolean): UsedSelector {
  return {
    metric: selectedName(selector),
    matchers: selector.matchers
      .filter(({ label }) => label !== "__name__")
      .map(({ label, operator, value, matches }) => ({
        label,
        operator,
        value,
        matches,
        acceptsMissing: matches(""),
      })),
    isRated,
  };
}

function groupingsIn(expr: Expr): UsedGrouping[] {
  return [...ownGrouping(expr), ...partsOf(expr).flatMap(groupingsIn)];
}

function ownGrouping(expr: Expr): UsedGrouping[] {
  if (makesLabels(expr)) return [];
  if (expr.kind === "aggregation" && expr.grouping.length > 0) {
    return [{ labels: expr.grouping, metrics: metricsIn(expr.expr) }];
  }
  if (expr.kind !== "binary") return [];
  const { labels, include } = expr.matching;
  const metrics = metricsIn(expr);
  return [labels, include]
    .filter((each) => each.length > 0)
    .map((each) => ({ labels: each, metrics }));
}

function makesLabels(expr: Expr): boolean {
  if (expr.kind === "call" && LABEL_MAKERS.has(expr.name)) return true;
  if (expr.kind === "aggregation" && expr.operator === "count_values") return true;
  return partsOf(expr).some(makesLabels);
}

function metricsIn(expr: Expr): string[] {
  return [...new Set(selectorsOf(expr).flatMap((selector) => selectedName(selector) ?? []))];
}

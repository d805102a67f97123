/**
 * Where the samples begin that an expression reads.
 *
 * A subquery over thirty days has 43,200 moments, and a history an hour of samples: at all other moments
 * most expressions come to nothing, which need not be computed to be known.
 */
import type { HistoryReader } from "../history/history.ts";
import { type Expr, partsOf } from "./expression.ts";

/** Functions that come to something where there is nothing. */
const FROM_NOTHING: ReadonlySet<string> = new Set(["absent", "absent_over_time", "scalar"]);

/**
 * A moment before which an instant vector has no elements, whatever the samples are, in milliseconds;
 * undefined when it may have some at any moment.
 */
export function emptyBefore(expr: Expr, history: HistoryReader): number | undefined {
  if (!isEmptyWithoutSamples(expr) || !readsThePast(expr)) return undefined;
  return history.stats().firstMs ?? Number.POSITIVE_INFINITY;
}

/** Whether its value is an empty vector where all of its selectors find nothing. */
function isEmptyWithoutSamples(expr: Expr): boolean {
  switch (expr.kind) {
    case "number":
    case "string":
      return false;
    case "selector":
    case "range":
      return true;
    case "subquery":
    case "aggregation":
    case "unary":
      return isEmptyWithoutSamples(expr.expr);
    case "call":
      return !FROM_NOTHING.has(expr.name) && expr.args.some(isEmptyWithoutSamples);
    case "binary": {
      const [left, right] = [isEmptyWithoutSamples(expr.left), isEmptyWithoutSamples(expr.right)];
      if (expr.operator === "or") return left && right;
      return expr.operator === "unless" ? left : left || right;
    }
  }
}

/** Whether it reads nothing later than its own moment, and nothing of a fixed one. */
function readsThePast(expr: Expr): boolean {
  const isShifted = expr.kind === "selector" || expr.kind === "subquery";
  const staysBehind = !isShifted || (expr.at === undefined && expr.offsetMs >= 0);
  return staysBehind && partsOf(expr).every(readsThePast);
}

/**
 * An expression of a check -> the same over what a Prometheus keeps of one target.
 *
 * Checks are written for the history of one target, whose series have no labels of a scrape. Each selector
 * is narrowed to the target, the bot's own series get the names under which they are exported, and what the
 * scrape added is taken off before anything is compared: `a / b` finds its partner as it does here, and
 * two bots that export the same count once.
 */

import { createMatcher, type Matcher } from "../../history/matcher.ts";
import { NAME } from "../../history/metric.ts";
import type { Aggregation, Call, Expr, VectorSelector } from "../../promql/expression.ts";
import { formatPromql } from "../../promql/format-expression.ts";
import { parsePromql } from "../../promql/parse.ts";
import { OWN_NAMES } from "../checks/own-series.ts";
import { EXPORTED_PREFIX } from "../exported-series.ts";
import type { PrometheusPlace, SeriesPlace } from "./prometheus-place.ts";

/** Throws a PromqlError for a text that is no expression. */
export function inPrometheus(text: string, place: PrometheusPlace): string {
  return formatPromql(rewritten(parsePromql(text), place));
}

function rewritten(expr: Expr, place: PrometheusPlace): Expr {
  const inner = (each: Expr): Expr => rewritten(each, place);
  switch (expr.kind) {
    case "number":
    case "string":
      return expr;
    case "selector":
      return bare(narrowed(expr, place), placeFor(expr, place));
    case "range":
      return { ...expr, selector: narrowed(expr.selector, place) };
    case "subquery":
    case "unary":
      return { ...expr, expr: inner(expr.expr) };
    case "call":
      return call(expr, place);
    case "aggregation":
      return {
        ...expr,
        expr: inner(expr.expr),
        ...(expr.param === undefined ? {} : { param: inner(expr.param) }),
      };
    case "binary":
      return { ...expr, left: inner(expr.left), right: inner(expr.right) };
  }
}

/** They read the sample itself, which an aggregation below them would hide. */
const OF_SAMPLES: ReadonlySet<string> = new Set(["absent", "timestamp"]);

/** What is read over a range keeps its labels until the function is done. */
function call(expr: Call, place: PrometheusPlace): Expr {
  const read = expr.args.find(
    (arg) => arg.kind === "range" || (arg.kind === "selector" && OF_SAMPLES.has(expr.name)),
  );
  const args = expr.args.map((arg) =>
    arg === read && arg.kind === "selector" ? narrowed(arg, place) : rewritten(arg, place),
  );
  const whole: Call = { ...expr, args };
  if (read?.kind === "range") return bare(whole, placeFor(read.selector, place));
  return read?.kind === "selector" ? bare(whole, placeFor(read, place)) : whole;
}

function bare(expr: Expr, { added }: SeriesPlace): Aggregation {
  const { range } = expr;
  return {
    kind: "aggregation",
    operator: "max",
    expr,
    grouping: added,
    without: true,
    text: "",
    range,
  };
}

function narrowed(selector: VectorSelector, place: PrometheusPlace): VectorSelector {
  const { matchers } = placeFor(selector, place);
  return { ...selector, matchers: [...selector.matchers.map(exportedName), ...matchers] };
}

/** Prometheus has `up` of its own: it is the scrape's of the server. */
function placeFor({ matchers }: VectorSelector, place: PrometheusPlace): SeriesPlace {
  return matchers.some(isBotsName) ? place.bot : place.server;
}

function exportedName(matcher: Matcher): Matcher {
  return isBotsName(matcher) ? createMatcher(NAME, "=", EXPORTED_PREFIX + matcher.value) : matcher;
}

function isBotsName({ label, operator, value }: Matcher): boolean {
  return label === NAME && operator === "=" && value !== "up" && OWN_NAMES.has(value);
}

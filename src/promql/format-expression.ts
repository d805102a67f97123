/** An expression -> the PromQL of it: read again, it is the same expression. */

import type { Matcher } from "../history/matcher.ts";
import { NAME } from "../history/metric.ts";
import type {
  Aggregation,
  Binary,
  Expr,
  Matching,
  TimeShift,
  VectorSelector,
} from "./expression.ts";
import { formatNumber } from "./format-number.ts";
import { promqlString } from "./literals.ts";

/** Operations stand in parentheses, so that no order of precedence is needed to read them. */
export function formatPromql(expr: Expr): string {
  switch (expr.kind) {
    case "number":
      // Its sign would be read as an operator.
      return formatNumber(expr.value).replace("+", "");
    case "string":
      return promqlString(expr.value);
    case "selector":
      return `${selector(expr)}${shift(expr)}`;
    case "range":
      return `${selector(expr.selector)}[${expr.rangeMs}ms]${shift(expr.selector)}`;
    case "subquery": {
      const step = expr.stepMs === undefined ? "" : `${expr.stepMs}ms`;
      return `(${formatPromql(expr.expr)})[${expr.rangeMs}ms:${step}]${shift(expr)}`;
    }
    case "call":
      return `${expr.name}(${expr.args.map(formatPromql).join(", ")})`;
    case "aggregation":
      return aggregation(expr);
    case "binary":
      return binary(expr);
    case "unary":
      return `(${expr.operator}${formatPromql(expr.expr)})`;
  }
}

function selector({ matchers }: VectorSelector): string {
  const name = matchers.find(isPlainName);
  const conditions = matchers.filter((each) => each !== name).map(condition);
  if (name === undefined) return `{${conditions.join(",")}}`;
  return conditions.length === 0 ? name.value : `${name.value}{${conditions.join(",")}}`;
}

/** Other names, which newer versions allow, stand in braces. */
function isPlainName({ label, operator, value }: Matcher): boolean {
  return label === NAME && operator === "=" && /^[A-Za-z_:][\w:]*$/.test(value);
}

function condition({ label, operator, value }: Matcher): string {
  return `${labelName(label)}${operator}${promqlString(value)}`;
}

function labelName(label: string): string {
  return /^[A-Za-z_]\w*$/.test(label) ? label : promqlString(label);
}

function shift({ offsetMs, at }: TimeShift): string {
  const moment = typeof at === "number" ? formatNumber(at / 1_000) : `${at}()`;
  const fixed = at === undefined ? "" : ` @ ${moment}`;
  if (offsetMs === 0) return fixed;
  return `${fixed} offset ${offsetMs < 0 ? "-" : ""}${Math.abs(offsetMs)}ms`;
}

function aggregation({ operator, expr, param, grouping, without }: Aggregation): string {
  const labels = `(${grouping.map(labelName).join(", ")})`;
  const modifier = without ? ` without ${labels}` : grouping.length === 0 ? "" : ` by ${labels}`;
  const args = [...(param === undefined ? [] : [formatPromql(param)]), formatPromql(expr)];
  return `${operator}${modifier} (${args.join(", ")})`;
}

function binary({ operator, left, right, bool, matching }: Binary): string {
  const middle = `${operator}${bool ? " bool" : ""}${matchingWords(matching)}`;
  return `(${formatPromql(left)} ${middle} ${formatPromql(right)})`;
}

function matchingWords({ on, labels, many, include }: Matching): string {
  const listed = labels.map(labelName).join(", ");
  const by = on ? ` on (${listed})` : labels.length === 0 && !many ? "" : ` ignoring (${listed})`;
  if (many === undefined) return by;
  return `${by} group_${many} (${include.map(labelName).join(", ")})`;
}

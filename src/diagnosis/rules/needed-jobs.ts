/** Which scrape jobs a rule needs: without one of them its expression is empty, whatever happens. */

import type { Matcher } from "../../history/matcher.ts";
import type { Expr } from "../../promql/expression.ts";

/** They find something because nothing is there. */
const OF_NOTHING: ReadonlySet<string> = new Set(["absent", "absent_over_time"]);

/** The jobs whose series an expression cannot do without. */
export function neededJobs(expr: Expr): ReadonlySet<string> {
  switch (expr.kind) {
    case "number":
    case "string":
      return new Set();
    case "selector":
      return jobsOf(expr.matchers);
    case "range":
      return jobsOf(expr.selector.matchers);
    case "subquery":
    case "unary":
    case "aggregation":
      return neededJobs(expr.expr);
    case "call":
      return OF_NOTHING.has(expr.name) ? new Set() : allOf(expr.args.map(neededJobs));
    case "binary": {
      const [left, right] = [neededJobs(expr.left), neededJobs(expr.right)];
      if (expr.operator === "or") return new Set([...left].filter((job) => right.has(job)));
      return expr.operator === "unless" ? left : allOf([left, right]);
    }
  }
}

function allOf(sets: readonly ReadonlySet<string>[]): ReadonlySet<string> {
  return new Set(sets.flatMap((each) => [...each]));
}

/** A pattern of several jobs is content with one of them. */
function jobsOf(matchers: readonly Matcher[]): ReadonlySet<string> {
  return new Set(
    matchers.flatMap(({ label, operator, value }) =>
      label === "job" && operator === "=" ? [value] : [],
    ),
  );
}

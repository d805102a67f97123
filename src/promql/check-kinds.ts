/**
 * Are the parts of an expression of the kinds that they must be? PromQL has four: scalar, instant
 * vector, range vector and string
 * (https://prometheus.io/docs/prometheus/latest/querying/basics/#expression-language-data-types).
 */
import { isComparison } from "./binary-operators.ts";
import type { Aggregation, Binary, BinaryOperator, Call, Expr } from "./expression.ts";
import { PromqlError } from "./promql-error.ts";
import { AGGREGATION_PARAMS, SIGNATURES, type Signature, type ValueKind } from "./signatures.ts";

const KIND_NAMES: Readonly<Record<ValueKind, string>> = {
  scalar: "a scalar",
  vector: "an instant vector",
  range: "a range vector",
  string: "a string",
};

const SET_OPERATORS: ReadonlySet<BinaryOperator> = new Set(["and", "or", "unless"]);

/** The kind of value that an expression has. */
export function kindOf(expr: Expr): ValueKind {
  switch (expr.kind) {
    case "number":
      return "scalar";
    case "string":
      return "string";
    case "selector":
    case "aggregation":
      return "vector";
    case "range":
    case "subquery":
      return "range";
    case "call":
      return SIGNATURES.get(expr.name)?.returns ?? "vector";
    case "unary":
      return kindOf(expr.expr);
    case "binary":
      return kindOf(expr.left) === "scalar" && kindOf(expr.right) === "scalar"
        ? "scalar"
        : "vector";
  }
}

/** Throws a PromqlError for the first part that has another kind than its place demands. */
export function checkKinds(expr: Expr): void {
  switch (expr.kind) {
    case "number":
    case "string":
    case "selector":
    case "range":
      return;
    case "subquery":
      checkKinds(expr.expr);
      demand(expr.expr, "vector", "a subquery");
      return;
    case "unary":
      checkKinds(expr.expr);
      demandNumbers(expr.expr, "a sign");
      return;
    case "call":
      checkCall(expr, SIGNATURES.get(expr.name));
      return;
    case "aggregation":
      checkAggregation(expr);
      return;
    case "binary":
      checkBinary(expr);
      return;
  }
}

function checkCall({ name, args, range }: Call, signature: Signature | undefined): void {
  if (signature === undefined) {
    throw new PromqlError(`the function "${name}" is not supported`, range);
  }
  const most = signature.repeats ? Number.POSITIVE_INFINITY : signature.args.length;
  const least = signature.args.length - (signature.optional ?? 0);
  if (args.length < least || args.length > most) {
    const wanted = least === most ? `${least}` : `at least ${least}`;
    throw new PromqlError(`${name} takes ${wanted} argument(s), not ${args.length}`, range);
  }

  for (const [at, arg] of args.entries()) {
    checkKinds(arg);
    const wanted = signature.args[Math.min(at, signature.args.length - 1)];
    if (wanted !== undefined) {
      demand(arg, wanted, name);
    }
  }
}

function checkAggregation({ operator, expr, param }: Aggregation): void {
  checkKinds(expr);
  demand(expr, "vector", operator);
  const wanted = AGGREGATION_PARAMS.get(operator);
  if (param !== undefined && wanted !== undefined) {
    checkKinds(param);
    demand(param, wanted, `the first argument of ${operator}`);
  }
}

function checkBinary(expr: Binary): void {
  const { operator, left, right, bool, matching, range } = expr;
  checkKinds(left);
  checkKinds(right);
  demandNumbers(left, operator);
  demandNumbers(right, operator);

  const hasScalar = kindOf(left) === "scalar" || kindOf(right) === "scalar";
  const isSet = SET_OPERATORS.has(operator);
  const problem =
    (bool && !isComparison(operator) && "bool is only allowed with comparisons") ||
    (isComparison(operator) &&
      !bool &&
      kindOf(expr) === "scalar" &&
      "comparing two scalars needs bool") ||
    (isSet && hasScalar && `${operator} works on instant vectors only`) ||
    (isSet &&
      matching.many !== undefined &&
      `group_left and group_right are not allowed with ${operator}`) ||
    (hasScalar &&
      matching.labels.length > 0 &&
      "on and ignoring are only allowed between instant vectors") ||
    labelTwice(expr);
  if (typeof problem === "string") {
    throw new PromqlError(problem, range);
  }
}

function labelTwice({ matching }: Binary): string | undefined {
  const twice = matching.on
    ? matching.include.find((label) => matching.labels.includes(label))
    : undefined;
  return twice === undefined
    ? undefined
    : `the label "${twice}" must not be in on and in the group modifier at once`;
}

function demand(expr: Expr, wanted: ValueKind, by: string): void {
  const kind = kindOf(expr);
  if (kind !== wanted) {
    throw new PromqlError(`${by} needs ${KIND_NAMES[wanted]}, not ${KIND_NAMES[kind]}`, expr.range);
  }
}

function demandNumbers(expr: Expr, by: string): void {
  const kind = kindOf(expr);
  if (kind !== "scalar" && kind !== "vector") {
    throw new PromqlError(
      `${by} needs a scalar or an instant vector, not ${KIND_NAMES[kind]}`,
      expr.range,
    );
  }
}

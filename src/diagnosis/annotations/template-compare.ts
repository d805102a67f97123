/** eq, lt and the like: Go compares only what is of one kind (text/template/funcs.go). */

import {
  bare,
  goKindOf,
  isList,
  isMap,
  TemplateComplex,
  TemplateError,
  type TemplateValue,
} from "./template-value.ts";

/** Throws a TemplateError for values of two kinds: `gt $value 5` is one, `gt $value 5.0` is right. */
export function isEqual(one: TemplateValue, other: TemplateValue): boolean {
  if (one === null || other === null) return one === other;
  const [left, right] = [bare(one), bare(other)];
  requireOneKind(left, right);
  if (left instanceof TemplateComplex && right instanceof TemplateComplex) {
    return left.real === right.real && left.imaginary === right.imaginary;
  }
  return left === right;
}

/** Below 0, 0 or above 0. */
export function compare(left: TemplateValue, right: TemplateValue): number {
  const [one, other] = [bare(left), bare(right)];
  requireOneKind(one, other);
  if (typeof one === "string" && typeof other === "string") {
    return Buffer.compare(Buffer.from(one), Buffer.from(other));
  }
  if (typeof one === "number" && typeof other === "number") {
    // Nothing is smaller, larger or the same as no number.
    return one < other ? -1 : one > other ? 1 : one === other ? 0 : Number.NaN;
  }
  if (typeof one === "bigint" && typeof other === "bigint") {
    return one < other ? -1 : Number(one > other);
  }
  throw new TemplateError(`values of kind ${goKindOf(one)} have no order`);
}

function requireOneKind(one: TemplateValue, other: TemplateValue): void {
  for (const value of [one, other]) {
    if (isList(value) || isMap(value))
      throw new TemplateError(`${goKindOf(value)} cannot be compared`);
  }
  if (goKindOf(one) === goKindOf(other)) return;
  const hint = [goKindOf(one), goKindOf(other)].includes("float64")
    ? " (write 5.0 in place of 5)"
    : "";
  throw new TemplateError(`${goKindOf(one)} and ${goKindOf(other)} cannot be compared${hint}`);
}

/** Words of the language as names of metrics and labels, where Prometheus's grammar takes them for such. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type Expr, selectorsOf } from "../../src/promql/expression.ts";
import { parsePromql } from "../../src/promql/parse.ts";

/** Of each selector its conditions, and how far it looks back. */
function selected(expr: Expr): string[] {
  return selectorsOf(expr).map(({ matchers, offsetMs }) => {
    const conditions = matchers.map(({ value }) => value).join(" ");
    return offsetMs === 0 ? conditions : `${conditions}~${offsetMs}`;
  });
}

describe("offset and other words of the language are names where an operand stands:", () => {
  const cases: readonly [string, readonly string[]][] = [
    ["offset", ["offset"]],
    ["OFFSET > 1", ["OFFSET"]],
    ["offset offset 5m", ["offset~300000"]],
    ["rate(offset[5m] offset 1m)", ["offset~60000"]],
    ["a and offset or and offset 1m", ["a", "offset", "and~60000"]],
    ["a * on (offset) group_left (by) offset", ["a", "offset"]],
    ["a / ignoring () offset", ["a", "offset"]],
    ["sum by (offset) (offset{offset='offset'} offset 1m)", ["offset offset~60000"]],
    ["sum(offset) by (offset)", ["offset"]],
    ["a > bool offset", ["a", "offset"]],
    ["-offset + (offset) * a offset 1m", ["offset", "offset", "a~60000"]],
    ["a[5m] offset 1m == offset", []],
    ["unless unless unless", ["unless", "unless"]],
    ['a{b="\\" offset"} offset 1m', ['a " offset~60000']],
    [`a == ${"(".repeat(150)}offset${")".repeat(150)}`, ["a", "offset"]],
  ];
  for (const [text, expected] of cases) {
    test(text.slice(0, 60), () => {
      if (expected.length === 0) assert.throws(() => parsePromql(text));
      else assert.deepEqual(selected(parsePromql(text)), expected);
    });
  }
});

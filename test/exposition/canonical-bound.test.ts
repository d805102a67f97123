import assert from "node:assert/strict";
import { test } from "node:test";
import { canonicalBound } from "../../src/exposition/canonical-bound.ts";
import { parseExposition } from "../../src/exposition/parse-exposition.ts";
import { createMatcher } from "../../src/history/matcher.ts";

/** As Prometheus 3 writes them (model/labels, formatOpenMetricsFloat). */
const SPELLINGS: readonly [written: string, canonical: string][] = [
  ["1", "1.0"],
  ["1.0", "1.0"],
  ["1.00", "1.0"],
  ["0", "0.0"],
  ["-1", "-1.0"],
  ["0.50", "0.5"],
  [".5", "0.5"],
  ["0.99", "0.99"],
  ["100000", "100000.0"],
  ["1000000", "1e+06"],
  ["1048576", "1.048576e+06"],
  ["1e3", "1000.0"],
  ["0.0001", "0.0001"],
  ["0.00001", "1e-05"],
  ["+Inf", "+Inf"],
  ["inf", "+Inf"],
  ["all", "all"],
  ["", ""],
];

for (const [written, canonical] of SPELLINGS) {
  test(`the bound "${written}" is "${canonical}"`, () => {
    assert.equal(canonicalBound(written), canonical);
    assert.equal(canonicalBound(canonical), canonical);
  });
}

test("one bucket in two spellings is one series", () => {
  const { samples, duplicates } = parseExposition(
    'h_bucket{le="1"} 5\nh_bucket{le="1.0"} 5\nh_bucket{le="+Inf"} 6\ns{quantile="1"} 2\n',
  );
  assert.deepEqual(
    samples.map(({ labels }) => labels),
    [{ le: "1.0" }, { le: "+Inf" }, { quantile: "1.0" }],
  );
  assert.equal(duplicates, 1);
});

test("a label le of another metric is left as it is", () => {
  const { samples } = parseExposition('room{le="1"} 5\n');
  assert.deepEqual(samples[0]?.labels, { le: "1" });
});

test("a matcher finds a bound in each spelling", () => {
  for (const written of ["1", "1.0", "1.00"]) {
    assert.equal(createMatcher("le", "=", written).matches("1.0"), true);
    assert.equal(createMatcher("le", "!=", written).matches("1"), false);
  }
  assert.equal(createMatcher("le", "=", "1").matches("2.0"), false);
  assert.equal(createMatcher("version", "=", "1").matches("1.0"), false);
});

/**
 * Functions that came after Prometheus 2.42, which therefore cannot be compared with it. Their meaning is
 * that of https://prometheus.io/docs/prometheus/latest/querying/functions/#aggregation_over_time.
 */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createHistory } from "../../src/history/history.ts";
import { evaluate } from "../../src/promql/evaluate.ts";

const VALUES = [4, 1, 7, 1, 7, 3];

function resultOf(expression: string): number | undefined {
  const history = createHistory();
  for (const [at, value] of VALUES.entries()) {
    history.append(1_000_000 + at * 10_000, [{ name: "a", labels: { b: "c" }, value }]);
  }
  const result = evaluate(expression, history, { timeMs: 1_060_000 });
  return result.kind === "vector" ? result.samples[0]?.value : undefined;
}

test("what only later versions write means what it means there", () => {
  assert.equal(resultOf("a offset 20 > 5m / 100"), 7);
  assert.equal(resultOf('sum by ("b") ({"a", "b"="c"}) - 1m'), -57);
  assert.equal(resultOf("count_over_time(a[30:10] offset -0)"), 4);
  assert.equal(resultOf("a + 1_000"), 1003);
  assert.throws(() => resultOf("a + 1__0"), /"__0"/);
});

test("functions on native histograms have no answer of plain samples", () => {
  for (const name of ["avg", "count", "stddev", "stdvar", "sum"]) {
    assert.equal(resultOf(`histogram_${name}(a)`), undefined);
    assert.equal(resultOf(`absent(histogram_${name}(a))`), 1);
    assert.throws(() => resultOf(`histogram_${name}(a[5m])`), /needs an instant vector/);
  }
});

test("what later versions have and is not evaluated is refused by its name, with what to write", () => {
  for (const [expression, words] of [
    ["histogram_fraction(0, 1, a)", /"histogram_fraction" is not supported: .*_bucket by _count/],
    ["info(a)", /"info" is not supported: join/],
    ["max_of(1, 2)", /"max_of" is not supported: use scalar/],
    ["limitk(1, a)", /"limitk" is not supported: .*topk/],
    ["sort_by_label(a, 'b')", /"sort_by_label" is not supported: leave it out/],
    ["rate(a[step()])", /computed durations are not supported: write what/],
    ["rate(a[5m] smoothed)", /modifier smoothed/],
    ["a + fill(0) a", /modifier fill/],
    [`${"(".repeat(3000)}a${")".repeat(3000)}`, /nest at most 200 deep/],
    [`${"-".repeat(3000)}a`, /nest at most 200 deep/],
    [`${"1+".repeat(3000)}1`, /at most 2000 operators/],
  ] as const) {
    assert.throws(() => resultOf(expression), words);
  }
});

describe("of the values 4, 1, 7, 1, 7 and 3, ten seconds apart:", () => {
  const cases: readonly [string, number | undefined][] = [
    ["first_over_time(a[2m])", 4],
    ["first_over_time(a[25s])", 7],
    // Median 3.5; distances 0.5, 0.5, 2.5, 2.5, 3.5, 3.5.
    ["mad_over_time(a[2m])", 2.5],
    ["mad_over_time((a / 0 * 0)[2m:10s])", Number.NaN],
    ["ts_of_first_over_time(a[2m])", 1000],
    ["ts_of_last_over_time(a[2m])", 1050],
    ["ts_of_min_over_time(a[2m])", 1030],
    ["ts_of_max_over_time(a[2m])", 1040],
    ["first_over_time(missing[2m])", undefined],
  ];
  for (const [expression, expected] of cases) {
    test(expression, () => assert.equal(resultOf(expression), expected));
  }
});

test("a first sample is the series' own and keeps its name, and the others do not", () => {
  const history = createHistory();
  history.append(1_000_000, [{ name: "a", labels: {}, value: 1 }]);
  const nameOf = (call: string): string | undefined => {
    const result = evaluate(`${call}(a[1m])`, history, { timeMs: 1_000_000 });
    return result.kind === "vector" ? result.samples[0]?.metric.name : undefined;
  };
  assert.equal(nameOf("first_over_time"), "a");
  assert.equal(nameOf("ts_of_first_over_time"), "");
});

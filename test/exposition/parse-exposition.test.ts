/** A whole answer: its families, its format, series that come twice. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { expositionFormat, parseExposition } from "../../src/exposition/parse-exposition.ts";

test("a byte order mark costs no line, at the beginning of the first one only", () => {
  for (const first of ["a_total 1", "# TYPE a_total counter\na_total 1", 'a_total{b="ü"} 1']) {
    const { samples, brokenTotal } = parseExposition(`\uFEFF${first}\nb 2\n`);
    assert.deepEqual(
      samples.map(({ name }) => name),
      ["a_total", "b"],
    );
    assert.equal(brokenTotal, 0);
  }
  assert.equal(parseExposition("a_total 1\n\uFEFFb 2\n").brokenTotal, 1);
});

test("the start of a counter in OpenMetrics 2.0 costs no sample", () => {
  const text = 'a_total 5 st@1520872607.123 # {id="x"} 1\nb_total 6 2 st@1\n# EOF\n';
  const { samples, brokenTotal } = parseExposition(text);
  assert.deepEqual(
    samples.map(({ name, value, timestampMs }) => [name, value, timestampMs]),
    [
      ["a_total", 5, undefined],
      ["b_total", 6, 2_000],
    ],
  );
  assert.equal(brokenTotal, 0);
});

test("families keep their type, help and unit, in both formats' words", () => {
  const { families } = parseExposition(`
# HELP wal_bytes_total Bytes\\nwritten, with a \\\\ in it
# TYPE wal_bytes_total counter
# TYPE odd untyped
# UNIT latency_seconds seconds
# TYPE "with.dots" gauge
# a comment
#HELP not one
`);
  assert.deepEqual(
    new Map(families),
    new Map([
      ["wal_bytes_total", { type: "counter", help: "Bytes\nwritten, with a \\ in it" }],
      ["odd", { type: "unknown" }],
      ["latency_seconds", { type: "unknown", unit: "seconds" }],
      ["with.dots", { type: "gauge" }],
    ]),
  );
});

test("text right behind a name costs a HELP or UNIT line nothing, as in Prometheus", () => {
  const { families, samples, brokenTotal } = parseExposition(
    "# HELP up_%d x\n# UNIT up%d y\nup 1\n",
  );
  assert.deepEqual([families.size, samples.length, brokenTotal], [0, 1, 0]);
});

test("a series that comes twice is counted, whatever the order of its labels, and the first is kept", () => {
  const { samples, duplicates } = parseExposition(
    'a{x="1",y="2"} 1\na{y="2",x="1"} 2\na{x="2",y="1"} 3\n{"a",x="1",y="2"} 4\na{x="12"} 5\n',
  );
  assert.deepEqual(
    samples.map(({ value }) => value),
    [1, 3, 5],
  );
  assert.equal(duplicates, 2);
});

test("the same series at two times is not a duplicate", () => {
  assert.equal(parseExposition("a 1 1000\na 1 2000\n").duplicates, 0);
});

test("lines may end in CR LF, and the last one in nothing", () => {
  const { samples, brokenTotal } = parseExposition('# TYPE a gauge\r\na 1\r\n\r\na{b="c"} 2');
  assert.deepEqual(
    samples.map(({ value }) => value),
    [1, 2],
  );
  assert.equal(brokenTotal, 0);
});

test("OpenMetrics writes seconds, and nothing counts behind its end mark", () => {
  const text = "# TYPE a counter\na_total 1 1700000000.25\na_total 2 1700000001\n# EOF\n";
  const { samples } = parseExposition(text);
  assert.deepEqual(
    samples.map(({ timestampMs }) => timestampMs),
    [1_700_000_000_250, 1_700_000_001_000],
  );

  const late = parseExposition(`${text}b 1\n`, { format: "openmetrics" });
  assert.deepEqual(late.broken, [{ line: 5, reason: "text after # EOF" }]);
  assert.equal(late.samples.length, 2);
});

test("a time in OpenMetrics is cut to milliseconds, as Prometheus does", () => {
  const { samples } = parseExposition("a 1 1.0019\nb 1 -1.0019\n# EOF\n");
  assert.deepEqual(
    samples.map(({ timestampMs }) => timestampMs),
    [1_001, -1_001],
  );
});

test("an OpenMetrics body without its end mark keeps its samples, and says so", () => {
  const { samples, broken, brokenTotal } = parseExposition("a 1\nb 2\n", {
    format: "openmetrics",
  });
  assert.equal(samples.length, 2);
  assert.deepEqual(broken, [{ line: 3, reason: "the body does not end with # EOF" }]);
  assert.equal(brokenTotal, 1);
  assert.equal(parseExposition("a 1\n", { format: "prometheus" }).brokenTotal, 0);
});

test("the Content-Type says which format it is", () => {
  const openMetrics = "application/openmetrics-text; version=1.0.0; charset=utf-8";
  assert.equal(expositionFormat(openMetrics), "openmetrics");
  assert.equal(expositionFormat("text/plain; version=0.0.4"), "prometheus");
  assert.equal(expositionFormat(undefined), "prometheus");
});

test("a summary and a histogram come as their series", () => {
  const { samples } = parseExposition(`# TYPE s summary
s{quantile="0.5"} 0.1
s{quantile="0.99"} NaN
s_sum 12.5
s_count 100
# TYPE h histogram
h_bucket{le="0.1"} 3
h_bucket{le="+Inf"} 5
h_sum 1
h_count 5
`);
  assert.deepEqual(
    samples.map(({ name, labels }) => `${name} ${Object.values(labels).join()}`.trim()),
    ["s 0.5", "s 0.99", "s_sum", "s_count", "h_bucket 0.1", "h_bucket +Inf", "h_sum", "h_count"],
  );
});

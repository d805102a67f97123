/** What people type after `metrics`. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { parseSeriesQuery, type SeriesQuery } from "../../src/diagnosis/series-query.ts";
import type { Labels } from "../../src/exposition/sample.ts";

function query(text: string): SeriesQuery {
  const parsed = parseSeriesQuery(text);
  assert.ok(parsed.kind === "query", `${text} was not understood`);
  return parsed.query;
}

function problem(text: string): string {
  const parsed = parseSeriesQuery(text);
  assert.ok(parsed.kind === "not-understood", `${text} was understood`);
  return parsed.problem;
}

function matches(text: string, labels: Labels): boolean {
  return query(text).matchers.every((matcher) => matcher.matches(labels));
}

test("part of a name matches, whatever its case", () => {
  assert.ok(query("LAG").matchesName("streamline_consumer_group_lag"));
  assert.ok(!query("lag").matchesName("streamline_uptime_seconds"));
});

test("a glob matches the whole name", () => {
  assert.ok(query("*_bytes_total").matchesName("streamline_zerocopy_sendfile_bytes_total"));
  assert.ok(!query("bytes*").matchesName("streamline_bytes_in_total"));
  assert.ok(query("kafka_?onsumer*").matchesName("kafka_consumer_consumer_lag"));
});

test("characters that mean something in a regular expression are ordinary in a name", () => {
  assert.ok(!query("a.b").matchesName("axb"));
  assert.ok(!query("(.*)").matchesName("streamline_topics_total"));
});

for (const [text, labels, expected] of [
  ['x{topic="orders"}', { topic: "orders" }, true],
  ['x{topic="orders"}', { topic: "orders-eu" }, false],
  ['x{topic!="orders"}', { topic: "payments" }, true],
  ['x{topic=~"orders|pay.*"}', { topic: "payments" }, true],
  ['x{topic=~"order"}', { topic: "orders" }, false],
  ['x{topic!~"order.+"}', { topic: "orders" }, false],
  ['x{topic=~"a\\.b"}', { topic: "axb" }, false],
  ['x{topic=""}', {}, true],
  ['x{topic="orders",partition="3"}', { topic: "orders", partition: "4" }, false],
  ["x{topic='orders'}", { topic: "orders" }, true],
  ["x{topic=orders}", { topic: "orders" }, true],
  ["`x{topic=“orders”}`", { topic: "orders" }, true],
  ['{topic="a \\"b\\""}', { topic: 'a "b"' }, true],
] as const) {
  test(`${text} ${expected ? "takes" : "refuses"} ${JSON.stringify(labels)}`, () => {
    assert.equal(matches(text, labels), expected);
  });
}

for (const [text, expected] of [
  ["", /Say which metric/],
  ["   ", /Say which metric/],
  ["two words", /without spaces/],
  ["x{topic=", /without spaces/],
  ["x{topic}", /label matcher is not understood: topic/],
  ['x{topic=~"(a+)+"}', /\(a\+\)\+ is not supported/],
  ['x{topic=~"[0-9]"}', /is not supported/],
  ["x".repeat(501), /longer than 500/],
] as const) {
  test(`${JSON.stringify(text.slice(0, 20))} is refused with the reason`, () => {
    assert.match(problem(text), expected);
  });
}

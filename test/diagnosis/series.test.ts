/** Which series a pattern finds, in which order, and what is said when it finds none. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { DESCRIBED_ONLY, RECORDED } from "../../src/diagnosis/known-metrics.ts";
import { findSeries, PAGE_ROWS, type SeriesAnswer } from "../../src/diagnosis/series.ts";
import { parseSeriesQuery } from "../../src/diagnosis/series-query.ts";
import { parseExposition } from "../../src/exposition/parse-exposition.ts";

const SERVER = `
streamline_topics_total 2
streamline_requests_total{api_key="produce",error="false"} 700
streamline_requests_total 900
streamline_log_size_bytes{topic="orders",partition="0"} 10
streamline_log_size_bytes{topic="orders",partition="1"} 30
streamline_log_size_bytes{topic="payments",partition="0"} NaN
streamline_request_duration_seconds{api_key="produce",quantile="0.5"} 0.002
streamline_request_duration_seconds{api_key="produce",quantile="0.99"} 0.012
streamline_request_duration_seconds{api_key="produce",quantile="0"} 0.001
streamline_request_duration_seconds_sum{api_key="produce"} 3.5
streamline_request_duration_seconds_count{api_key="produce"} 700
`;

function find(pattern: string, text = SERVER): SeriesAnswer {
  return findSeries(parseExposition(text).samples, parseSeriesQuery(pattern));
}

function found(pattern: string, text = SERVER) {
  const answer = find(pattern, text);
  assert.ok(answer.kind === "found", `${pattern}: ${answer.kind}`);
  return answer;
}

function none(pattern: string, text = SERVER) {
  const answer = find(pattern, text);
  assert.ok(answer.kind === "none", `${pattern}: ${answer.kind}`);
  return answer;
}

test("the largest values come first, and those without data last", () => {
  const values = found("log_size").rows.map((row) =>
    row.kind === "value" ? row.value : "summary",
  );
  assert.deepEqual(values, [30, 10, Number.NaN]);
});

test("a summary is one row with its quantiles in order, its sum and its count", () => {
  const answer = found("duration");
  assert.equal(answer.series, 5);
  assert.deepEqual(answer.rows, [
    {
      kind: "summary",
      name: "streamline_request_duration_seconds",
      labels: { api_key: "produce" },
      quantiles: [
        { quantile: "0.0", value: 0.001 },
        { quantile: "0.5", value: 0.002 },
        { quantile: "0.99", value: 0.012 },
      ],
      sum: 3.5,
      count: 700,
    },
  ]);
});

test("a sum that is asked for by name stays a row of its own", () => {
  assert.deepEqual(
    found("duration_seconds_sum").rows.map((row) => [row.kind, row.name]),
    [["value", "streamline_request_duration_seconds_sum"]],
  );
});

test("the labelled and the unlabelled twin are both shown", () => {
  assert.equal(found("requests_total").rows.length, 2);
  assert.equal(found('requests_total{api_key!=""}').rows.length, 1);
});

test("one page is shown, on which each name has its share, and the rest is counted", () => {
  const rows = Array.from({ length: 500 }, (_, index) => `aa{partition="${index}"} ${index}`);
  const answer = found("a", `${rows.join("\n")}\nab 1\nzza{x="1"} 1\nzza{x="2"} 1\n`);
  const names = Map.groupBy(answer.rows, (row) => row.name);

  assert.equal(answer.rows.length, PAGE_ROWS);
  assert.equal(answer.leftOut, 503 - PAGE_ROWS);
  assert.deepEqual(
    [...names].map(([name, shown]) => [name, shown.length]),
    [
      ["aa", 17],
      ["ab", 1],
      ["zza", 2],
    ],
  );
  assert.deepEqual(answer.rows[0]?.labels, { partition: "499" });
});

test("the name typed in full comes before longer ones", () => {
  const text = "a_lag_max 9\nlag_total 5\nlag 1\n";
  assert.deepEqual(
    found("lag", text).rows.map((row) => row.name),
    ["lag", "lag_total", "a_lag_max"],
  );
});

test("a typing error is answered with the nearest names of this server", () => {
  const { nearest } = none("tpoics");
  assert.deepEqual(nearest, ["streamline_topics_total"]);
});

test("nothing similar is not answered with a guess", () => {
  assert.deepEqual(none("xylophone_quartz").nearest, []);
});

test("labels that do not occur are distinguished from a name that does not", () => {
  const { otherLabels, nearest } = none('log_size{topic="oders"}');
  assert.deepEqual(otherLabels, { label: "topic", values: ["orders", "payments"] });
  assert.deepEqual(nearest, []);
});

test("a metric that waits for its first event is reported as such", () => {
  const { notYet, neverRecorded } = none("transaction_timeouts");
  assert.deepEqual(notYet, ["streamline_transaction_timeouts_total"]);
  assert.deepEqual(neverRecorded, []);
});

test("a metric that the server never records is reported as such, with where to look instead", () => {
  const { neverRecorded, nearest } = none("raft_term");
  assert.deepEqual(neverRecorded, [
    {
      name: "streamline_cluster_raft_term",
      instead: "In cluster mode, GET /api/v1/cluster/status reports leader and term.",
    },
  ]);
  assert.deepEqual(nearest, []);
});

test("the tables hold 39 recorded and 62 described names, and none in both", () => {
  assert.equal(Object.keys(RECORDED).length, 39);
  assert.equal(DESCRIBED_ONLY.size, 62);
  assert.deepEqual(
    Object.keys(RECORDED).filter((name) => DESCRIBED_ONLY.has(name)),
    [],
  );
});

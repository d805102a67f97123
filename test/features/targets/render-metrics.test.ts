/** Series as a person reads them: one table, units, and what is missing said. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { visibleSize } from "../../../src/block-kit/fit-block.ts";
import { LIMITS } from "../../../src/block-kit/limits.ts";
import type { Message } from "../../../src/block-kit/message.ts";
import { unitOf, valueText } from "../../../src/block-kit/units.ts";
import { lookUpSeries } from "../../../src/diagnosis/health/metrics-lookup.ts";
import type { MetricsReply } from "../../../src/diagnosis/reply.ts";
import { parseExposition } from "../../../src/exposition/parse-exposition.ts";
import type { Sample } from "../../../src/exposition/sample.ts";
import { renderMetrics } from "../../../src/features/targets/render-metrics.ts";
import { metricsAnswered, REFUSED, TARGET } from "../../diagnosis/polls.ts";
import fc from "../../support/fast-check.ts";

function rendered(pattern: string, reply: MetricsReply): Message {
  return renderMetrics(lookUpSeries(TARGET, reply, pattern));
}

function ofText(pattern: string, text: string): Message {
  return rendered(pattern, metricsAnswered({ samples: parseExposition(text).samples }));
}

/** The table's cells, row by row. */
function cells(message: Message): string[][] {
  const table = message.blocks.find((block) => block.type === "table");
  assert.ok(table?.type === "table", "there is no table");
  return table.rows.map((row) => row.map((cell) => (cell.type === "raw_text" ? cell.text : "")));
}

test("values carry their unit, and a single name heads the labels", () => {
  const text = 'streamline_log_size_bytes{topic="orders",partition="0"} 3500000\n';
  assert.deepEqual(cells(ofText("log_size", text)), [
    ["streamline_log_size_bytes", "Value"],
    ["topic=orders, partition=0", "3.3 MiB"],
  ]);
});

test("several names are not repeated on every row", () => {
  const text = 'a_total{x="1"} 5\na_total{x="2"} 4\nb_total 1234567\n';
  assert.deepEqual(cells(ofText("total", text)), [
    ["Metric", "Labels", "Value"],
    ["a_total", "x=1", "5"],
    ["″", "x=2", "4"],
    ["b_total", "(no labels)", "1,234,567"],
  ]);
});

test("a summary shows its quantiles in milliseconds, its count and its mean", () => {
  const text = `
d_seconds{quantile="0"} 0.0002
d_seconds{quantile="0.99"} 0.0123
d_seconds{quantile="1"} 1.5
d_seconds_sum 35
d_seconds_count 7000
`;
  assert.deepEqual(cells(ofText("d_seconds", text)).at(1), [
    "d_seconds",
    "min 200 µs, p99 12.3 ms, max 1.5 s; 7,000 in all, mean 5 ms",
  ]);
});

test("a summary without a sample in its window says so instead of zeros", () => {
  const text = 'd_seconds{quantile="0.5"} 0\nd_seconds{quantile="1"} 0\nd_seconds_count 3\n';
  assert.deepEqual(cells(ofText("d_s", text)).at(1), [
    "d_seconds",
    "nothing in the last minute; 3 in all",
  ]);
});

test("NaN is not data", () => {
  assert.deepEqual(cells(ofText("a", "a NaN\n")).at(1), ["a", "no data"]);
});

test("what is left out is counted, in the blocks and in the plain form", () => {
  const text = Array.from({ length: 1_200 }, (_, index) => `a{p="${index}"} 1`).join("\n");
  const message = ofText("a", text);
  assert.equal(cells(message).length, 21);
  assert.match(JSON.stringify(message.blocks), /1,180 more rows left out/);
  assert.match(message.text, /1,180 more rows left out/);
});

test("lines that could not be read are mentioned", () => {
  const reply = metricsAnswered({ samples: [{ name: "a", labels: {}, value: 1 }], brokenLines: 7 });
  assert.match(rendered("a", reply).text, /7 lines of the answer could not be read/);
});

test("metrics that cannot be read are answered with what the server did", () => {
  assert.equal(
    rendered("lag", REFUSED).text,
    "The metrics of orders cannot be read: http://10.0.0.5:9094/metrics refuses connections: nothing listens there.",
  );
  const large = rendered("lag", { kind: "too-large", ms: 1, limitBytes: 64 * 1024 ** 2 });
  assert.match(large.text, /sends more than 64 MiB/);
});

test("a name that is never recorded is reported, in the blocks as in the plain form", () => {
  const message = ofText("under_replicated", "a 1\n");
  const expected =
    /streamline_under_replicated_partitions is described by the server, but never recorded in v0\.3\.0/;
  assert.match(message.text, expected);
  assert.match(JSON.stringify(message.blocks), expected);
});

test("a label can neither mention nor link nor end its code", () => {
  const samples: Sample[] = [
    { name: "a", labels: { topic: "<!channel> `x` <https://evil.example|click>" }, value: 1 },
  ];
  const message = rendered("a", metricsAnswered({ samples }));
  assert.ok(!message.text.includes("<!channel>"));
  assert.equal((message.text.match(/`/g) ?? []).length % 2, 0);
  assert.ok(message.blocks.every((block) => block.type !== "section"));
});

test("whatever the series and the pattern, the message is within Slack's limits", () => {
  const sample = fc.record({
    name: fc.oneof(fc.string(), fc.string({ minLength: 9_000, maxLength: 10_000 })),
    labels: fc.dictionary(fc.string(), fc.string({ maxLength: 10_000 }), { maxKeys: 4 }),
    value: fc.double(),
  });
  fc.assert(
    fc.property(fc.array(sample, { maxLength: 40 }), fc.string(), (samples, pattern) => {
      for (const typed of [pattern, "*"]) {
        const message = rendered(typed, metricsAnswered({ samples }));
        assert.ok(message.text.length > 0 && message.text.length <= LIMITS.messageText);
        assert.ok(visibleSize(message.blocks) <= LIMITS.messageTotal);
        assert.ok(!JSON.stringify(message.blocks).includes('"text":""'));
      }
    }),
    { numRuns: 50 },
  );
});

for (const [name, value, expected] of [
  ["streamline_bytes_in_total", 1536, "1.5 KiB"],
  ["streamline_bytes_out_total", 900, "900 B"],
  ["x_bytes", 5 * 1024 ** 4, "5 TiB"],
  ["streamline_uptime_seconds", 8123.44, "2 h 15 min"],
  ["x_seconds", 0, "0 s"],
  ["x_seconds", 0.00042, "420 µs"],
  ["streamline_consumer_group_rebalance_duration_ms", 1250, "1.25 s"],
  ["streamline_consumer_group_rebalance_duration_ms_count", 1250, "1,250"],
  ["streamline_request_size_bytes_sum", 2048, "2 KiB"],
  ["x_ratio", 0.153, "15.3%"],
  ["streamline_log_end_offset", 12_345_678, "12,345,678"],
  ["x_total", Number.POSITIVE_INFINITY, "infinite"],
  ["x", 0.123456, "0.123"],
  ["x", 1e21, "1.000e+21"],
  ["constructor", 3, "3"],
] as const) {
  test(`${name} ${value} reads ${expected}`, () => {
    assert.equal(valueText(name, value), expected);
  });
}

test("a name that shows no unit has none", () => {
  assert.equal(unitOf("whatever"), undefined);
});
